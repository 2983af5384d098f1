//! Credentials, sessions per account, and clients per account and region.

mod access;
mod assume;
mod configuration;
mod credentials;
mod home;
mod http;
mod role;
mod single_flight;

pub(crate) use configuration::Environment;
#[cfg(test)]
pub(crate) use configuration::load as load_environment;
pub(crate) use home::{as_role, home};
pub(crate) use http::ConnectFailed;
pub use role::{AssumeRole, Role, RoleArn, RoleError, RoleName};

use crate::account_management::AwsAccountManagement;
use crate::account_settings::Ec2AccountSettings;
use crate::account_wide::SdkAccountWide;
use crate::budgets::SdkBudgets;
use crate::default_vpc::Ec2DefaultVpc;
use crate::error::{self, classify_credentials};
use crate::iam::AwsIam;
use crate::load_balancers::ElbLoadBalancers;
use crate::network::Ec2Network;
use crate::organizations::AwsOrganizations;
use crate::state_storage::AwsStateStorage;
use access::Access;
use aws_config::SdkConfig;
use aws_credential_types::attributes::AccountId as SdkAccountId;
use aws_credential_types::provider::ProvideCredentials;
use aws_sdk_ec2::config::Region as SdkRegion;
use landform_cloud::{
    AccountManagement, AccountSettings, AccountWide, AssumedRole, Budgets, Cloud, CloudError, DefaultVpc,
    ErrorKind, Iam, LoadBalancers, Network, Organizations, Result, ShortCredentials, StateStorage, Target,
};
use landform_model::{AccountId, Region};
use single_flight::{Once, SingleFlight};
use std::sync::Arc;

/// What the provider block says about AWS. The default is what the AWS environment variables and profile say.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The region of [`Cloud::region`], whose STS endpoint is asked too. None: the region of the environment or the
    /// profile; without one, `us-east-1` is asked for credentials.
    pub region: Option<Region>,
    /// The role to work as.
    pub assume_role: Option<AssumeRole>,
    /// The role to work with the organization as. None: the credentials of the provider itself.
    pub organization_role: Option<RoleArn>,
    /// The accounts that may be touched. Empty: all.
    pub allowed_account_ids: Vec<AccountId>,
    /// The endpoint of every service, such as that of an emulator. None: `AWS_ENDPOINT_URL`, the profile, or AWS itself.
    pub endpoint_url: Option<String>,
}

/// Opens ports to AWS.
///
/// Nothing is read and nothing is sent before the first call. Every account is asked for credentials once, every account and
/// region has one client, also when many resources ask at the same time. Credentials renew themselves before they expire.
#[derive(Debug)]
pub struct AwsCloud {
    settings: Settings,
    /// The environment with the credentials of the provider itself.
    base: Once<Environment>,
    caller: Once<AccountId>,
    sessions: SingleFlight<AccountId, SdkConfig>,
    networks: SingleFlight<Target, Arc<Ec2Network>>,
    load_balancers: SingleFlight<Target, Arc<ElbLoadBalancers>>,
    iams: SingleFlight<Target, Arc<AwsIam>>,
    organizations: Once<Arc<AwsOrganizations>>,
    account_settings: SingleFlight<Target, Arc<Ec2AccountSettings>>,
    default_vpcs: SingleFlight<Target, Arc<Ec2DefaultVpc>>,
    account_wide: SingleFlight<Target, Arc<SdkAccountWide>>,
    budgets: SingleFlight<Target, Arc<SdkBudgets>>,
    account_management: Once<Arc<AwsAccountManagement>>,
    state_storages: SingleFlight<Target, Arc<AwsStateStorage>>,
}

