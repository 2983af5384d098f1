//! Tags of roles, policies and OIDC providers.

use super::AwsIam;
use crate::error;
use aws_sdk_iam::types::Tag;
use landform_cloud::iam::Tagged;
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use std::collections::BTreeSet;

pub(super) fn read(tags: &[Tag]) -> Tags {
    tags.iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect()
}

/// Tags in the SDK's type.
pub(super) fn list(operation: &'static str, tags: &Tags) -> Result<Vec<Tag>> {
    let tag = |(key, value): (&String, &String)| {
        let built = Tag::builder().key(key).value(value).build();
        built.map_err(|error| CloudError::new(ErrorKind::Invalid, operation, error.to_string()))
    };
    tags.iter().map(tag).collect()
}

impl AwsIam {
    pub(super) async fn add_tags(&self, object: &Tagged, tags: &Tags) -> Result<()> {
        match object {
            Tagged::Role(name) => {
                let tags = list("TagRole", tags)?;
                let call = self.client.tag_role().role_name(name.as_str()).set_tags(Some(tags));
                call.send().await.map(drop).map_err(error::of("TagRole"))
            }
            Tagged::Policy(arn) => {
                let tags = list("TagPolicy", tags)?;
                let call = self.client.tag_policy().policy_arn(arn.to_string()).set_tags(Some(tags));
                call.send().await.map(drop).map_err(error::of("TagPolicy"))
            }
            Tagged::OidcProvider(arn) => {
                let tags = list("TagOpenIDConnectProvider", tags)?;
                let call =
                    self.client.tag_open_id_connect_provider().open_id_connect_provider_arn(arn.to_string());
                let sent = call.set_tags(Some(tags)).send().await;
                sent.map(drop).map_err(error::of("TagOpenIDConnectProvider"))
            }
        }
    }

    pub(super) async fn take_tags(&self, object: &Tagged, keys: &BTreeSet<String>) -> Result<()> {
        let keys = Some(keys.iter().cloned().collect());
        match object {
            Tagged::Role(name) => {
                let call = self.client.untag_role().role_name(name.as_str()).set_tag_keys(keys);
                call.send().await.map(drop).map_err(error::of("UntagRole"))
            }
            Tagged::Policy(arn) => {
                let call = self.client.untag_policy().policy_arn(arn.to_string()).set_tag_keys(keys);
                call.send().await.map(drop).map_err(error::of("UntagPolicy"))
            }
            Tagged::OidcProvider(arn) => {
                let call = self.client.untag_open_id_connect_provider();
                let call = call.open_id_connect_provider_arn(arn.to_string()).set_tag_keys(keys);
                call.send().await.map(drop).map_err(error::of("UntagOpenIDConnectProvider"))
            }
        }
    }
}
