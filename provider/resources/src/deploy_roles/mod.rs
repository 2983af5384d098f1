//! `landform_deploy_roles`: the roles that pipelines plan and apply with, in one account.
//!
//! [`decide`] compares what is [`desired`] with what was [seen](look) and gives [`steps`]; [`act`] carries them out.

mod abandoned;
mod act;
mod decide;
mod desired;
mod identity;
mod import;
mod look;
mod model;
mod permissions;
mod plan;
mod reconcile;
mod state;
mod steps;
#[cfg(test)]
pub(crate) mod tests;
mod validate;

pub(crate) use abandoned::AbandonedRoles;
pub use model::{DeployRoles, DeployTrust, OidcTrust, StateAccess};

use crate::client::{Landform, failure};
use decide::{decide, remove};
use identity::DeployRolesIdentity;
use landform_cloud::CloudError;
use landform_framework::docs::Permissions;
use landform_framework::{Context, Diagnostics, IdentifiedBy, Plan, Resource};
use model::status;
use reconcile::{conflicting, declared, released, run};
use state::name;
use steps::Step;

type Call = Context<Landform, DeployRoles>;

/// The resource `landform_deploy_roles`.
pub struct DeployRolesResource;

#[async_trait::async_trait]
impl Resource for DeployRolesResource {
    type Client = Landform;
    type Model = DeployRoles;

    fn name(&self) -> &'static str {
        "deploy_roles"
    }

    fn subcategory(&self) -> &'static str {
        "Landing zone"
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &DeployRoles, diagnostics: &mut Diagnostics) {
        validate::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, DeployRoles>) {
        plan::plan(plan).await;
    }

    async fn read(&self, cx: &Call, state: DeployRoles) -> Result<Option<DeployRoles>, Diagnostics> {
        let doing = format!("Reading deploy roles {}", name(&state));
        let (desired, target) = declared(cx.client(), &state).await?;
        let failed = |error: CloudError| failure(&doing, &error, "");
        let iam = cx.client().iam(&target).await.map_err(failed)?;
        let seen = look::look(iam.as_ref(), &desired).await.map_err(failed)?;
        if seen.is_empty() {
            return Ok(None);
        }
        let drift: Vec<String> = decide(&desired, &seen).iter().map(Step::to_string).collect();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            _ if drift.is_empty() => status::READY,
            Some(status::DEGRADED) => status::DEGRADED,
            _ => status::DRIFTED,
        };
        Ok(Some(state::observed(&state, &desired, &seen, now, drift)))
    }

    async fn create(&self, cx: &Call, planned: DeployRoles) -> Result<DeployRoles, Diagnostics> {
        let doing = format!("Creating deploy roles {}", name(&planned));
        let (mut desired, target) = declared(cx.client(), &planned).await?;
        if let Some(begun) = cx.resumed_from() {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
            desired.retire(begun);
        }
        let nothing = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let iam = cx.client().iam_for_change(&target).await.map_err(nothing)?;
        let seen = look::look(iam.as_ref(), &desired).await.map_err(nothing)?;
        conflicting(&desired, &seen)?;
        run(cx, iam.as_ref(), &desired, &seen, &planned, status::INCOMPLETE).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: DeployRoles,
        planned: DeployRoles,
    ) -> Result<DeployRoles, Diagnostics> {
        let doing = format!("Updating deploy roles {}", name(&planned));
        let (mut desired, target) = declared(cx.client(), &planned).await?;
        desired.retire(&prior);
        let unchanged = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let iam = cx.client().iam_for_change(&target).await.map_err(unchanged)?;
        let seen = look::look(iam.as_ref(), &desired).await.map_err(unchanged)?;
        conflicting(&desired, &seen)?;
        run(cx, iam.as_ref(), &desired, &seen, &planned, status::DEGRADED).await
    }

    async fn delete(&self, cx: &Call, prior: DeployRoles) -> Result<(), Diagnostics> {
        let doing = format!("Deleting deploy roles {}", name(&prior));
        let (mut desired, target) = declared(cx.client(), &prior).await?;
        desired.retired_issuers.extend(std::mem::take(&mut desired.providers).into_keys());
        let untouched = |error: CloudError| failure(&doing, &error, "The roles are still in state.");
        let iam = cx.client().iam_for_change(&target).await.map_err(untouched)?;
        let seen = look::look(iam.as_ref(), &desired).await.map_err(untouched)?;
        let steps = remove(&seen);
        released(&seen, &steps).into_iter().for_each(|warning| cx.warn(warning));
        reconcile::take_down(iam.as_ref(), &desired, &steps, cx.stopped()).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<DeployRoles, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<DeployRolesIdentity>())
    }

    fn identity(&self, model: &DeployRoles) -> Option<String> {
        let owner = desired::owner(model)?;
        Some(format!("{}/{}@{}", owner.stack, owner.resource(), model.account_id.known()?.0))
    }

    fn is_incomplete(&self, model: &DeployRoles) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}
