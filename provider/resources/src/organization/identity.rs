//! What finds an organization: its id.

use super::model::Organization;
use super::resource::{Call, OrganizationResource, import};
use landform_cloud::id::OrganizationId;
use landform_framework::{Diagnostics, Identity, Model, Text, Value};

/// What finds an organization.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct OrganizationIdentity {
    /// The id of the organization.
    #[attribute(required)]
    pub(crate) id: Value<Text<OrganizationId>>,
}

#[async_trait::async_trait]
impl Identity for OrganizationIdentity {
    type Resource = OrganizationResource;

    fn of(organization: &Organization) -> Self {
        Self { id: organization.id.clone() }
    }

    async fn import(self, _: &OrganizationResource, cx: &Call) -> Result<Organization, Diagnostics> {
        let id = self.id.known().map(|id| id.0.to_string()).unwrap_or_default();
        import(cx.client(), &id).await
    }

    fn example() -> Self {
        Self { id: "o-a1b2c3d4e5".parse().ok().map(Text).into() }
    }
}
