//! The half of the port that changes things.

use super::*;

#[async_trait::async_trait]
impl Organizations for AwsOrganizations {
    async fn create_organization(&self) -> Result<Organization> {
        self.create_organization().await
    }

    async fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit> {
        self.create_organizational_unit(parent, name, tags).await
    }

    async fn rename_organizational_unit(&self, unit: &OrganizationalUnitId, name: &str) -> Result<()> {
        self.rename_organizational_unit(unit, name).await
    }

    async fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()> {
        self.delete_organizational_unit(unit).await
    }

    async fn create_account(&self, account: &NewAccount) -> Result<AccountRequest> {
        self.create_account(account).await
    }

    async fn move_account(&self, account: &AccountId, from: &ParentId, to: &ParentId) -> Result<()> {
        self.move_account(account, from, to).await
    }

    async fn close_account(&self, account: &AccountId) -> Result<()> {
        self.close_account(account).await
    }

    async fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.enable_policy_type(root, policy_type).await
    }

    async fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.disable_policy_type(root, policy_type).await
    }

    async fn create_policy(&self, policy: &NewPolicy) -> Result<Policy> {
        self.create_policy(policy).await
    }

    async fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()> {
        self.update_policy(policy, change).await
    }

    async fn delete_policy(&self, policy: &PolicyId) -> Result<()> {
        self.delete_policy(policy).await
    }

    async fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.attach_policy(policy, target).await
    }

    async fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.detach_policy(policy, target).await
    }

    async fn enable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.enable_service_access(service).await
    }

    async fn disable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.disable_service_access(service).await
    }

    async fn register_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.register_delegated_administrator(account, service).await
    }

    async fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.deregister_delegated_administrator(account, service).await
    }

    async fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()> {
        self.set_root_access(feature, enabled).await
    }

    async fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()> {
        self.set_tags(resource, tags).await
    }

    async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()> {
        self.remove_tags(resource, keys).await
    }
}
