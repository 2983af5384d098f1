//! The half of the port that changes things.

use super::*;

#[async_trait::async_trait]
impl Organizations for InProcessOrganizations {
    async fn create_organization(&self) -> Result<Organization> {
        self.create_organization()
    }

    async fn create_organizational_unit(
        &self,
        parent: &ParentId,
        name: &str,
        tags: &Tags,
    ) -> Result<OrganizationalUnit> {
        self.create_organizational_unit(parent, name, tags)
    }

    async fn rename_organizational_unit(&self, unit: &OrganizationalUnitId, name: &str) -> Result<()> {
        self.rename_organizational_unit(unit, name)
    }

    async fn delete_organizational_unit(&self, unit: &OrganizationalUnitId) -> Result<()> {
        self.delete_organizational_unit(unit)
    }

    async fn create_account(&self, account: &NewAccount) -> Result<AccountRequest> {
        self.create_account(account)
    }

    async fn move_account(&self, account: &AccountId, from: &ParentId, to: &ParentId) -> Result<()> {
        self.move_account(account, from, to)
    }

    async fn close_account(&self, account: &AccountId) -> Result<()> {
        self.close_account(account)
    }

    async fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.enable_policy_type(root, policy_type)
    }

    async fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        self.disable_policy_type(root, policy_type)
    }

    async fn create_policy(&self, policy: &NewPolicy) -> Result<Policy> {
        self.create_policy(policy)
    }

    async fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()> {
        self.update_policy(policy, change)
    }

    async fn delete_policy(&self, policy: &PolicyId) -> Result<()> {
        self.delete_policy(policy)
    }

    async fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.attach_policy(policy, target)
    }

    async fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        self.detach_policy(policy, target)
    }

    async fn enable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.enable_service_access(service)
    }

    async fn disable_service_access(&self, service: &ServicePrincipal) -> Result<()> {
        self.disable_service_access(service)
    }

    async fn register_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.register_delegated_administrator(account, service)
    }

    async fn deregister_delegated_administrator(
        &self,
        account: &AccountId,
        service: &ServicePrincipal,
    ) -> Result<()> {
        self.deregister_delegated_administrator(account, service)
    }

    async fn set_root_access(&self, feature: RootAccessFeature, enabled: bool) -> Result<()> {
        self.set_root_access(feature, enabled)
    }

    async fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()> {
        self.set_tags(resource, tags)
    }

    async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()> {
        self.remove_tags(resource, keys)
    }
}
