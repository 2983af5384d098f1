//! The objects of IAM.

use super::{OidcProvider, Role, RolePolicies};
use landform_cloud::Tags;
use landform_cloud::network::OwnedObject;
use landform_model::ownership::ownership;
use landform_model::{Arn, PolicyJson, RoleName};
use std::collections::BTreeMap;

/// What exists in IAM. Tests may look at it and change it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IamWorld {
    /// Roles by name.
    pub roles: BTreeMap<RoleName, InMemoryRole>,
    /// Customer managed policies by ARN.
    pub policies: BTreeMap<Arn, InMemoryPolicy>,
    /// OIDC providers by ARN.
    pub oidc_providers: BTreeMap<Arn, OidcProvider>,
    /// For how many looks and calls a new role is not there yet.
    pub new_role_unseen_for: u32,
    pub(super) unseen: BTreeMap<RoleName, u32>,
}

/// A role with what it may do.
#[derive(Debug, Clone, PartialEq)]
pub struct InMemoryRole {
    /// The role.
    pub role: Role,
    /// Its policies.
    pub policies: RolePolicies,
}

/// A managed policy with its versions.
#[derive(Debug, Clone, PartialEq)]
pub struct InMemoryPolicy {
    /// Documents by the number of their version.
    pub versions: BTreeMap<u32, PolicyJson>,
    /// The version that counts.
    pub default: u32,
    /// Its tags.
    pub tags: Tags,
}

impl IamWorld {
    /// What carries ownership tags, with these.
    pub(super) fn owned(&self) -> Vec<(OwnedObject, Tags)> {
        let roles = self.roles.values().map(|it| ("role", &it.role.arn, &it.role.tags));
        let policies = self.policies.iter().map(|(arn, it)| ("policy", arn, &it.tags));
        let providers = self.oidc_providers.iter().map(|(arn, it)| ("oidc-provider", arn, &it.tags));
        let all = roles.chain(policies).chain(providers).map(|(kind, arn, tags)| {
            (OwnedObject { id: arn.to_string(), kind: kind.to_owned() }, ownership(tags))
        });
        let mut owned: Vec<_> = all.filter(|(_, tags)| !tags.is_empty()).collect();
        owned.sort();
        owned
    }

    /// Everything as `kind name child-key`, for comparing what is with what should be.
    pub fn inventory(&self) -> Vec<String> {
        let child = |tags: &Tags| match super::child(tags) {
            none if none.is_empty() => "-".to_owned(),
            key => key,
        };
        let roles = self.roles.iter().map(|(name, it)| format!("role {name} {}", child(&it.role.tags)));
        let policies =
            self.policies.iter().map(|(arn, it)| format!("{} {}", arn.resource(), child(&it.tags)));
        let providers =
            self.oidc_providers.iter().map(|(arn, it)| format!("{} {}", arn.resource(), child(&it.tags)));
        roles.chain(policies).chain(providers).collect()
    }
}
