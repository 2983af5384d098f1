//! Finds the tree of the organization, for `terraform query`.

use super::model::OrganizationalUnits;
use super::{OrganizationalUnitsResource, import};
use crate::client::failure;
use landform_cloud::OrganizationsReads;
use landform_framework::{Diagnostics, List, ListContext, Model, Text, Value};

/// Finds the tree of the organization that the credentials belong to, whoever made it.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct OrganizationalUnitsList {}

#[async_trait::async_trait]
impl List for OrganizationalUnitsList {
    type Resource = OrganizationalUnitsResource;

    async fn list(
        self,
        _: &OrganizationalUnitsResource,
        cx: &ListContext<OrganizationalUnitsResource>,
    ) -> Result<(), Diagnostics> {
        let failed = |error| failure("Listing the organizational units", &error, "");
        let organizations = cx.client().organizations().await.map_err(failed)?;
        let Some(organization) = organizations.organization().await.map_err(failed)? else { return Ok(()) };
        let found = match cx.wants_objects() {
            true => import::by_id(cx.client(), organization.id.as_str()).await?,
            false => OrganizationalUnits {
                organization_id: Value::Known(Text(organization.id.clone())),
                ..OrganizationalUnits::default()
            },
        };
        // There is one at most, so it does not matter whether that is enough.
        let _ = cx.found(format!("organizational units of {}", organization.id), found).await;
        Ok(())
    }
}
