//! Central root access, which IAM does for the organization.
//!
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>

use super::*;

const IAM: &str = "iam.amazonaws.com";

impl InProcessOrganizations {
    pub(super) fn root_access(&self) -> Result<RootAccess> {
        self.call("ListOrganizationsFeatures", "", |world| Ok(world.root_access.clone()))
    }

    pub(super) fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()> {
        let operation = match (feature, enabled) {
            (RootAccessFeature::CredentialsManagement, true) => {
                "EnableOrganizationsRootCredentialsManagement"
            }
            (RootAccessFeature::CredentialsManagement, false) => {
                "DisableOrganizationsRootCredentialsManagement"
            }
            (RootAccessFeature::Sessions, true) => "EnableOrganizationsRootSessions",
            (RootAccessFeature::Sessions, false) => "DisableOrganizationsRootSessions",
        };
        self.call(operation, "", |world| {
            if !world.trusted_services.contains(IAM) {
                let text = "Service access is not enabled for this organization.";
                return Err(refuse(ErrorKind::NotFound, operation, "ServiceAccessNotEnabledException", text));
            }
            match enabled {
                true => world.root_access.insert(feature),
                false => world.root_access.remove(&feature),
            };
            Ok(())
        })
    }
}