impl AwsCloud {
    /// A cloud with these settings. Cheap.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            base: Once::default(),
            caller: Once::default(),
            sessions: SingleFlight::default(),
            networks: SingleFlight::default(),
            load_balancers: SingleFlight::default(),
            iams: SingleFlight::default(),
            organizations: Once::default(),
            account_settings: SingleFlight::default(),
            default_vpcs: SingleFlight::default(),
            account_wide: SingleFlight::default(),
            budgets: SingleFlight::default(),
            account_management: Once::default(),
            state_storages: SingleFlight::default(),
        }
    }

    /// The same over a given environment.
    #[cfg(test)]
    pub(crate) async fn over(settings: Settings, environment: Environment) -> Self {
        let cloud = Self::new(settings);
        let base = cloud.base_over(environment).await;
        Self { base: Once::with(base), ..cloud }
    }

    async fn base(&self) -> Result<&Environment> {
        self.base.get(|| async { Ok(self.base_over(configuration::load(&self.settings).await?).await) }).await
    }

    /// The environment with the role that the provider always works as, if it names one by ARN.
    async fn base_over(&self, environment: Environment) -> Environment {
        let own = credentials::renewing(environment.config);
        let config = match &self.settings.assume_role {
            Some(assume @ AssumeRole { role: Role::Arn(role), .. }) => {
                credentials::assuming(&own, role, assume).await
            }
            _ => own,
        };
        Environment { config, ..environment }
    }

    /// The same, in `target`'s region.
    async fn session_in_region(&self, target: &Target) -> Result<SdkConfig> {
        let region = SdkRegion::new(target.region.to_string());
        Ok(self.session(target).await?.into_builder().region(region).build())
    }

    /// The account of the credentials that the organization is worked with.
    async fn organization_account(&self) -> Result<AccountId> {
        match &self.settings.organization_role {
            Some(role) => Ok(role.account().clone()),
            None => self.caller_account().await,
        }
    }

    /// The configuration with the credentials that the organization is worked with, proven to work.
    async fn organization_session(&self) -> Result<SdkConfig> {
        let base = &self.base().await?.config;
        let Some(role) = &self.settings.organization_role else { return Ok(base.clone()) };
        let settings = self.settings.assume_role.as_ref();
        let assume = AssumeRole {
            role: Role::Arn(role.clone()),
            external_id: settings.and_then(|it| it.external_id.clone()),
            session_name: settings.and_then(|it| it.session_name.clone()),
        };
        let session = credentials::assuming(base, role, &assume).await;
        prove(&session).await.map_err(|error| CloudError {
            message: format!("cannot work with the organization as {role}: {}", error.message),
            ..error
        })?;
        Ok(session)
    }

    /// The configuration with credentials of `target`'s account, proven to work.
    async fn session(&self, target: &Target) -> Result<SdkConfig> {
        let account = &target.account;
        self.sessions
            .get(account, || async {
                let base = &self.base().await?.config;
                let caller = self.caller_account().await?;
                match access::decide(&self.settings, &caller, target)? {
                    Access::Own => Ok(base.clone()),
                    Access::Assume(role, assume) => {
                        tracing::debug!(%account, %role, "assuming the member role");
                        let session = credentials::assuming(base, &role, assume).await;
                        prove(&session).await.map_err(|error| CloudError {
                            message: format!("cannot work in account {account} as {role}: {}", error.message),
                            ..error
                        })?;
                        Ok(session)
                    }
                }
            })
            .await
    }
}

#[async_trait::async_trait]
impl Cloud for AwsCloud {
    async fn caller_account(&self) -> Result<AccountId> {
        let account = self.caller.get(|| async {
            let base = &self.base().await?.config;
            if let Some(AssumeRole { role: Role::Arn(role), .. }) = &self.settings.assume_role {
                return Ok(role.account().clone());
            }
            match prove(base).await? {
                Some(account) => Ok(account),
                None => ask_account(base).await,
            }
        });
        account.await.cloned()
    }

    /// The region of the settings goes before that of the environment or the profile.
    async fn region(&self) -> Option<Region> {
        // That the environment cannot be read, the first call reports.
        self.base().await.inspect_err(|error| tracing::warn!(%error, "no region")).ok()?.region.clone()
    }

