//! What policies are attached to.

use super::policies::{policy, word};
use super::*;
use aws_sdk_organizations::operation::list_policies_for_target::ListPoliciesForTargetOutput;
use aws_sdk_organizations::operation::list_targets_for_policy::ListTargetsForPolicyOutput;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html>
    pub(super) async fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        const OPERATION: &str = "ListTargetsForPolicy";
        let call = self.client.list_targets_for_policy().policy_id(policy.as_str());
        let pages = call.into_paginator().send().try_collect().await.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListTargetsForPolicyOutput::targets);
        all.map(|it| parsed(OPERATION, "TargetId", it.target_id())).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html>
    pub(super) async fn policies_on(
        &self,
        target: &TargetId,
        policy_type: PolicyType,
    ) -> Result<Vec<Policy>> {
        const OPERATION: &str = "ListPoliciesForTarget";
        let call = self.client.list_policies_for_target().target_id(target.as_str());
        let pages = call.filter(word(policy_type)).into_paginator().send().try_collect().await;
        let pages = pages.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListPoliciesForTargetOutput::policies);
        all.map(|it| policy(OPERATION, policy_type, Some(it))).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html>
    pub(super) async fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        let call = self.client.attach_policy().policy_id(policy.as_str()).target_id(target.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("AttachPolicy")) };
        exists_is_done(self.write(call).await)
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html>
    pub(super) async fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        let call = self.client.detach_policy().policy_id(policy.as_str()).target_id(target.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("DetachPolicy")) };
        gone_is_done(self.write(call).await)
    }
}
