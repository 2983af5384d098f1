//! `landform_account`: one account of the organization, made or taken in.
//!
//! [`making`] finds or makes it, once; [`decide`] compares what is [`desired`] with what was [`seen`]; [`act`] carries the steps out;
//! [`leaving`] is what destroying does.

mod act;
mod claim;
mod decide;
mod desired;
mod email;
mod identity;
mod import;
mod leaving;
mod list;
mod making;
mod model;
mod permissions;
mod place;
mod plan;
mod ready;
mod regions;
mod seen;
mod state;
#[cfg(test)]
mod tests;
mod validate;

pub use email::Email;
pub use list::AccountList;
pub use model::{Account, Contact, Contacts};
pub use place::Place;
pub(crate) use seen::state_word;

use crate::client::{Landform, failure};
use claim::claim;
use decide::decide;
use desired::{Desired, Recorded};
use identity::AccountIdentity;
use landform_cloud::id::CreateAccountRequestId;
use landform_cloud::organizations::{Account as Existing, AccountProgress, NewAccount};
use landform_cloud::{CloudError, Organizations, OrganizationsReads};
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, DefaultTimeouts, Diagnostic, Diagnostics, IdentifiedBy, ListedBy, Path, Plan, Resource, Text,
    Value,
};
use landform_model::{AccountId, RoleName};
use leaving::named;
use making::Found;
use model::status;
use seen::{Wanted, look, look_anew};
use std::time::Duration;

type Call = Context<Landform, Account>;

/// The resource `landform_account`.
pub struct AccountResource;

#[async_trait::async_trait]
impl Resource for AccountResource {
    type Client = Landform;
    type Model = Account;

    fn name(&self) -> &'static str {
        "account"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    /// A new organization may refuse accounts for an hour; closing takes up to half of one.
    fn timeouts(&self) -> DefaultTimeouts {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        DefaultTimeouts { create: minutes(90), read: minutes(10), update: minutes(45), delete: minutes(60) }
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &Account, diagnostics: &mut Diagnostics) {
        validate::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, Account>) {
        plan::plan(plan).await;
    }

    async fn plan_destroy(&self, prior: &Account, diagnostics: &mut Diagnostics) {
        leaving::protected(prior, diagnostics);
    }

    async fn look_before_destroy(&self, client: &Landform, prior: &Account, diagnostics: &mut Diagnostics) {
        leaving::look_before(client, prior, diagnostics).await;
    }

    /// An account cannot be made twice, so no replacement touches it: its create half finds it by its address.
    fn outlives_replacement(&self) -> bool {
        true
    }

    async fn read(&self, cx: &Call, state: Account) -> Result<Option<Account>, Diagnostics> {
        let failed = |error| failure(format!("Reading account {}", named(&state)), &error, "");
        let Some(id) = state.id.known().map(|id| id.0.clone()) else {
            return begun(cx, state.clone()).await.map_err(failed);
        };
        let recorded = Recorded::of(&state);
        let opted = state.opt_in_regions.known().into_iter().flatten().map(|region| region.0.clone());
        let wanted = Wanted {
            contacts: recorded.contacts.clone(),
            regions: opted.collect(),
            believed_tags: Some(recorded.tags.clone()),
        };
        let seen = look(cx.client(), &id, &wanted).await.map_err(failed)?;
        Ok(match seen {
            Some(seen) => {
                regions::warn_of_pending(cx, &seen);
                Some(state::refreshed(state.clone(), &seen))
            }
            // One that AWS has just made may not be listed yet.
            None => self.is_incomplete(&state).then(|| state.clone()),
        })
    }

    async fn create(&self, cx: &Call, planned: Account) -> Result<Account, Diagnostics> {
        let begun = cx.resumed_from().cloned();
        if let Some(begun) = &begun {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
        }
        let desired = declared(cx.client(), &planned)?;
        let doing = format!("Creating account {:?}", desired.name);
        let nothing = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let port = cx.client().organizations_for_change().await.map_err(nothing)?;
        let known = begun.as_ref().and_then(|begun| begun.id.known()).map(|id| id.0.clone());
        let mut planned = planned;
        let id = match known {
            Some(id) => id,
            None => find_or_make(cx, port.as_ref(), &desired, &mut planned, begun.as_ref()).await?,
        };
        // From here on nothing loses the id.
        let mut beginning = Account { id: Value::Known(Text(id.clone())), ..incomplete(&planned) };
        if let Some(begun) = &begun {
            (beginning.tags_all, beginning.pending_email) =
                (begun.tags_all.clone(), begun.pending_email.clone());
        }
        cx.checkpoint(&beginning);
        let gone = |error: CloudError| {
            failure(&doing, &error, "The account is in state; the next apply goes on with it.")
        };
        making::visible(cx, port.as_ref(), &id).await.map_err(gone)?;
        carry_out(cx, port.as_ref(), &desired, &planned, begun.as_ref(), &id, status::INCOMPLETE).await
    }

