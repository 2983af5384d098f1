//! Kinds of policy, and where policies come together to something invalid.

use super::policies::word;
use super::*;
use aws_sdk_organizations::types::EffectivePolicyType;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
    pub(super) async fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        let call = self.client.enable_policy_type().root_id(root.as_str()).policy_type(word(policy_type));
        let call = async { call.send().await.map(drop).map_err(error::of("EnablePolicyType")) };
        exists_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html>
    pub(super) async fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        let call = self.client.disable_policy_type().root_id(root.as_str()).policy_type(word(policy_type));
        let call = async { call.send().await.map(drop).map_err(error::of("DisablePolicyType")) };
        gone_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html>
    pub(super) async fn accounts_with_invalid_policy(
        &self,
        policy_type: PolicyType,
    ) -> Result<Vec<AccountId>> {
        const OPERATION: &str = "ListAccountsWithInvalidEffectivePolicy";
        let call = self.client.list_accounts_with_invalid_effective_policy();
        let call = call.policy_type(EffectivePolicyType::from(policy_type.as_str()));
        let pages = call.into_paginator().items().send().try_collect().await;
        let all = if_any(pages.map_err(error::of(OPERATION)))?.unwrap_or_default();
        all.iter().map(|it| parsed(OPERATION, "Id", it.id())).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html>
    pub(super) async fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        const OPERATION: &str = "ListEffectivePolicyValidationErrors";
        let call = self.client.list_effective_policy_validation_errors().account_id(account.as_str());
        let call = call.policy_type(EffectivePolicyType::from(policy_type.as_str()));
        let pages = call.into_paginator().items().send().try_collect().await;
        let all = if_any(pages.map_err(error::of(OPERATION)))?.unwrap_or_default();
        let text = |given: Option<&str>| given.unwrap_or_default().to_owned();
        all.iter()
            .map(|it| {
                let policies = it.contributing_policies().iter();
                let policies = policies.map(|id| parsed(OPERATION, "ContributingPolicies", Some(id)));
                Ok(InvalidPolicy {
                    code: text(it.error_code()),
                    message: text(it.error_message()),
                    path: text(it.path_to_error()),
                    policies: policies.collect::<Result<_>>()?,
                })
            })
            .collect()
    }
}
