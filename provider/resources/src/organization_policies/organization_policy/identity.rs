//! What finds an organization policy: its name.

use super::super::import;
use super::model::OrganizationPolicy;
use super::{Call, OrganizationPolicyResource};
use landform_framework::{Diagnostics, Identity, Model, Text, Value};
use landform_model::ResourceName;

/// What finds an organization policy of the provider's stack.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct OrganizationPolicyIdentity {
    /// The name.
    #[attribute(required)]
    pub(crate) name: Value<Text<ResourceName>>,
}

#[async_trait::async_trait]
impl Identity for OrganizationPolicyIdentity {
    type Resource = OrganizationPolicyResource;

    fn of(set: &OrganizationPolicy) -> Self {
        Self { name: set.name.clone() }
    }

    async fn import(
        self,
        _: &OrganizationPolicyResource,
        cx: &Call,
    ) -> Result<OrganizationPolicy, Diagnostics> {
        match self.name {
            Value::Known(name) => import::by_name(cx.client(), &name.0).await,
            Value::Null | Value::Unknown => Err(import::nameless()),
        }
    }

    fn example() -> Self {
        Self { name: "baseline".parse().ok().map(Text).into() }
    }
}