    async fn update(&self, cx: &Call, prior: Account, planned: Account) -> Result<Account, Diagnostics> {
        let desired = declared(cx.client(), &planned)?;
        let unchanged = |error: CloudError| {
            failure(format!("Updating account {}", named(&prior)), &error, "Nothing was changed.")
        };
        let Some(id) = prior.id.known().map(|id| id.0.clone()) else { return Err(unknown(&prior)) };
        let port = cx.client().organizations_for_change().await.map_err(unchanged)?;
        carry_out(cx, port.as_ref(), &desired, &planned, Some(&prior), &id, status::DEGRADED).await
    }

    async fn delete(&self, cx: &Call, prior: Account) -> Result<(), Diagnostics> {
        let failed = |error: CloudError| {
            let state = "The account is still in state; destroy again to go on.";
            failure(format!("Destroying account {}", named(&prior)), &error, state)
        };
        let port = cx.client().organizations_for_change().await.map_err(failed)?;
        let id = match prior.id.known() {
            Some(id) => id.0.clone(),
            None => match request_of(&prior) {
                None => return Ok(()),
                // A request on its way becomes an account, which must not be left without anybody.
                Some(request) => match making::end_of(cx, port.as_ref(), &request).await.map_err(failed)? {
                    Err(_) => return Ok(()),
                    Ok(id) => id,
                },
            },
        };
        leaving::leave(cx, port.as_ref(), &prior, &id).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<Account, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<AccountIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<AccountList>())
    }

    fn identity(&self, model: &Account) -> Option<String> {
        Some(format!("{}/account/{}", model.stack.known()?.0, desired::resource_name(model.name.known()?)))
    }

    fn is_incomplete(&self, model: &Account) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}

/// The account that the configuration means: the one that has its address, or a new one.
async fn find_or_make(
    cx: &Call,
    port: &dyn Organizations,
    desired: &Desired,
    planned: &mut Account,
    begun: Option<&Account>,
) -> Result<AccountId, Diagnostics> {
    let doing = format!("Creating account {:?}", desired.name);
    let nothing = |error: CloudError| failure(&doing, &error, "Nothing was made.");
    // Before anything is made: an account that has no place to go stays in the root, where fewer policies hold.
    let organizations = cx.client().organizations().await.map_err(nothing)?;
    place_exists(desired, organizations.tree().await.map_err(nothing)?)?;
    let request = begun.and_then(request_of);
    let request = match making::find(cx, port, desired, request.as_ref()).await.map_err(nothing)? {
        Found::Account(account) => {
            take(port, desired, planned, &account).await?;
            if planned.creation_id.is_unknown() {
                planned.creation_id = request.map(|request| request.to_string()).into();
            }
            return Ok(account.id);
        }
        Found::Request(request) => request,
        Found::Nothing(before) => {
            if let Some(id) = planned.id.known() {
                let detail = format!(
                    "The plan was to take in account {}, which is not there any more. Plan again.",
                    id.0
                );
                return Err(Diagnostic::error(doing, detail).into());
            }
            let new = new_account(desired, planned).ok_or_else(|| unknown(planned))?;
            making::request(cx, port, &new, &before).await.map_err(nothing)?
        }
    };
    planned.creation_id = Value::Known(request.to_string());
    cx.checkpoint(&incomplete(planned));
    let id = making::finish(cx, port, desired, &request).await?;
    let made = making::visible(cx, port, &id).await.map_err(|error| {
        failure(&doing, &error, "Its request is in state; the next apply goes on with it.")
    })?;
    match Email::from(made.email.as_str()) == desired.email {
        true => Ok(id),
        // AWS tells a request by the name of its account only, and somebody has made one of that name meanwhile.
        false => {
            let detail = format!(
                "Request {request} was somebody else's: it made {id} with the address {}. That account is left alone; apply again.",
                made.email
            );
            Err(Diagnostic::error(doing, detail).into())
        }
    }
}

/// Refuses an account that may not be taken.
async fn take(
    port: &dyn Organizations,
    desired: &Desired,
    planned: &Account,
    account: &Existing,
) -> Result<(), Diagnostics> {
    let doing = format!("Taking in account {}", account.id);
    let tags = port.tags(account.id.as_str()).await;
    let tags = tags.map_err(|error| failure(doing, &error, "Nothing was changed."))?;
    let adopt = planned.adopt.known().map(|adopt| adopt.0).unwrap_or_default();
    claim(desired, adopt, account, &tags)?;
    Ok(())
}

