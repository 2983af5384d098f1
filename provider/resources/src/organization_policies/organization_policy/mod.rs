//! `landform_organization_policy`: settings that accounts cannot change, one policy of each kind.

mod identity;
mod list;
mod model;
mod set;

pub use list::OrganizationPolicyList;
pub use model::{OrganizationPolicy, OwnSettings};

use super::core::{PolicySet, status};
use super::{import, plan, reconcile};
use crate::client::Landform;
use identity::OrganizationPolicyIdentity;
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, DefaultTimeouts, Diagnostics, IdentifiedBy, ListedBy, Path, Plan, Resource, Value,
};
use std::time::Duration;

type Call = Context<Landform, OrganizationPolicy>;

/// The resource `landform_organization_policy`.
pub struct OrganizationPolicyResource;

#[async_trait::async_trait]
impl Resource for OrganizationPolicyResource {
    type Client = Landform;
    type Model = OrganizationPolicy;

    fn name(&self) -> &'static str {
        "organization_policy"
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
        super::permissions::manage(&[
            "organizations:ListAccountsWithInvalidEffectivePolicy",
            "organizations:ListEffectivePolicyValidationErrors",
        ])
    }

    fn validate(&self, config: &OrganizationPolicy, diagnostics: &mut Diagnostics) {
        if let Value::Known(tags) = &config.tags {
            crate::tags::validate(tags, &Path::root().attribute("tags"), diagnostics);
        }
        set::chosen(config, diagnostics);
        super::chosen::some_targets(&config.targets, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, OrganizationPolicy>) {
        plan::plan(plan).await;
    }

    async fn read(
        &self,
        cx: &Call,
        state: OrganizationPolicy,
    ) -> Result<Option<OrganizationPolicy>, Diagnostics> {
        reconcile::read(cx.client(), state).await
    }

    async fn create(
        &self,
        cx: &Call,
        planned: OrganizationPolicy,
    ) -> Result<OrganizationPolicy, Diagnostics> {
        reconcile::create(cx, planned).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: OrganizationPolicy,
        planned: OrganizationPolicy,
    ) -> Result<OrganizationPolicy, Diagnostics> {
        reconcile::update(cx, &prior, planned).await
    }

    async fn delete(&self, cx: &Call, prior: OrganizationPolicy) -> Result<(), Diagnostics> {
        reconcile::delete(cx, &prior).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<OrganizationPolicy, Diagnostics> {
        import::by_name(cx.client(), &import::name(id)?).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<OrganizationPolicyIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<OrganizationPolicyList>())
    }

    fn identity(&self, model: &OrganizationPolicy) -> Option<String> {
        let owner = model.core().owner(OrganizationPolicy::KIND)?;
        Some(format!("{}/{}", owner.stack, owner.resource()))
    }

    fn is_incomplete(&self, model: &OrganizationPolicy) -> bool {
        model.core().is(status::INCOMPLETE)
    }
}
