//! Carries out steps one after the other, and keeps what is seen up to date.

use super::Call;
use super::decide::Step;
use super::desired::Recorded;
use super::email::Email;
use super::seen::Seen;
use crate::client::failure;
use landform_cloud::account_management::RegionStatus;
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::wait::Schedule;
use landform_cloud::{AccountManagement, CloudError, ErrorKind, Organizations, Result};
use landform_framework::{Diagnostic, Diagnostics};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// How long Account Management may refuse a call. It takes one a second for most, and says "conflict" both while it is at something
/// and for what will never do, such as an e-mail address that is in use.
/// <https://docs.aws.amazon.com/accounts/latest/reference/quotas.html>
const ACCOUNT_MANAGEMENT: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(3 * 60),
};

/// Runs `steps`, and tells `checkpoint` after each what is now.
pub(super) async fn run(
    cx: &Call,
    organizations: &dyn Organizations,
    seen: &mut Seen,
    recorded: &mut Recorded,
    steps: &[Step],
    checkpoint: impl Fn(&Seen, &Recorded),
) -> std::result::Result<(), Diagnostics> {
    let mut act = Act { cx, organizations, management: None };
    checkpoint(seen, recorded);
    for (done, step) in steps.iter().enumerate() {
        let name = format!("Account {} ({:?})", seen.account.id, seen.account.name);
        let state = format!(
            "{done} of {} steps are done; the account is in state. The next apply goes on from there.",
            steps.len()
        );
        if cx.stopped().is_cancelled() {
            return Err(Diagnostic::error(format!("{name}: stopped"), state).into());
        }
        act.perform(step, seen, recorded).await.map_err(|error| {
            let mut text = failure(format!("{name}: could not {step}"), &error, &state);
            if let Some(hint) = hint(step, &error) {
                text.push(Diagnostic::warning("Account Management may be no trusted service", hint));
            }
            text
        })?;
        checkpoint(seen, recorded);
    }
    Ok(())
}

struct Act<'a> {
    cx: &'a Call,
    organizations: &'a dyn Organizations,
    /// Opened for the first step that needs it.
    management: Option<Arc<dyn AccountManagement>>,
}

impl Act<'_> {
    async fn perform(&mut self, step: &Step, seen: &mut Seen, recorded: &mut Recorded) -> Result<()> {
        let id = seen.account.id.clone();
        match step {
            Step::Move { from, to, .. } => {
                self.patiently(step, || self.organizations.move_account(&id, from, to)).await?;
                seen.parent = to.clone();
            }
            Step::Tag { set, remove } => {
                if !set.is_empty() {
                    self.patiently(step, || self.organizations.set_tags(id.as_str(), set)).await?;
                }
                if !remove.is_empty() {
                    self.patiently(step, || self.organizations.remove_tags(id.as_str(), remove)).await?;
                }
                seen.tags.extend(set.clone());
                seen.tags.retain(|key, _| !remove.contains(key));
                recorded.tags.retain(|key, _| !remove.contains(key));
            }
            Step::Rename { name } => {
                let port = self.management().await?;
                self.patiently(step, || port.rename_account(&id, name)).await?;
                seen.account.name = name.clone();
            }
            Step::SetContact(kind, contact) => {
                let port = self.management().await?;
                self.patiently(step, || port.set_alternate_contact(&id, *kind, contact)).await?;
                seen.contacts.insert(*kind, contact.clone());
            }
            Step::DeleteContact(kind) => {
                let port = self.management().await?;
                self.patiently(step, || port.delete_alternate_contact(&id, *kind)).await?;
                seen.contacts.remove(kind);
                recorded.contacts.remove(kind);
            }
            Step::EnableRegion(region) => {
                let port = self.management().await?;
                self.patiently(step, || port.enable_region(&id, region)).await?;
                seen.regions.insert(region.clone(), RegionStatus::Enabling);
            }
            Step::StartEmail(email) => {
                let port = self.management().await?;
                let address = address(email)?;
                self.patiently(step, || port.start_email_update(&id, &address)).await?;
                recorded.pending = Some(email.clone());
            }
            Step::AcceptEmail { email, code } => {
                let port = self.management().await?;
                let address = address(email)?;
                self.patiently(step, || port.accept_email_update(&id, &address, code)).await?;
                seen.account.email = email.to_string();
                recorded.pending = None;
            }
        }
        Ok(())
    }

    async fn management(&mut self) -> Result<Arc<dyn AccountManagement>> {
        if let Some(port) = &self.management {
            return Ok(Arc::clone(port));
        }
        let port = self.cx.client().account_management_for_change().await?;
        Ok(Arc::clone(self.management.insert(port)))
    }

    async fn patiently<T, F: Future<Output = Result<T>>>(
        &self,
        step: &Step,
        call: impl FnMut() -> F,
    ) -> Result<T> {
        let schedule = match step {
            Step::Move { .. } | Step::Tag { .. } => ORGANIZATION,
            _ => ACCOUNT_MANAGEMENT,
        };
        patiently(&step.to_string(), schedule, self.cx.stopped(), call).await
    }
}

fn address(email: &Email) -> Result<landform_model::EmailAddress> {
    email.address().ok_or_else(|| {
        CloudError::new(
            ErrorKind::Invalid,
            "StartPrimaryEmailUpdate",
            format!("{email} is no e-mail address"),
        )
    })
}

/// What is behind most refusals of Account Management.
fn hint(step: &Step, error: &CloudError) -> Option<&'static str> {
    let asked = !matches!(step, Step::Move { .. } | Step::Tag { .. });
    (asked && error.kind == ErrorKind::Denied).then_some(
        "For accounts of the organization, `account.amazonaws.com` must be one of its trusted services \
         (https://docs.aws.amazon.com/accounts/latest/reference/using-orgs-trusted-access.html).",
    )
}