/// From what is to what is planned, step by step, and on to an account that can be used.
async fn carry_out(
    cx: &Call,
    port: &dyn Organizations,
    desired: &Desired,
    planned: &Account,
    prior: Option<&Account>,
    id: &AccountId,
    unfinished: &str,
) -> Result<Account, Diagnostics> {
    let doing = format!("Changing account {id}");
    let failed = |error: CloudError| {
        failure(&doing, &error, "The account is in state; the next apply goes on with it.")
    };
    let mut recorded = prior.map(Recorded::of).unwrap_or_default();
    let wanted = Wanted::new(&desired.contacts, &desired.regions, &recorded);
    let mut seen = look_anew(cx.client(), port, id, &wanted).await.map_err(failed)?.ok_or_else(|| {
        let detail = "It is not in the organization of the credentials any more. Plan again.";
        Diagnostics::from(Diagnostic::error(format!("Account {id} is gone"), detail))
    })?;
    place_exists(desired, &seen.tree)?;
    if let Some(region) = decide::unknown_regions(desired, &seen).next() {
        let detail = format!("AWS does not know a region {region}. Nothing was changed.");
        return Err(Diagnostic::error(doing, detail).at(Path::root().attribute("opt_in_regions")).into());
    }
    let code = cx.config().and_then(|config| config.email_otp.known()).map(String::as_str);
    let steps = decide(desired, &recorded, &seen, code);
    let checkpoint = |seen: &seen::Seen, recorded: &Recorded| {
        cx.checkpoint(&state::unfinished(planned, prior, seen, recorded, unfinished));
    };
    act::run(cx, port, &mut seen, &mut recorded, &steps, checkpoint).await?;
    waits_for_code(cx, id, desired, &recorded);
    let before = prior.map_or(Value::Null, |prior| prior.ready);
    let ready = match planned.ready {
        Value::Unknown => Value::Known(ready::wait(cx, &seen.account, &role(planned)).await),
        Value::Null => before,
        known => known,
    };
    regions::wait(cx, &mut seen, &desired.regions).await?;
    Ok(state::made(planned, &seen, &recorded, ready))
}

/// Says what ends the change of an e-mail address.
fn waits_for_code(cx: &Call, id: &AccountId, desired: &Desired, recorded: &Recorded) {
    if let Some(email) = recorded.pending.as_ref().filter(|email| **email == desired.email) {
        let detail = format!(
            "AWS has sent a code to {email}. Set `email_otp` to it and apply, which ends the change; until then the account keeps its \
             address."
        );
        cx.warn(Diagnostic::warning(format!("The new address of account {id} waits for its code"), detail));
    }
}

/// What has become of a request whose account state does not know: none when there is nothing.
async fn begun(cx: &Call, state: Account) -> Result<Option<Account>, CloudError> {
    let Some(request) = request_of(&state) else { return Ok(None) };
    let organizations = cx.client().organizations().await?;
    if organizations.organization().await?.is_none() {
        return Ok(None);
    }
    Ok(match organizations.account_request(&request).await?.map(|request| request.progress) {
        Some(AccountProgress::Succeeded(id)) => {
            let made = organizations.account(&id).await?;
            let ours = |made: &Existing| state.email == Value::Known(Email::from(made.email.as_str()));
            made.is_none_or(|made| ours(&made)).then_some(Account { id: Value::Known(Text(id)), ..state })
        }
        Some(AccountProgress::InProgress) => Some(state),
        Some(AccountProgress::Failed(_)) | None => None,
    })
}

fn request_of(state: &Account) -> Option<CreateAccountRequestId> {
    state.creation_id.known()?.parse().ok()
}

fn place_exists(desired: &Desired, tree: &crate::organization::Tree) -> Result<(), Diagnostics> {
    match decide::missing_place(desired, tree) {
        None => Ok(()),
        Some(place) => {
            let detail = format!(
                "There is no organizational unit {place}. Let `ou` come from the tree, such as \
                 `landform_organizational_units.main.paths[\"{place}\"]`, so that the unit is made first. Nothing was changed."
            );
            let error = Diagnostic::error(format!("Account {:?} has no place to go", desired.name), detail);
            Err(error.at(Path::root().attribute("ou")).into())
        }
    }
}

fn new_account(desired: &Desired, planned: &Account) -> Option<NewAccount> {
    Some(NewAccount {
        name: desired.name.clone(),
        email: desired.email.address()?,
        role_name: role(planned),
        billing_access: planned.billing_access != Value::Known(false),
        tags: desired.all_tags(),
    })
}

fn role(account: &Account) -> RoleName {
    account.role_name.known().map(|role| role.0.clone()).unwrap_or_default()
}

/// What is planned, of which nothing is known yet.
fn incomplete(planned: &Account) -> Account {
    Account { status: Value::Known(status::INCOMPLETE.to_owned()), ..planned.clone() }
}

/// What `model` declares, fully known and of this stack.
fn declared(client: &Landform, model: &Account) -> Result<Desired, Diagnostics> {
    if let Some(stack) = model.stack.known().filter(|stack| stack.0 != *client.stack()) {
        let detail = format!(
            "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: set it back.",
            stack.0,
            client.stack()
        );
        return Err(
            Diagnostic::error(format!("Account {} belongs to another stack", named(model)), detail).into()
        );
    }
    Desired::of(model, client).ok_or_else(|| unknown(model))
}

fn unknown(model: &Account) -> Diagnostics {
    let detail = "An attribute is still unknown. This is a fault of the provider; please report it.";
    Diagnostic::error(format!("Account {} is not fully known", named(model)), detail).into()
}
