//! The port to roles over IAM. Creates are sent once; everything else sets a value or takes one away, and may be sent again.

mod document;
mod oidc_providers;
mod owned;
mod policies;
mod roles;
mod tags;
#[cfg(test)]
mod tests;

use crate::{error, retry};
use aws_config::SdkConfig;
use aws_sdk_iam::Client;
use aws_sdk_iam::config::Builder;
use landform_cloud::iam::*;
use landform_cloud::network::OwnedObject;
use landform_cloud::{CloudError, Iam, IamReads, Result, Tags};
use landform_model::trust::{OidcAudience, OidcIssuer};
use landform_model::{Arn, PolicyJson, RoleName};
use std::collections::BTreeSet;

/// IAM of one account.
pub(crate) struct AwsIam {
    client: Client,
}

impl AwsIam {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }
}

#[async_trait::async_trait]
impl IamReads for AwsIam {
    async fn role(&self, name: &RoleName) -> Result<Option<Role>> {
        self.read_role(name).await
    }
    async fn role_policies(&self, name: &RoleName) -> Result<RolePolicies> {
        self.read_role_policies(name).await
    }
    async fn roles_that_trust(&self, principal: &Arn) -> Result<Vec<RoleName>> {
        self.read_roles_that_trust(principal).await
    }
    async fn policy(&self, arn: &Arn) -> Result<Option<ManagedPolicy>> {
        self.read_policy(arn).await
    }
    async fn oidc_provider(&self, arn: &Arn) -> Result<Option<OidcProvider>> {
        self.read_oidc_provider(arn).await
    }
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.find_owned().await
    }
}

#[async_trait::async_trait]
impl Iam for AwsIam {
    async fn create_role(&self, name: &RoleName, settings: &RoleSettings, tags: &Tags) -> Result<()> {
        self.make_role(name, settings, tags).await
    }
    async fn update_role(&self, name: &RoleName, settings: &RoleSettings) -> Result<()> {
        let call = self.client.update_role().role_name(name.as_str()).description(&settings.description);
        let call = call.max_session_duration(settings.max_session_seconds);
        call.send().await.map(drop).map_err(error::of("UpdateRole"))
    }
    async fn update_trust(&self, name: &RoleName, trust: &PolicyJson) -> Result<()> {
        let call =
            self.client.update_assume_role_policy().role_name(name.as_str()).policy_document(trust.as_str());
        let answer = call.send().await.map(drop).map_err(error::of("UpdateAssumeRolePolicy"));
        answer.map_err(roles::unseen_principal)
    }
    async fn set_permission_boundary(&self, name: &RoleName, boundary: Option<&Arn>) -> Result<()> {
        self.set_boundary(name, boundary).await
    }
    async fn attach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()> {
        let call = self.client.attach_role_policy().role_name(name.as_str()).policy_arn(policy.to_string());
        call.send().await.map(drop).map_err(error::of("AttachRolePolicy"))
    }
    async fn detach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()> {
        let call = self.client.detach_role_policy().role_name(name.as_str()).policy_arn(policy.to_string());
        gone_is_done(call.send().await.map(drop).map_err(error::of("DetachRolePolicy")))
    }
    async fn put_inline_policy(&self, name: &RoleName, policy: &str, document: &PolicyJson) -> Result<()> {
        let call = self.client.put_role_policy().role_name(name.as_str()).policy_name(policy);
        let call = call.policy_document(document.as_str());
        call.send().await.map(drop).map_err(error::of("PutRolePolicy"))
    }
    async fn delete_inline_policy(&self, name: &RoleName, policy: &str) -> Result<()> {
        let call = self.client.delete_role_policy().role_name(name.as_str()).policy_name(policy);
        gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteRolePolicy")))
    }
    async fn delete_role(&self, name: &RoleName) -> Result<()> {
        let call = self.client.delete_role().role_name(name.as_str());
        gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteRole")))
    }
    async fn create_policy(
        &self,
        name: &str,
        description: &str,
        document: &PolicyJson,
        tags: &Tags,
    ) -> Result<()> {
        self.make_policy(name, description, document, tags).await
    }
    async fn create_policy_version(&self, arn: &Arn, document: &PolicyJson) -> Result<()> {
        let call = self.client.create_policy_version().policy_arn(arn.to_string());
        let call = call.policy_document(document.as_str()).set_as_default(true);
        let sent = call.customize().config_override(sent_once()).send().await;
        sent.map(drop).map_err(error::of("CreatePolicyVersion"))
    }
    async fn delete_policy_version(&self, arn: &Arn, version: &str) -> Result<()> {
        let call = self.client.delete_policy_version().policy_arn(arn.to_string()).version_id(version);
        gone_is_done(call.send().await.map(drop).map_err(error::of("DeletePolicyVersion")))
    }
    async fn delete_policy(&self, arn: &Arn) -> Result<()> {
        let call = self.client.delete_policy().policy_arn(arn.to_string());
        gone_is_done(call.send().await.map(drop).map_err(error::of("DeletePolicy")))
    }
    async fn create_oidc_provider(
        &self,
        issuer: &OidcIssuer,
        audiences: &BTreeSet<OidcAudience>,
        tags: &Tags,
    ) -> Result<()> {
        self.make_oidc_provider(issuer, audiences, tags).await
    }
    async fn add_audience(&self, provider: &Arn, audience: &OidcAudience) -> Result<()> {
        let call = self.client.add_client_id_to_open_id_connect_provider();
        let call = call.open_id_connect_provider_arn(provider.to_string()).client_id(audience.as_str());
        call.send().await.map(drop).map_err(error::of("AddClientIDToOpenIDConnectProvider"))
    }
    async fn delete_oidc_provider(&self, provider: &Arn) -> Result<()> {
        let call =
            self.client.delete_open_id_connect_provider().open_id_connect_provider_arn(provider.to_string());
        gone_is_done(call.send().await.map(drop).map_err(error::of("DeleteOpenIDConnectProvider")))
    }
    async fn set_tags(&self, object: &Tagged, tags: &Tags) -> Result<()> {
        self.add_tags(object, tags).await
    }
    async fn remove_tags(&self, object: &Tagged, keys: &BTreeSet<String>) -> Result<()> {
        self.take_tags(object, keys).await
    }
}

/// IAM takes no client tokens, so its creates are sent exactly once.
fn sent_once() -> Builder {
    Builder::new().retry_config(retry::disabled())
}

fn gone_is_done(answer: Result<()>) -> Result<()> {
    match answer {
        Err(error) if error.is_not_found() => Ok(()),
        other => other,
    }
}

/// The object, or none where AWS finds none.
fn found<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(CloudError { kind: landform_cloud::ErrorKind::NotFound, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
