//! Plans an account: whether it is made or taken in, and what is in the way. Makes no write call.

use super::claim::{Claim, claim, with_email};
use super::decide::{RESEND, missing_place};
use super::desired::{Desired, tags};
use super::leaving::named;
use super::model::{Account, status};
use super::seen::{is_closed, joined_word, state_word};
use crate::client::{Landform, failure};
use landform_cloud::organizations::Account as Existing;
use landform_cloud::{OrganizationsReads, Result};
use landform_framework::{Diagnostic, Path, Plan, Text, Value};
use landform_model::RoleName;

type Planning<'a> = Plan<'a, Landform, Account>;

/// Fills the planned account.
pub(super) async fn plan(plan: &mut Planning<'_>) {
    plan.planned.status = Value::Known(status::READY.to_owned());
    create_only(plan);
    pending_email(plan);
    plan.planned.ready = match (&plan.planned.wait_ready, plan.prior.map(|prior| prior.ready)) {
        (Value::Known(false), before) => before.unwrap_or_default(),
        (_, None | Some(Value::Known(false))) => Value::Unknown,
        (_, Some(before)) => before,
    };
    let Some(client) = plan.client() else {
        plan.planned.stack = Value::Unknown;
        plan.planned.tags_all = Value::Unknown;
        return;
    };
    let (stack, all) = (Text(client.stack().clone()), tags(&plan.planned, client));
    let desired = Desired::of(&plan.planned, client);
    plan.planned.stack = Value::Known(stack);
    plan.planned.tags_all = all.map_or(Value::Unknown, Value::Known);
    if let Some(begun) = plan.resuming() {
        let (id, creation) = (begun.id.clone(), begun.creation_id.clone());
        if id.is_known() {
            plan.fill(|account| &mut account.id, id);
            plan.fill(|account| &mut account.creation_id, creation);
            return;
        }
    }
    let Some(desired) = desired else { return };
    if let Some(prior) = plan.prior {
        closed(prior, plan);
        if !plan.changes(|account| &account.ou) && !plan.changes(|account| &account.email) {
            return;
        }
    }
    if let Err(error) = look(plan, &desired).await {
        let doing = format!("Looking for account {:?}", desired.name);
        plan.diagnostics.extend(failure(doing, &error, ""));
    }
}

/// What counts when the account is made stays as it was, whatever the configuration says since.
fn create_only(plan: &mut Planning<'_>) {
    match plan.prior {
        None => {
            plan.fill(|account| &mut account.role_name, Text(RoleName::default()));
            plan.fill(|account| &mut account.billing_access, true);
        }
        Some(prior) => {
            if prior.role_name.is_known() {
                plan.planned.role_name = prior.role_name.clone();
            } else {
                plan.fill(|account| &mut account.role_name, Value::Null);
            }
            if prior.billing_access.is_known() {
                plan.planned.billing_access = prior.billing_access;
            } else {
                plan.fill(|account| &mut account.billing_access, Value::Null);
            }
        }
    }
}

/// The two phases of another e-mail address.
fn pending_email(plan: &mut Planning<'_>) {
    let code = plan.config.email_otp.known().cloned();
    let email = plan.planned.email.clone();
    let Some(prior) = plan.prior else {
        // A create that is gone on with may have another address by now.
        plan.planned.pending_email = plan.resuming().map_or(Value::Null, |_| Value::Unknown);
        return;
    };
    let waits = prior.pending_email == email && email.is_known();
    let changes = prior.email != email;
    let ends = waits && code.as_deref().is_some_and(|code| code != RESEND);
    plan.planned.pending_email = match (&email, changes) {
        (Value::Unknown, _) => Value::Unknown,
        _ if ends => Value::Null,
        (_, true) => email.clone(),
        (_, false) if waits => email.clone(),
        _ => Value::Null,
    };
    let Value::Known(new) = email else { return };
    let (at, account) = (Path::root().attribute("email"), named(prior));
    if changes && waits && !ends {
        let text = format!(
            "AWS has sent a code to {new}. Set `email_otp` to it and apply; `email_otp = \"{RESEND}\"` has it sent once more. Until \
             then the account keeps its address."
        );
        plan.diagnostics.push(
            Diagnostic::warning(format!("The new address of account {account} waits for its code"), text)
                .at(at),
        );
    } else if changes && !waits {
        let text = format!(
            "This apply has AWS send a code to {new}, and the account keeps its address. Set `email_otp` to the code and apply once \
             more, which ends the change."
        );
        plan.diagnostics.push(
            Diagnostic::warning(format!("Another address for account {account} takes two applies"), text)
                .at(at),
        );
    }
}

