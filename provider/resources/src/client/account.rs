//! Ports to the settings of an account.

use super::Landform;
use landform_cloud::{
    AccountSettings, AccountSettingsReads, AccountWide, AccountWideReads, Budgets, BudgetsReads, CloudError,
    DefaultVpc, DefaultVpcReads, Target,
};
use std::sync::Arc;

impl Landform {
    /// The port to what EC2 has switched on by default, for reading.
    pub(crate) async fn account_settings(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn AccountSettingsReads>, CloudError> {
        Ok(self.cloud.account_settings(target).await?)
    }

    /// The same for changing; refused by `read_only`.
    pub(crate) async fn account_settings_for_change(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn AccountSettings>, CloudError> {
        self.may_change()?;
        self.cloud.account_settings(target).await
    }

    /// The port to the default VPC, for reading.
    pub(crate) async fn default_vpc(&self, target: &Target) -> Result<Arc<dyn DefaultVpcReads>, CloudError> {
        Ok(self.cloud.default_vpc(target).await?)
    }

    /// The same for changing; refused by `read_only`.
    pub(crate) async fn default_vpc_for_change(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn DefaultVpc>, CloudError> {
        self.may_change()?;
        self.cloud.default_vpc(target).await
    }

    /// The port to what an account has once for all regions, for reading.
    pub(crate) async fn account_wide(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn AccountWideReads>, CloudError> {
        Ok(self.cloud.account_wide(target).await?)
    }

    /// The same for changing; refused by `read_only`.
    pub(crate) async fn account_wide_for_change(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn AccountWide>, CloudError> {
        self.may_change()?;
        self.cloud.account_wide(target).await
    }

    /// The port to budgets, for reading.
    pub(crate) async fn budgets(&self, target: &Target) -> Result<Arc<dyn BudgetsReads>, CloudError> {
        Ok(self.cloud.budgets(target).await?)
    }

    /// The same for changing; refused by `read_only`.
    pub(crate) async fn budgets_for_change(&self, target: &Target) -> Result<Arc<dyn Budgets>, CloudError> {
        self.may_change()?;
        self.cloud.budgets(target).await
    }
}
