//! The half of the port that changes nothing.

use super::*;

#[async_trait::async_trait]
impl OrganizationsReads for InProcessOrganizations {
    async fn organization(&self) -> Result<Option<Organization>> {
        self.organization()
    }

    async fn root(&self) -> Result<Root> {
        self.root()
    }

    async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        self.organizational_units(parent)
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        self.accounts()
    }

    async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        self.accounts_in(parent)
    }

    async fn account(&self, account: &AccountId) -> Result<Option<Account>> {
        self.account(account)
    }

    async fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        self.account_requests()
    }

    async fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>> {
        self.account_request(request)
    }

    async fn tags(&self, resource: &str) -> Result<Tags> {
        self.tags(resource)
    }

    async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.policies(policy_type)
    }

    async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        self.policy_content(policy)
    }

    async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        self.targets(policy)
    }

    async fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.policies_on(target, policy_type)
    }

    async fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>> {
        self.accounts_with_invalid_policy(policy_type)
    }

    async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        self.invalid_policy_reasons(account, policy_type)
    }

    async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        self.trusted_services()
    }

    async fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        self.delegated_administrators()
    }

    async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        self.delegated_services(account)
    }

    async fn root_access(&self) -> Result<RootAccess> {
        self.root_access()
    }
}
