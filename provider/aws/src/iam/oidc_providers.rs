//! OIDC providers. AWS finds the certificates of the issuer itself, so no thumbprint is sent.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html>

use super::{AwsIam, found, sent_once};
use crate::error;
use landform_cloud::iam::OidcProvider;
use landform_cloud::{Result, Tags};
use landform_model::Arn;
use landform_model::trust::{OidcAudience, OidcIssuer};
use std::collections::BTreeSet;

impl AwsIam {
    pub(super) async fn read_oidc_provider(&self, arn: &Arn) -> Result<Option<OidcProvider>> {
        let call = self.client.get_open_id_connect_provider().open_id_connect_provider_arn(arn.to_string());
        let answer = found(call.send().await.map_err(error::of("GetOpenIDConnectProvider")))?;
        Ok(answer.map(|it| OidcProvider {
            audiences: it.client_id_list().iter().cloned().collect(),
            tags: super::tags::read(it.tags()),
        }))
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    pub(super) async fn make_oidc_provider(
        &self,
        issuer: &OidcIssuer,
        audiences: &BTreeSet<OidcAudience>,
        tags: &Tags,
    ) -> Result<()> {
        const OPERATION: &str = "CreateOpenIDConnectProvider";
        let audiences = audiences.iter().map(ToString::to_string).collect();
        let call = self.client.create_open_id_connect_provider().url(issuer.as_str());
        let call = call.set_client_id_list(Some(audiences));
        let call = call.set_tags(Some(super::tags::list(OPERATION, tags)?));
        let sent = call.customize().config_override(sent_once()).send().await;
        sent.map(drop).map_err(error::of(OPERATION))
    }
}