/// Nothing can be changed in a closed account.
fn closed(prior: &Account, plan: &mut Planning<'_>) {
    let closed = ["CLOSED", "PENDING_CLOSURE"].iter().any(|state| prior.state == Value::from(*state));
    if closed {
        let detail = "It is closed, and AWS deletes it 90 days later. Take it out of the configuration; or have AWS's support open it \
                      again.";
        plan.diagnostics.error(format!("Account {} is closed", named(prior)), detail);
    }
}

/// What only AWS can tell.
async fn look(plan: &mut Planning<'_>, desired: &Desired) -> Result<()> {
    let Some(client) = plan.client() else { return Ok(()) };
    let organizations = client.organizations().await?;
    // It may be made by this very apply.
    if organizations.organization().await?.is_none() {
        return Ok(());
    }
    let tree = organizations.tree().await?;
    let found = with_email(organizations.placed_accounts().await?, &desired.email);
    let tags = match found {
        Some(found) if plan.prior.is_none() => organizations.tags(found.id.as_str()).await?,
        _ => landform_cloud::Tags::new(),
    };
    if let Some(place) = missing_place(desired, tree) {
        let text = format!(
            "There is no organizational unit {place} yet. It must be there when the account is made or moved: let `ou` come from the \
             tree, such as `landform_organizational_units.main.paths[\"{place}\"]`."
        );
        let warning = Diagnostic::warning(format!("{place} does not exist yet"), text);
        plan.diagnostics.push(warning.at(Path::root().attribute("ou")));
    }
    match (found, plan.prior) {
        (None, None) => plan.fill(|account| &mut account.ou, super::place::Place::Root),
        (Some(found), None) => {
            let adopt = plan.planned.adopt.known().map(|adopt| adopt.0).unwrap_or_default();
            match claim(desired, adopt, found, &tags) {
                Err(refusal) => plan.diagnostics.push(refusal),
                Ok(why) => {
                    let place = found.parent.as_ref().and_then(|parent| tree.path_of(parent));
                    let place = place.and_then(super::place::Place::in_words);
                    take(plan, found, place, why);
                }
            }
        }
        (Some(found), Some(prior)) if prior.id.known().is_some_and(|id| id.0 != found.id) => {
            let why = if is_closed(found.state) { ", which is closed" } else { "" };
            let detail = format!("Account {} ({}){why} has it. Nothing was changed.", found.id, found.name);
            let at = Path::root().attribute("email");
            plan.diagnostics.error_at(at, format!("{} belongs to another account", desired.email), detail);
        }
        _ => {}
    }
    Ok(())
}

/// Plans that an account that exists is taken in, with what is known of it.
fn take(plan: &mut Planning<'_>, found: &Existing, place: Option<super::place::Place>, why: Claim) {
    plan.fill(|account| &mut account.id, Text(found.id.clone()));
    plan.fill(|account| &mut account.arn, found.arn.to_string());
    plan.fill(|account| &mut account.state, state_word(found.state));
    plan.fill(|account| &mut account.joined_method, joined_word(found.joined));
    plan.fill(|account| &mut account.ou, place);
    plan.fill(|account| &mut account.creation_id, Value::Null);
    let text = match why {
        Claim::Ours => "An earlier apply of this stack made it, or had it before. Nothing is made anew.",
        Claim::Adopted => {
            "The organization has an account with this e-mail address, which belongs to no stack. It is taken in: moved, renamed and \
             tagged as the configuration says. What is in it stays."
        }
    };
    plan.diagnostics.warning(format!("Account {} ({}) is taken in", found.id, found.name), text);
}
