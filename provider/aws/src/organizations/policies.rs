//! Policies.

use super::tags::tag_list;
use super::*;
use aws_sdk_organizations::operation::list_policies::ListPoliciesOutput;
use aws_sdk_organizations::types;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html>
    pub(super) async fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        const OPERATION: &str = "ListPolicies";
        let call = self.client.list_policies().filter(word(policy_type));
        let pages = call.into_paginator().send().try_collect().await.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListPoliciesOutput::policies);
        all.map(|it| policy(OPERATION, policy_type, Some(it))).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html>
    pub(super) async fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        const OPERATION: &str = "DescribePolicy";
        let call = self.client.describe_policy().policy_id(policy.as_str()).send();
        let Some(answer) = if_any(call.await.map_err(error::of(OPERATION)))? else { return Ok(None) };
        let content = answer.policy().and_then(types::Policy::content);
        Ok(Some(required(OPERATION, "Content", content)?.to_owned()))
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
    pub(super) async fn create_policy(&self, new: &NewPolicy) -> Result<Policy> {
        const OPERATION: &str = "CreatePolicy";
        let call = self.client.create_policy().r#type(word(new.policy_type)).name(&new.name);
        let call = call.description(&new.description).content(&new.content);
        let call = call.set_tags(Some(tag_list(OPERATION, &new.tags)?));
        let call = call.customize().config_override(no_resend()).send();
        let answer = self.write(async { call.await.map_err(error::of(OPERATION)) }).await?;
        policy(OPERATION, new.policy_type, answer.policy().and_then(types::Policy::policy_summary))
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html>
    pub(super) async fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()> {
        let PolicyChange { name, description, content } = change.clone();
        let call = self.client.update_policy().policy_id(policy.as_str());
        let call = call.set_name(name).set_description(description).set_content(content);
        self.write(async { call.send().await.map(drop).map_err(error::of("UpdatePolicy")) }).await
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
    pub(super) async fn delete_policy(&self, policy: &PolicyId) -> Result<()> {
        let call = self.client.delete_policy().policy_id(policy.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("DeletePolicy")) };
        gone_is_done(self.write(call).await)
    }
}

/// The SDK's word for a kind of policy.
pub(super) fn word(policy_type: PolicyType) -> types::PolicyType {
    policy_type.as_str().into()
}

pub(super) fn policy(
    operation: &'static str,
    policy_type: PolicyType,
    given: Option<&types::PolicySummary>,
) -> Result<Policy> {
    let given = required(operation, "PolicySummary", given)?;
    Ok(Policy {
        id: parsed(operation, "Id", given.id())?,
        name: required(operation, "Name", given.name())?.to_owned(),
        description: given.description().unwrap_or_default().to_owned(),
        policy_type,
        aws_managed: given.aws_managed(),
    })
}
