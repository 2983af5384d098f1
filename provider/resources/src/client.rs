//! What every resource gets: ports to AWS and the provider's configuration.

mod account;

use crate::configuration::NetworkFlowLogs;
use crate::organization::{Changes, OrganizationSnapshot, Snapshots};
use crate::snapshot::Snapshot;
use landform_cloud::{
    AccountManagement, AccountManagementReads, AssumedRole, Cloud, CloudError, ErrorKind, Iam, IamReads,
    LoadBalancers, Network, NetworkReads, Organizations, ShortCredentials, StateStorage, StateStorageReads,
    Tags, Target,
};
use landform_framework::{Diagnostic, Diagnostics, Path};
use landform_model::{AccountId, Region, StackName};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The configured provider.
pub struct Landform {
    cloud: Arc<dyn Cloud>,
    stack: StackName,
    region: Option<Region>,
    default_tags: Tags,
    flow_logs: Option<NetworkFlowLogs>,
    read_only: bool,
    allow_account_closure: bool,
    /// None where something has been changed.
    snapshots: Mutex<BTreeMap<Target, Option<Arc<Snapshot>>>>,
    organization: Arc<Snapshots>,
}

impl Landform {
    /// A provider over the ports of `cloud`.
    pub fn new(
        cloud: Arc<dyn Cloud>,
        stack: StackName,
        region: Option<Region>,
        default_tags: Tags,
        read_only: bool,
    ) -> Self {
        Self {
            cloud,
            stack,
            region,
            default_tags,
            flow_logs: None,
            read_only,
            allow_account_closure: false,
            snapshots: Mutex::default(),
            organization: Arc::default(),
        }
    }

    /// The same provider, where networks that say nothing of flow logs have these.
    #[must_use]
    pub fn with_flow_logs(self, flow_logs: Option<NetworkFlowLogs>) -> Self {
        Self { flow_logs, ..self }
    }

    /// The same provider, which may close accounts or may not.
    #[must_use]
    pub fn with_account_closure(self, allow_account_closure: bool) -> Self {
        Self { allow_account_closure, ..self }
    }

    /// Whether accounts may be closed.
    pub(crate) fn allows_account_closure(&self) -> bool {
        self.allow_account_closure
    }

    /// The flow logs of networks that say nothing of them.
    pub(crate) fn flow_logs(&self) -> Option<&NetworkFlowLogs> {
        self.flow_logs.as_ref()
    }

    /// The name of the state, part of every identity.
    pub fn stack(&self) -> &StackName {
        &self.stack
    }

    /// The region of resources that name none: the provider block's, else that of the environment.
    pub async fn region(&self) -> Option<Region> {
        match &self.region {
            Some(region) => Some(region.clone()),
            None => self.cloud.region().await,
        }
    }

    /// The provider's default tags with `tags` over them.
    pub fn with_default_tags(&self, tags: &Tags) -> Tags {
        let mut all = self.default_tags.clone();
        all.extend(tags.clone());
        all
    }

    /// The account of resources that name none.
    pub async fn account(&self) -> Result<AccountId, CloudError> {
        self.cloud.caller_account().await
    }

    /// Where to look for what a lookup, an import or a list names; what it leaves out is the provider's own.
    pub(crate) async fn target(
        &self,
        account: Option<AccountId>,
        region: Option<Region>,
    ) -> Result<Target, Diagnostics> {
        let region = match region {
            Some(region) => Some(region),
            None => self.region().await,
        };
        let region = region.ok_or_else(|| {
            let detail = "Set `region` here or in the provider block, or AWS_REGION in the environment.";
            Diagnostic::error("No region", detail).at(Path::root().attribute("region"))
        })?;
        let account = match account {
            Some(account) => account,
            None => self
                .account()
                .await
                .map_err(|error| failure("Finding the account of the credentials", &error, ""))?,
        };
        Ok(Target { account, region })
    }

    /// Where to ask a service that has one endpoint for all regions; the region says the partition.
    pub(crate) async fn global_target(&self, account: AccountId) -> Result<Target, Diagnostics> {
        let region = self.region().await.or_else(|| "us-east-1".parse().ok());
        self.target(Some(account), region).await
    }

    /// The port to roles for reading.
    pub(crate) async fn iam(&self, target: &Target) -> Result<Arc<dyn IamReads>, CloudError> {
        Ok(self.cloud.iam(target).await?)
    }

