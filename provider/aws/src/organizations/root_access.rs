//! Central root access, which IAM does for the organization.

use super::*;
use aws_sdk_iam::types::FeatureType;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>: refused where IAM is no trusted
    /// service.
    pub(super) async fn root_access(&self) -> Result<RootAccess> {
        const OPERATION: &str = "ListOrganizationsFeatures";
        let answer = self.iam.list_organizations_features().send().await.map_err(error::of(OPERATION));
        let Some(answer) = if_any(answer)? else { return Ok(RootAccess::new()) };
        let known = answer.enabled_features().iter().filter_map(|feature| match feature {
            FeatureType::RootCredentialsManagement => Some(RootAccessFeature::CredentialsManagement),
            FeatureType::RootSessions => Some(RootAccessFeature::Sessions),
            _ => None,
        });
        Ok(known.collect())
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
    pub(super) async fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()> {
        let iam = &self.iam;
        let call = async {
            match (feature, enabled) {
                (RootAccessFeature::CredentialsManagement, true) => {
                    let call = iam.enable_organizations_root_credentials_management().send();
                    call.await.map(drop).map_err(error::of("EnableOrganizationsRootCredentialsManagement"))
                }
                (RootAccessFeature::CredentialsManagement, false) => {
                    let call = iam.disable_organizations_root_credentials_management().send();
                    call.await.map(drop).map_err(error::of("DisableOrganizationsRootCredentialsManagement"))
                }
                (RootAccessFeature::Sessions, true) => {
                    let call = iam.enable_organizations_root_sessions().send();
                    call.await.map(drop).map_err(error::of("EnableOrganizationsRootSessions"))
                }
                (RootAccessFeature::Sessions, false) => {
                    let call = iam.disable_organizations_root_sessions().send();
                    call.await.map(drop).map_err(error::of("DisableOrganizationsRootSessions"))
                }
            }
        };
        self.write(call).await
    }
}
