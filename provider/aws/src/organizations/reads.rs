//! The half of the port that changes nothing.

use super::*;

#[async_trait::async_trait]
impl OrganizationsReads for AwsOrganizations {
    async fn organization(&self) -> Result<Option<Organization>> {
        self.organization().await
    }

    async fn root(&self) -> Result<Root> {
        self.root().await
    }

    async fn organizational_units(&self, parent: &ParentId) -> Result<Vec<OrganizationalUnit>> {
        self.organizational_units(parent).await
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        self.accounts().await
    }

    async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        self.accounts_in(parent).await
    }

    async fn account(&self, account: &AccountId) -> Result<Option<Account>> {
        self.account(account).await
    }

    async fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        self.account_requests().await
    }

    async fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>> {
        self.account_request(request).await
    }

    async fn tags(&self, resource: &str) -> Result<Tags> {
        self.tags(resource).await
    }

    async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.policies(policy_type).await
    }

    async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        self.policy_content(policy).await
    }

    async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        self.targets(policy).await
    }

    async fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.policies_on(target, policy_type).await
    }

    async fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>> {
        self.accounts_with_invalid_policy(policy_type).await
    }

    async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        self.invalid_policy_reasons(account, policy_type).await
    }

    async fn trusted_services(&self) -> Result<Vec<ServicePrincipal>> {
        self.trusted_services().await
    }

    async fn delegated_administrators(&self) -> Result<Vec<AccountId>> {
        self.delegated_administrators().await
    }

    async fn delegated_services(&self, account: &AccountId) -> Result<Vec<ServicePrincipal>> {
        self.delegated_services(account).await
    }

    async fn root_access(&self) -> Result<RootAccess> {
        self.root_access().await
    }
}