    /// The port to roles for changing; refused by `read_only`.
    pub(crate) async fn iam_for_change(&self, target: &Target) -> Result<Arc<dyn Iam>, CloudError> {
        self.may_change()?;
        self.cloud.iam(target).await
    }

    /// The port to what keeps states, for reading.
    pub(crate) async fn state_storage(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn StateStorageReads>, CloudError> {
        Ok(self.cloud.state_storage(target).await?)
    }

    /// The same for changing; refused by `read_only`.
    pub(crate) async fn state_storage_for_change(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn StateStorage>, CloudError> {
        self.may_change()?;
        self.cloud.state_storage(target).await
    }

    /// The network port for reading one network.
    pub async fn network(&self, target: &Target) -> Result<Arc<dyn NetworkReads>, CloudError> {
        Ok(self.cloud.network(target).await?)
    }

    /// The network port for refreshing: what one network asks is answered for all networks of the stack.
    ///
    /// Once something is changed in an account and region, every question is put to AWS again.
    pub async fn network_of_stack(&self, target: &Target) -> Result<Arc<dyn NetworkReads>, CloudError> {
        let network = self.cloud.network(target).await?;
        let mut snapshots = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Arc::new(Snapshot::new(Arc::clone(&network), self.stack.clone()));
        Ok(match snapshots.entry(target.clone()).or_insert_with(|| Some(fresh())) {
            None => network,
            Some(snapshot) => {
                if snapshot.is_old() {
                    *snapshot = fresh();
                }
                Arc::clone(snapshot) as Arc<dyn NetworkReads>
            }
        })
    }

    /// The port to load balancers for changing; refused by `read_only`.
    pub(crate) async fn load_balancers_for_change(
        &self,
        target: &Target,
    ) -> Result<Arc<dyn LoadBalancers>, CloudError> {
        self.may_change()?;
        self.cloud.load_balancers(target).await
    }

    /// The organization for reading: what one resource asks is answered for all, until something in it is changed.
    pub async fn organizations(&self) -> Result<Arc<OrganizationSnapshot>, CloudError> {
        Ok(self.organization.current(&self.cloud.organizations().await?))
    }

    /// The organization for changing; refused by `read_only`. Its reads ask AWS.
    pub async fn organizations_for_change(&self) -> Result<Arc<dyn Organizations>, CloudError> {
        self.may_change()?;
        let port = self.cloud.organizations().await?;
        Ok(Arc::new(Changes::new(port, Arc::clone(&self.organization))))
    }

    /// What is set for the accounts of the organization, for reading.
    pub async fn account_management(&self) -> Result<Arc<dyn AccountManagementReads>, CloudError> {
        Ok(self.cloud.account_management().await?)
    }

    /// The same for changing; refused by `read_only`. Names and addresses of accounts stand in the organization as well.
    pub async fn account_management_for_change(&self) -> Result<Arc<dyn AccountManagement>, CloudError> {
        self.may_change()?;
        self.organization.drop_current();
        self.cloud.account_management().await
    }

    /// Credentials of a role, for somebody else's use: the provider's own credentials assume it.
    pub(crate) async fn credentials_of(&self, role: &AssumedRole) -> Result<ShortCredentials, CloudError> {
        self.cloud.credentials_of(role).await
    }

    fn may_change(&self) -> Result<(), CloudError> {
        match self.read_only {
            true => {
                let text = "the provider block says `read_only = true`: nothing was changed";
                Err(CloudError::new(ErrorKind::Invalid, "Apply", text))
            }
            false => Ok(()),
        }
    }

    /// The network port for changing; refused by `read_only`.
    pub async fn network_for_change(&self, target: &Target) -> Result<Arc<dyn Network>, CloudError> {
        self.may_change()?;
        self.snapshots.lock().unwrap_or_else(PoisonError::into_inner).insert(target.clone(), None);
        self.cloud.network(target).await
    }
}

/// One failed call as diagnostics: what failed, AWS's words, what is in state now, what to do next.
pub(crate) fn failure(doing: impl Into<String>, error: &CloudError, state: &str) -> Diagnostics {
    let mut detail = chain(error);
    if !state.is_empty() {
        detail.push_str("\n\n");
        detail.push_str(state);
    }
    if let Some(hint) = error.hint() {
        detail.push_str("\n\n");
        detail.push_str(hint);
    }
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::error(doing, detail));
    diagnostics
}

/// The error and everything beneath it, each once.
fn chain(error: &CloudError) -> String {
    let mut text = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        let more = source.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        next = source.source();
    }
    text
}
