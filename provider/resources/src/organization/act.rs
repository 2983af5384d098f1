//! Carries out steps one after the other: AWS refuses a second write that comes meanwhile.

use super::decide::Step;
use landform_cloud::id::RootId;
use landform_cloud::once::create_once;
use landform_cloud::organizations::{Organization, PolicyTypeStatus};
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::wait::{Schedule, Seen, wait_for};
use landform_cloud::{Organizations, Result};
use landform_model::guardrails::PolicyType;
use std::future::Future;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A kind of policy is on or off within seconds, in large organizations within minutes.
const SWITCHING: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(30 * 60),
};

/// Carries out one step, and waits for what AWS does in its own time.
pub(super) async fn perform(
    port: &dyn Organizations,
    step: &Step,
    root: &RootId,
    stop: &CancellationToken,
) -> Result<()> {
    let act = Act { port, step, stop };
    match step {
        Step::Create => drop(create(port, stop).await?),
        Step::Deregister(account, service) => {
            act.patiently(|| port.deregister_delegated_administrator(account, service)).await?;
        }
        Step::SetRootAccess(feature, on) => act.patiently(|| port.set_root_access(*feature, *on)).await?,
        Step::DisablePolicyType(policy_type) => {
            act.patiently(|| port.disable_policy_type(root, *policy_type)).await?;
            act.settled(*policy_type).await?;
        }
        Step::Distrust(service) => act.patiently(|| port.disable_service_access(service)).await?,
        Step::Trust(service) => act.patiently(|| port.enable_service_access(service)).await?,
        Step::EnablePolicyType(policy_type) => {
            act.patiently(|| port.enable_policy_type(root, *policy_type)).await?;
            act.settled(*policy_type).await?;
        }
        Step::Register(account, service) => {
            act.patiently(|| port.register_delegated_administrator(account, service)).await?;
        }
    }
    Ok(())
}

/// Makes the organization, once.
pub(super) async fn create(port: &dyn Organizations, stop: &CancellationToken) -> Result<Organization> {
    let step = Step::Create;
    let act = Act { port, step: &step, stop };
    act.patiently(|| create_once(|| port.create_organization(), || port.organization())).await
}

struct Act<'a> {
    port: &'a dyn Organizations,
    step: &'a Step,
    stop: &'a CancellationToken,
}

impl Act<'_> {
    async fn patiently<T, F: Future<Output = Result<T>>>(&self, call: impl FnMut() -> F) -> Result<T> {
        patiently(&self.step.to_string(), ORGANIZATION, self.stop, call).await
    }

    /// Waits until a kind of policy is no longer about to be anything.
    async fn settled(&self, policy_type: PolicyType) -> Result<()> {
        let wanted = matches!(self.step, Step::EnablePolicyType(_)).then_some(PolicyTypeStatus::Enabled);
        wait_for("ListRoots", policy_type.as_str(), SWITCHING, self.stop, || async {
            let now = self.port.root().await?.policy_types.get(&policy_type).copied();
            Ok(match now == wanted {
                true => Seen::Ready(()),
                false => Seen::Pending(now.map_or_else(|| "off".to_owned(), |it| format!("{it:?}"))),
            })
        })
        .await
    }
}
