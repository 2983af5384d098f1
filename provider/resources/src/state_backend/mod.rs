//! `landform_state_backend`: where Terraform keeps states.
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

pub(crate) use abandoned::AbandonedBackends;
pub use model::{StateBackend, StateEncryption, UnknownEncryption};

use crate::client::{Landform, failure};
use decide::decide;
use identity::StateBackendIdentity;
use landform_cloud::CloudError;
use landform_framework::docs::Permissions;
use landform_framework::{Context, Diagnostic, Diagnostics, IdentifiedBy, Path, Plan, Resource, Value};
use model::status;
use reconcile::{conflicting, declared, run, take_down};
use state::name;
use steps::Step;

type Call = Context<Landform, StateBackend>;

/// The resource `landform_state_backend`.
pub struct StateBackendResource;

#[async_trait::async_trait]
impl Resource for StateBackendResource {
    type Client = Landform;
    type Model = StateBackend;

    fn name(&self) -> &'static str {
        "state_backend"
    }

    fn subcategory(&self) -> &'static str {
        "Landing zone"
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &StateBackend, diagnostics: &mut Diagnostics) {
        if let Some(tags) = config.tags.known() {
            crate::tags::validate(tags, &Path::root().attribute("tags"), diagnostics);
        }
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, StateBackend>) {
        plan::plan(plan).await;
    }

    async fn plan_destroy(&self, prior: &StateBackend, diagnostics: &mut Diagnostics) {
        if prior.deletion_protection == Value::Known(true) {
            let detail = "Set `deletion_protection = false` and apply, then destroy or replace it. Nothing was changed.";
            let summary = format!("State backend {} is protected", name(prior));
            diagnostics
                .push(Diagnostic::error(summary, detail).at(Path::root().attribute("deletion_protection")));
        }
    }

    async fn read(&self, cx: &Call, state: StateBackend) -> Result<Option<StateBackend>, Diagnostics> {
        let doing = format!("Reading state backend {}", name(&state));
        let desired = declared(cx.client(), &state)?;
        let failed = |error: CloudError| failure(&doing, &error, "");
        let storage = cx.client().state_storage(&desired.target).await.map_err(failed)?;
        let seen = look::look(storage.as_ref(), &desired).await.map_err(failed)?;
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
        Ok(Some(state::observed(&state, &desired, seen.key.as_ref(), now, drift)))
    }

    async fn create(&self, cx: &Call, planned: StateBackend) -> Result<StateBackend, Diagnostics> {
        let doing = format!("Creating state backend {}", name(&planned));
        let mut desired = declared(cx.client(), &planned)?;
        if let Some(begun) = cx.resumed_from() {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
            desired.retire(begun);
        }
        let nothing = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let storage = cx.client().state_storage_for_change(&desired.target).await.map_err(nothing)?;
        let seen = look::look(storage.as_ref(), &desired).await.map_err(nothing)?;
        conflicting(&desired, &seen)?;
        // Protection begins when the backend is complete, unless it was there before this resource began to make it.
        let resumed = cx.resumed_from().is_some_and(|prior| prior.deletion_protection == Value::Known(false));
        let mut partial = planned.clone();
        if seen.is_empty() || resumed {
            partial.deletion_protection = Value::Known(false);
        }
        run(cx, storage.as_ref(), &desired, &seen, &planned, &partial, status::INCOMPLETE).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: StateBackend,
        planned: StateBackend,
    ) -> Result<StateBackend, Diagnostics> {
        let doing = format!("Updating state backend {}", name(&planned));
        let mut desired = declared(cx.client(), &planned)?;
        desired.retire(&prior);
        let unchanged = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let storage = cx.client().state_storage_for_change(&desired.target).await.map_err(unchanged)?;
        let seen = look::look(storage.as_ref(), &desired).await.map_err(unchanged)?;
        conflicting(&desired, &seen)?;
        run(cx, storage.as_ref(), &desired, &seen, &planned, &planned, status::DEGRADED).await
    }

    async fn delete(&self, cx: &Call, prior: StateBackend) -> Result<(), Diagnostics> {
        let doing = format!("Deleting state backend {}", name(&prior));
        let desired = declared(cx.client(), &prior)?;
        let untouched = |error: CloudError| failure(&doing, &error, "The backend is still in state.");
        let storage = cx.client().state_storage_for_change(&desired.target).await.map_err(untouched)?;
        let seen = look::look(storage.as_ref(), &desired).await.map_err(untouched)?;
        let force = prior.force_destroy == Value::Known(true);
        take_down(cx, storage.as_ref(), &desired, &seen, force).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<StateBackend, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<StateBackendIdentity>())
    }

    fn identity(&self, model: &StateBackend) -> Option<String> {
        let (owner, target) = (desired::owner(model)?, desired::target(model)?);
        Some(format!("{}/{}@{}/{}", owner.stack, owner.resource(), target.account, target.region))
    }

    fn is_incomplete(&self, model: &StateBackend) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}
