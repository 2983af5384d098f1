//! What destroying an account does: it is moved out of the way, forgotten, or closed.

use super::Call;
use super::desired::owner;
use super::model::Account;
use super::seen::{Seen, Wanted, is_closed, look_anew, state_word};
use crate::client::{Landform, failure};
use landform_cloud::organizations::AccountState;
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind, Organizations, Result};
use landform_framework::{Diagnostic, Diagnostics, Path, Value};
use landform_model::AccountId;
use landform_model::organization::{OnDestroy, OrganizationalUnitPath};
use landform_model::ownership::{OWNERSHIP_TAGS, Owner};
use std::time::Duration;

/// The unit for accounts that wait to be closed.
const QUARANTINE: &str = "Suspended";

/// AWS may show an account as active again for many minutes while it closes it.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html>
const CLOSING: Schedule = Schedule {
    first: Duration::from_secs(10),
    longest: Duration::from_secs(30),
    deadline: Duration::from_secs(40 * 60),
};

/// The smallest number of accounts that AWS closes in 30 days, whatever the size of the organization.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>
const CLOSED_IN_30_DAYS: usize = 250;

/// Objects to the destruction of a protected account.
pub(super) fn protected(prior: &Account, diagnostics: &mut Diagnostics) {
    let closed = ["CLOSED", "PENDING_CLOSURE"].map(|state| Value::Known(state.to_owned()));
    let exists = prior.id.is_known() && !closed.contains(&prior.state);
    if exists && prior.deletion_protection == Value::Known(true) {
        let detail = "Set `deletion_protection = false` and apply, then destroy it. Nothing was changed.";
        diagnostics.error_at(
            Path::root().attribute("deletion_protection"),
            format!("Account {} is protected", named(prior)),
            detail,
        );
    }
}

/// Says what closing means, and refuses it where the provider block does not allow it.
pub(super) async fn look_before(client: &Landform, prior: &Account, diagnostics: &mut Diagnostics) {
    let closing = prior.on_destroy.known().is_some_and(|it| it.0 == OnDestroy::Close);
    if !closing || diagnostics.has_errors() {
        return;
    }
    if !client.allows_account_closure() {
        let detail = "`on_destroy` is \"close\", which cannot be undone, and the provider block does not say \
                      `allow_account_closure = true`. Nothing was changed.";
        let summary = format!("Account {} may not be closed", named(prior));
        return diagnostics.error_at(Path::root().attribute("on_destroy"), summary, detail);
    }
    let counted = async {
        let organizations = client.organizations().await?;
        let accounts = organizations.placed_accounts().await?;
        let closed = accounts.iter().filter(|account| is_closed(account.state)).count();
        Ok::<_, CloudError>((closed, accounts.len()))
    };
    match counted.await {
        Ok((closed, all)) => diagnostics.warning(
            format!("Account {} is closed", named(prior)),
            format!(
                "It can be used by nobody from then on, keeps its e-mail address, and is deleted after 90 days. {closed} of {all} \
                 accounts are closed or closing now; AWS closes {} in 30 days.",
                CLOSED_IN_30_DAYS.max(all / 5)
            ),
        ),
        Err(error) => {
            diagnostics.extend(failure("Counting the accounts that are closed", &error, ""));
        }
    }
}

/// Carries out `on_destroy`. The tags that say whose the account is go last: until then a second destroy goes on.
pub(super) async fn leave(
    cx: &Call,
    port: &dyn Organizations,
    prior: &Account,
    id: &AccountId,
) -> std::result::Result<(), Diagnostics> {
    let doing = format!("Destroying account {}", named(prior));
    let failed =
        |error: CloudError| failure(&doing, &error, "The account is still in state; destroy again to go on.");
    let Some(seen) = look_anew(cx.client(), port, id, &Wanted::default()).await.map_err(failed)? else {
        return Ok(());
    };
    if is_closed(seen.account.state) {
        return Ok(());
    }
    let organization = port.organization().await.map_err(failed)?;
    let is_management = organization.is_some_and(|it| it.management_account == *id);
    match prior.on_destroy.known().map(|it| it.0).unwrap_or_default() {
        OnDestroy::Forget => {}
        // It holds the organization together: it is never put aside, and AWS does not close it.
        _ if is_management => {
            let detail =
                "It is the management account of the organization, so it stays as it is and where it is.";
            cx.warn(Diagnostic::warning(format!("Account {} was not moved", named(prior)), detail));
        }
        OnDestroy::Quarantine => quarantine(cx, port, &seen, prior).await.map_err(failed)?,
        OnDestroy::Close if cx.client().allows_account_closure() => {
            close(cx, port, id).await.map_err(failed)?;
            // Nobody tags a closed account.
            return Ok(());
        }
        OnDestroy::Close => {
            let text = "the provider block does not say `allow_account_closure = true`";
            return Err(failed(CloudError::new(ErrorKind::Invalid, "CloseAccount", text)));
        }
    }
    let ours = |owner: &Owner| owner.child_of(&seen.tags).is_some();
    if owner(prior, cx.client()).as_ref().is_some_and(ours) {
        let keys = OWNERSHIP_TAGS.map(str::to_owned);
        let untag = || port.remove_tags(id.as_str(), &keys);
        patiently(&doing, ORGANIZATION, cx.stopped(), untag).await.map_err(failed)?;
    }
    Ok(())
}

async fn quarantine(cx: &Call, port: &dyn Organizations, seen: &Seen, prior: &Account) -> Result<()> {
    let id = &seen.account.id;
    let unit = QUARANTINE.parse::<OrganizationalUnitPath>().ok();
    match unit.as_ref().and_then(|unit| seen.tree.parent_at(Some(unit))) {
        Some(to) => {
            let (from, what) = (&seen.parent, format!("moving account {id} to {QUARANTINE}"));
            patiently(&what, ORGANIZATION, cx.stopped(), || port.move_account(id, from, &to)).await
        }
        None => {
            let detail = format!(
                "There is no organizational unit {QUARANTINE} directly below the root, so the account stays where it is, open as \
                 before."
            );
            cx.warn(Diagnostic::warning(format!("Account {} was not moved", named(prior)), detail));
            Ok(())
        }
    }
}

/// Closes the account and waits for it, through states that AWS shows in between.
async fn close(cx: &Call, port: &dyn Organizations, id: &AccountId) -> Result<()> {
    let what = format!("closing account {id}");
    patiently(&what, ORGANIZATION, cx.stopped(), || port.close_account(id)).await?;
    wait_for("CloseAccount", &format!("account {id}"), CLOSING, cx.stopped(), || async {
        match port.account(id).await {
            Ok(None) => Ok(Look::Ready(())),
            Ok(Some(account)) if account.state == AccountState::Closed => Ok(Look::Ready(())),
            Ok(Some(account)) => Ok(Look::Pending(state_word(account.state).to_owned())),
            Err(error) if matches!(error.kind, ErrorKind::Throttled | ErrorKind::NotReady) => {
                Ok(Look::Pending(error.to_string()))
            }
            Err(error) => Err(error),
        }
    })
    .await
}

/// The account, for messages.
pub(super) fn named(account: &Account) -> String {
    let name = account.name.known().cloned().unwrap_or_default();
    match account.id.known() {
        Some(id) => format!("{name:?} ({})", id.0),
        None => format!("{name:?}"),
    }
}
