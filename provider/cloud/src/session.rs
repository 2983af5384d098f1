//! Where a call goes: an account and a region, and who opens ports to them.

use crate::{
    AccountManagement, AccountSettings, AccountWide, AssumedRole, Budgets, DefaultVpc, Iam, LoadBalancers,
    Network, Organizations, Result, ShortCredentials, StateStorage,
};
use landform_model::{AccountId, Region};
use std::fmt;
use std::sync::Arc;

/// One account in one region.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The account that owns the objects.
    pub account: AccountId,
    /// The region they live in.
    pub region: Region,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "account {}, {}", self.account, self.region)
    }
}

/// Opens ports to any account and region that the credentials reach.
///
/// Implementations assume the member role themselves and keep sessions and clients, so that opening a port twice costs nothing.
#[async_trait::async_trait]
pub trait Cloud: Send + Sync {
    /// The account of the credentials themselves: the one meant where a resource names none.
    async fn caller_account(&self) -> Result<AccountId>;

    /// The region of the environment or the profile, for resources that name none.
    async fn region(&self) -> Option<Region>;

    /// The network port of `target`. Fails when the member role cannot be assumed.
    async fn network(&self, target: &Target) -> Result<Arc<dyn Network>>;

    /// The port to the load balancers of `target`. Fails when the member role cannot be assumed.
    async fn load_balancers(&self, target: &Target) -> Result<Arc<dyn LoadBalancers>>;

    /// The port to the organization, with the provider's own credentials, or as the role that the provider has for it: those of
    /// the management account, or of a delegated administrator.
    async fn organizations(&self) -> Result<Arc<dyn Organizations>>;

    /// Assumes a role with the provider's own credentials, for somebody else's use.
    async fn credentials_of(&self, role: &AssumedRole) -> Result<ShortCredentials>;

    /// The port to what is set for the accounts of the organization, with the same credentials.
    async fn account_management(&self) -> Result<Arc<dyn AccountManagement>>;

    /// The port to the roles of an account. Fails when the member role cannot be assumed.
    async fn iam(&self, target: &Target) -> Result<Arc<dyn Iam>>;

    /// The port to what EC2 has switched on by default in `target`. Fails when the member role cannot be assumed.
    async fn account_settings(&self, target: &Target) -> Result<Arc<dyn AccountSettings>>;

    /// The port to the default VPC of `target`. Fails when the member role cannot be assumed.
    async fn default_vpc(&self, target: &Target) -> Result<Arc<dyn DefaultVpc>>;

    /// The port to settings that the account of `target` has once for all regions; its region is the one that is asked. Fails when
    /// the member role cannot be assumed.
    async fn account_wide(&self, target: &Target) -> Result<Arc<dyn AccountWide>>;

    /// The port to the budgets of the account of `target`. Fails when the member role cannot be assumed.
    async fn budgets(&self, target: &Target) -> Result<Arc<dyn Budgets>>;

    /// The port to what keeps states. Fails when the member role cannot be assumed.
    async fn state_storage(&self, target: &Target) -> Result<Arc<dyn StateStorage>>;
}
