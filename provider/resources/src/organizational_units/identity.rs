//! What finds a tree: the id of its organization.

use super::model::OrganizationalUnits;
use super::{Call, OrganizationalUnitsResource, import};
use landform_cloud::id::OrganizationId;
use landform_framework::{Diagnostics, Identity, Model, Text, Value};

/// What finds a tree of organizational units.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct OrganizationalUnitsIdentity {
    /// The id of the organization.
    #[attribute(required)]
    pub(crate) organization_id: Value<Text<OrganizationId>>,
}

#[async_trait::async_trait]
impl Identity for OrganizationalUnitsIdentity {
    type Resource = OrganizationalUnitsResource;

    fn of(units: &OrganizationalUnits) -> Self {
        Self { organization_id: units.organization_id.clone() }
    }

    async fn import(
        self,
        _: &OrganizationalUnitsResource,
        cx: &Call,
    ) -> Result<OrganizationalUnits, Diagnostics> {
        let id = self.organization_id.known().map(|id| id.0.to_string()).unwrap_or_default();
        import::by_id(cx.client(), &id).await
    }

    fn example() -> Self {
        Self { organization_id: "o-a1b2c3d4e5".parse().ok().map(Text).into() }
    }
}
