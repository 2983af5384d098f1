//! Finding what carries ownership tags. No list of IAM answers tags, so each object is asked for its own; what was deleted between
//! the list and the question is passed over.

use super::{AwsIam, found};
use crate::answer::required;
use crate::error;
use aws_sdk_iam::types::{Policy, PolicyScopeType, Role, Tag};
use landform_cloud::network::OwnedObject;
use landform_cloud::{Result, Tags};
use landform_model::ownership::ownership;

/// The path of everything that Landform makes. AWS's own roles are below others, and cannot be told from ours by less.
const PATH: &str = "/";

impl AwsIam {
    pub(super) async fn find_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        let mut owned = self.owned_roles().await?;
        owned.extend(self.owned_policies().await?);
        owned.extend(self.owned_oidc_providers().await?);
        owned.sort();
        Ok(owned)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
    async fn owned_roles(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        let pages = self.client.list_roles().into_paginator().items().send();
        let roles = pages.try_collect().await.map_err(error::of("ListRoles"))?;
        let mut owned = Vec::new();
        for role in roles.iter().filter(|role| role.path() == PATH) {
            let call = self.client.get_role().role_name(role.role_name());
            let answer = found(call.send().await.map_err(error::of("GetRole")))?;
            let tags = answer.as_ref().and_then(|it| it.role()).map(Role::tags).unwrap_or_default();
            owned.extend(object("role", role.arn(), tags));
        }
        Ok(owned)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    async fn owned_policies(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        const OPERATION: &str = "ListPolicies";
        let pages = self.client.list_policies().scope(PolicyScopeType::Local).into_paginator().items().send();
        let policies = pages.try_collect().await.map_err(error::of(OPERATION))?;
        let mut owned = Vec::new();
        for policy in policies.iter().filter(|policy| policy.path() == Some(PATH)) {
            let arn = required(OPERATION, "Arn", policy.arn())?;
            let call = self.client.get_policy().policy_arn(arn);
            let answer = found(call.send().await.map_err(error::of("GetPolicy")))?;
            let tags = answer.as_ref().and_then(|it| it.policy()).map(Policy::tags).unwrap_or_default();
            owned.extend(object("policy", arn, tags));
        }
        Ok(owned)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>: all on one page.
    async fn owned_oidc_providers(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        const OPERATION: &str = "ListOpenIDConnectProviders";
        let list = self.client.list_open_id_connect_providers().send().await.map_err(error::of(OPERATION))?;
        let mut owned = Vec::new();
        for provider in list.open_id_connect_provider_list() {
            let arn = required(OPERATION, "Arn", provider.arn())?;
            let call = self.client.get_open_id_connect_provider().open_id_connect_provider_arn(arn);
            let answer = found(call.send().await.map_err(error::of("GetOpenIDConnectProvider")))?;
            owned.extend(answer.and_then(|it| object("oidc-provider", arn, it.tags())));
        }
        Ok(owned)
    }
}

/// The object with its ownership tags; none where it has none of them.
fn object(kind: &str, arn: &str, tags: &[Tag]) -> Option<(OwnedObject, Tags)> {
    let ours = ownership(&super::tags::read(tags));
    (!ours.is_empty()).then(|| (OwnedObject { id: arn.to_owned(), kind: kind.to_owned() }, ours))
}
