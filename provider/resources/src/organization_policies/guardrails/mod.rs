//! `landform_guardrails`: service and resource control policies by name, packed into the fewest documents.

mod choice;
mod identity;
mod lints;
mod list;
mod model;
mod packing;
mod set;

pub use list::GuardrailsList;
pub use model::{GuardrailLimits, Guardrails, ManagementRoles, OwnStatements};

use super::core::{PolicySet, status};
use super::{import, plan, reconcile};
use crate::client::Landform;
use identity::GuardrailsIdentity;
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, DefaultTimeouts, Diagnostics, IdentifiedBy, ListedBy, Path, Plan, Resource, Value,
};
use std::time::Duration;

type Call = Context<Landform, Guardrails>;

/// The resource `landform_guardrails`.
pub struct GuardrailsResource;

#[async_trait::async_trait]
impl Resource for GuardrailsResource {
    type Client = Landform;
    type Model = Guardrails;

    fn name(&self) -> &'static str {
        "guardrails"
    }

    fn subcategory(&self) -> &'static str {
        "Organization"
    }

    /// One change of an organization at a time, and sets of other resources are changed meanwhile.
    fn timeouts(&self) -> DefaultTimeouts {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        DefaultTimeouts { create: minutes(30), read: minutes(10), update: minutes(30), delete: minutes(30) }
    }

    fn permissions(&self) -> Permissions {
        super::permissions::manage(&[])
    }

    fn validate(&self, config: &Guardrails, diagnostics: &mut Diagnostics) {
        if let Value::Known(tags) = &config.tags {
            crate::tags::validate(tags, &Path::root().attribute("tags"), diagnostics);
        }
        set::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, Guardrails>) {
        plan::plan(plan).await;
    }

    async fn read(&self, cx: &Call, state: Guardrails) -> Result<Option<Guardrails>, Diagnostics> {
        reconcile::read(cx.client(), state).await
    }

    async fn create(&self, cx: &Call, planned: Guardrails) -> Result<Guardrails, Diagnostics> {
        reconcile::create(cx, planned).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: Guardrails,
        planned: Guardrails,
    ) -> Result<Guardrails, Diagnostics> {
        reconcile::update(cx, &prior, planned).await
    }

    async fn delete(&self, cx: &Call, prior: Guardrails) -> Result<(), Diagnostics> {
        reconcile::delete(cx, &prior).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<Guardrails, Diagnostics> {
        import::by_name(cx.client(), &import::name(id)?).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<GuardrailsIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<GuardrailsList>())
    }

    fn identity(&self, model: &Guardrails) -> Option<String> {
        let owner = model.core().owner(Guardrails::KIND)?;
        Some(format!("{}/{}", owner.stack, owner.resource()))
    }

    fn is_incomplete(&self, model: &Guardrails) -> bool {
        model.core().is(status::INCOMPLETE)
    }
}