    async fn network(&self, target: &Target) -> Result<Arc<dyn Network>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let network = self
            .networks
            .get(target, || async { Ok(Arc::new(Ec2Network::new(&self.session_in_region(target).await?))) });
        Ok(network.await?)
    }

    async fn load_balancers(&self, target: &Target) -> Result<Arc<dyn LoadBalancers>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let balancers = self.load_balancers.get(target, || async {
            Ok(Arc::new(ElbLoadBalancers::new(&self.session_in_region(target).await?)))
        });
        Ok(balancers.await?)
    }

    async fn iam(&self, target: &Target) -> Result<Arc<dyn Iam>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let iam = self
            .iams
            .get(target, || async { Ok(Arc::new(AwsIam::new(&self.session_in_region(target).await?))) });
        Ok(iam.await?)
    }

    async fn organizations(&self) -> Result<Arc<dyn Organizations>> {
        access::check_allowed(&self.settings.allowed_account_ids, &self.organization_account().await?)?;
        let open = || async { Ok(Arc::new(AwsOrganizations::new(&self.organization_session().await?))) };
        let organizations: &Arc<AwsOrganizations> = self.organizations.get(open).await?;
        Ok(Arc::clone(organizations) as Arc<dyn Organizations>)
    }

    async fn account_management(&self) -> Result<Arc<dyn AccountManagement>> {
        let caller = self.organization_account().await?;
        access::check_allowed(&self.settings.allowed_account_ids, &caller)?;
        let open = || async {
            Ok(Arc::new(AwsAccountManagement::new(&self.organization_session().await?, caller.clone())))
        };
        let management: &Arc<AwsAccountManagement> = self.account_management.get(open).await?;
        Ok(Arc::clone(management) as Arc<dyn AccountManagement>)
    }

    async fn credentials_of(&self, role: &AssumedRole) -> Result<ShortCredentials> {
        if let Some(account) = role.role.account_id() {
            access::check_allowed(&self.settings.allowed_account_ids, &account)?;
        }
        assume::credentials_of(&self.base().await?.config, role).await
    }

    async fn account_settings(&self, target: &Target) -> Result<Arc<dyn AccountSettings>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let settings = self.account_settings.get(target, || async {
            Ok(Arc::new(Ec2AccountSettings::new(&self.session_in_region(target).await?)))
        });
        Ok(settings.await?)
    }

    async fn default_vpc(&self, target: &Target) -> Result<Arc<dyn DefaultVpc>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let vpcs = self.default_vpcs.get(target, || async {
            Ok(Arc::new(Ec2DefaultVpc::new(&self.session_in_region(target).await?)))
        });
        Ok(vpcs.await?)
    }

    async fn account_wide(&self, target: &Target) -> Result<Arc<dyn AccountWide>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let wide = self.account_wide.get(target, || async {
            Ok(Arc::new(SdkAccountWide::new(&self.session_in_region(target).await?, &target.account)))
        });
        Ok(wide.await?)
    }

    async fn budgets(&self, target: &Target) -> Result<Arc<dyn Budgets>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let budgets = self.budgets.get(target, || async {
            Ok(Arc::new(SdkBudgets::new(&self.session_in_region(target).await?, &target.account)))
        });
        Ok(budgets.await?)
    }

    async fn state_storage(&self, target: &Target) -> Result<Arc<dyn StateStorage>> {
        access::check_allowed(&self.settings.allowed_account_ids, &target.account)?;
        let storage = self.state_storages.get(target, || async {
            Ok(Arc::new(AwsStateStorage::new(&self.session_in_region(target).await?)))
        });
        Ok(storage.await?)
    }
}

/// Gets credentials now, so that their failure is not one of some later call; answers the account they tell.
async fn prove(config: &SdkConfig) -> Result<Option<AccountId>> {
    const OPERATION: &str = "GetCredentials";
    let provider = config.credentials_provider().ok_or_else(|| {
        CloudError::new(ErrorKind::Credentials, OPERATION, "no source of credentials is configured")
    })?;
    let credentials =
        provider.provide_credentials().await.map_err(|error| classify_credentials(OPERATION, &error))?;
    let account = credentials.account_id().map(SdkAccountId::as_str);
    crate::answer::parsed_if_any(OPERATION, "account id", account)
}

/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
async fn ask_account(config: &SdkConfig) -> Result<AccountId> {
    const OPERATION: &str = "GetCallerIdentity";
    let client = aws_sdk_sts::Client::new(config);
    let identity = client.get_caller_identity().send().await.map_err(error::of(OPERATION))?;
    crate::answer::parsed(OPERATION, "Account", identity.account())
}

#[cfg(test)]
mod tests;
