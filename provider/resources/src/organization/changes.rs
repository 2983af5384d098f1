//! The port for changing the organization: what it changes, no snapshot answers any more.

use super::snapshot::Snapshots;
use landform_cloud::id::*;
use landform_cloud::organizations::*;
use landform_cloud::{Organizations, OrganizationsReads, Result, Tags};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use std::sync::Arc;

/// Reads ask AWS; writes drop the snapshot that other resources read, before, so that nobody sees what was, and after, in case
/// somebody has read meanwhile.
pub(crate) struct Changes {
    port: Arc<dyn Organizations>,
    snapshots: Arc<Snapshots>,
}

impl Changes {
    /// Over `port`.
    pub(crate) fn new(port: Arc<dyn Organizations>, snapshots: Arc<Snapshots>) -> Self {
        Self { port, snapshots }
    }

    async fn change<T>(&self, write: impl Future<Output = Result<T>>) -> Result<T> {
        self.snapshots.drop_current();
        let result = write.await;
        self.snapshots.drop_current();
        result
    }
}

#[async_trait::async_trait]
impl OrganizationsReads for Changes {
    async fn organization(&self) -> Result<Option<Organization>> {
        self.port.organization().await
    }

    async fn root(&self) -> Result<Root> {
        self.port.root().await
    }

    async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        self.port.organizational_units(parent).await
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        self.port.accounts().await
    }

    async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        self.port.accounts_in(parent).await
    }

    async fn account(&self, account: &AccountId) -> Result<Option<Account>> {
        self.port.account(account).await
    }

    async fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        self.port.account_requests().await
    }

    async fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>> {
        self.port.account_request(request).await
    }

    async fn tags(&self, resource: &str) -> Result<Tags> {
        self.port.tags(resource).await
    }

    async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.port.policies(policy_type).await
    }

    async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        self.port.policy_content(policy).await
    }

    async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        self.port.targets(policy).await
    }

    async fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.port.policies_on(target, policy_type).await
    }

    async fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>> {
        self.port.accounts_with_invalid_policy(policy_type).await
    }

    async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        self.port.invalid_policy_reasons(account, policy_type).await
    }

    async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        self.port.trusted_services().await
    }

    async fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        self.port.delegated_administrators().await
    }

    async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        self.port.delegated_services(account).await
    }

    async fn root_access(&self) -> Result<RootAccess> {
        self.port.root_access().await
    }
}

#[async_trait::async_trait]
impl Organizations for Changes {
    async fn create_organization(&self) -> Result<Organization> {
        self.change(self.port.create_organization()).await
    }

    async fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit> {
        self.change(self.port.create_organizational_unit(parent, name, tags)).await
    }

    async fn rename_organizational_unit(&self, unit: &OrganizationalUnitId, name: &str) -> Result<()> {
        self.change(self.port.rename_organizational_unit(unit, name)).await
    }

    async fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()> {
        self.change(self.port.delete_organizational_unit(unit)).await
    }

    async fn create_account(&self, account: &NewAccount) -> Result<AccountRequest> {
        self.change(self.port.create_account(account)).await
    }

    async fn move_account(&self, account: &AccountId, from: &ParentId, to: &ParentId) -> Result<()> {
        self.change(self.port.move_account(account, from, to)).await
    }

    async fn close_account(&self, account: &AccountId) -> Result<()> {
        self.change(self.port.close_account(account)).await
    }

    async fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.change(self.port.enable_policy_type(root, policy_type)).await
    }

    async fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.change(self.port.disable_policy_type(root, policy_type)).await
    }

    async fn create_policy(&self, policy: &NewPolicy) -> Result<Policy> {
        self.change(self.port.create_policy(policy)).await
    }

    async fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()> {
        self.change(self.port.update_policy(policy, change)).await
    }

    async fn delete_policy(&self, policy: &PolicyId) -> Result<()> {
        self.change(self.port.delete_policy(policy)).await
    }

    async fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.change(self.port.attach_policy(policy, target)).await
    }

    async fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.change(self.port.detach_policy(policy, target)).await
    }

    async fn enable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.change(self.port.enable_service_access(service)).await
    }

    async fn disable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.change(self.port.disable_service_access(service)).await
    }

    async fn register_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.change(self.port.register_delegated_administrator(account, service)).await
    }

    async fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.change(self.port.deregister_delegated_administrator(account, service)).await
    }

    async fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()> {
        self.change(self.port.set_root_access(feature, enabled)).await
    }

    async fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()> {
        self.change(self.port.set_tags(resource, tags)).await
    }

    async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()> {
        self.change(self.port.remove_tags(resource, keys)).await
    }
}
