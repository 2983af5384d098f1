//! Managed policies.

use super::{AwsIam, document, found, sent_once};
use crate::answer::required;
use crate::error;
use landform_cloud::iam::ManagedPolicy;
use landform_cloud::{Result, Tags};
use landform_model::{Arn, PolicyJson};

impl AwsIam {
    /// Three calls, as the document is not part of the policy.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
    pub(super) async fn read_policy(&self, arn: &Arn) -> Result<Option<ManagedPolicy>> {
        const OPERATION: &str = "GetPolicy";
        let answer = self.client.get_policy().policy_arn(arn.to_string()).send().await;
        let Some(answer) = found(answer.map_err(error::of(OPERATION)))? else { return Ok(None) };
        let policy = required(OPERATION, "Policy", answer.policy())?;
        let default = required(OPERATION, "DefaultVersionId", policy.default_version_id())?;
        let call = self.client.get_policy_version().policy_arn(arn.to_string()).version_id(default);
        let version = found(call.send().await.map_err(error::of("GetPolicyVersion")))?;
        let document = version.as_ref().and_then(|it| it.policy_version()).and_then(|it| it.document());
        Ok(Some(ManagedPolicy {
            document: document.and_then(document::read),
            other_versions: self.other_versions(arn).await?,
            tags: super::tags::read(policy.tags()),
        }))
    }

    async fn other_versions(&self, arn: &Arn) -> Result<Vec<String>> {
        let pages = self.client.list_policy_versions().policy_arn(arn.to_string()).into_paginator().items();
        let versions = pages.send().try_collect().await.map_err(error::of("ListPolicyVersions"))?;
        let others = versions.iter().filter(|it| !it.is_default_version()).filter_map(|it| it.version_id());
        let mut others: Vec<String> = others.map(str::to_owned).collect();
        others.sort_by_key(|version| version.trim_start_matches('v').parse::<u32>().unwrap_or_default());
        Ok(others)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    pub(super) async fn make_policy(
        &self,
        name: &str,
        description: &str,
        document: &PolicyJson,
        tags: &Tags,
    ) -> Result<()> {
        const OPERATION: &str = "CreatePolicy";
        let call = self.client.create_policy().policy_name(name).description(description);
        let call = call.policy_document(document.as_str());
        let call = call.set_tags(Some(super::tags::list(OPERATION, tags)?));
        let sent = call.customize().config_override(sent_once()).send().await;
        sent.map(drop).map_err(error::of(OPERATION))
    }
}
