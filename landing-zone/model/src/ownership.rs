//! Who owns an AWS object: three tags, set by the call that creates it.
//!
//! An object is ours when all three tags say so; every other object is left byte-identical.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::network::{GatewayService, InterfaceService, Slot, Tier};
use crate::text::text_type;
use crate::{ResourceName, StackName};

/// Tag key whose value is the stack, such as `prod/us-east-1/prod/main`.
pub const STACK_TAG: &str = "landform:stack";
/// Tag key whose value is the resource in its stack, such as `vpc/main`.
pub const RESOURCE_TAG: &str = "landform:resource";
/// Tag key whose value is the object in its resource, such as `subnet/private/a`.
pub const CHILD_TAG: &str = "landform:child";
/// All three.
pub const OWNERSHIP_TAGS: [&str; 3] = [CHILD_TAG, RESOURCE_TAG, STACK_TAG];
/// What all tag keys above start with. User tags may not.
pub const TAG_PREFIX: &str = "landform:";

/// Those of an object's tags that say whose it is; none of them on an object of others.
pub fn ownership(tags: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let ours = tags.iter().filter(|(key, _)| OWNERSHIP_TAGS.contains(&key.as_str()));
    ours.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// One resource as the owner of AWS objects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// The stack that the resource is in, unique per state.
    pub stack: StackName,
    /// The kind of resource.
    pub kind: ResourceKind,
    /// The name of the resource, unique per stack and kind.
    pub name: ResourceName,
}

impl Owner {
    /// The resource in its stack, such as `vpc/main`: the value of [`RESOURCE_TAG`].
    pub fn resource(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }

    /// The three tags that mark the object `child` as this resource's.
    pub fn tags(&self, child: &ChildKey) -> BTreeMap<String, String> {
        let mut tags = self.selector();
        tags.insert(CHILD_TAG.to_owned(), child.to_string());
        tags
    }

    /// The two tags that all objects of this resource have in common, to find them by.
    pub fn selector(&self) -> BTreeMap<String, String> {
        BTreeMap::from([
            (STACK_TAG.to_owned(), self.stack.to_string()),
            (RESOURCE_TAG.to_owned(), self.resource()),
        ])
    }

    /// Whether an object's tags name this owner, whichever child they name.
    pub fn owns(&self, tags: &BTreeMap<String, String>) -> bool {
        self.selector().iter().all(|(key, value)| tags.get(key) == Some(value))
    }

    /// The child that an object's tags name when they name this owner; none for a foreign object.
    pub fn child_of(&self, tags: &BTreeMap<String, String>) -> Option<ChildKey> {
        self.owns(tags).then(|| tags.get(CHILD_TAG)?.parse().ok()).flatten()
    }
}

/// The type of a resource without the provider's prefix: `vpc` for `landform_vpc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceKind(&'static str);

impl ResourceKind {
    /// `landform_account_baseline`.
    pub const ACCOUNT_BASELINE: ResourceKind = ResourceKind::new("account_baseline");
    /// `landform_vpc`.
    pub const VPC: ResourceKind = ResourceKind::new("vpc");
    /// `landform_organizational_units`.
    pub const ORGANIZATIONAL_UNITS: ResourceKind = ResourceKind::new("organizational_units");
    /// `landform_account`.
    pub const ACCOUNT: ResourceKind = ResourceKind::new("account");
    /// `landform_guardrails`.
    pub const GUARDRAILS: ResourceKind = ResourceKind::new("guardrails");
    /// `landform_organization_policy`.
    pub const ORGANIZATION_POLICY: ResourceKind = ResourceKind::new("organization_policy");

    /// `landform_deploy_roles`.
    pub const DEPLOY_ROLES: ResourceKind = ResourceKind::new("deploy_roles");

    /// `landform_state_backend`.
    pub const STATE_BACKEND: ResourceKind = ResourceKind::new("state_backend");

    /// A kind by its name, which is part of the program and never input.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name, such as `vpc`.
    pub const fn as_str(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for ResourceKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.0)
    }
}

/// The stable key of one AWS object in its resource, such as `vpc` or `subnet/private/a`.
///
/// It never holds a number that depends on how many siblings there are, so adding one renames none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ChildKey(String);

text_type!(
    ChildKey,
    "a child key",
    "it has 1 to 128 characters in parts of `a`-`z`, `0`-`9`, `-` and `_`, joined by single `/`, such as `subnet/private/a`",
    |text| {
        text.len() <= 128
            && text.split('/').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
            })
    }
);

impl ChildKey {
    /// The key of an object that its resource has once, such as `vpc`. The name is part of the program and never input.
    pub fn new(name: &'static str) -> Self {
        Self(name.to_owned())
    }

    /// The key of an object that its resource has per slot, such as `nat_gateway/a`.
    pub fn per_slot(name: &'static str, slot: Slot) -> Self {
        Self(format!("{name}/{slot}"))
    }

    /// The key of an object that its resource has per tier, such as `route_table/public`.
    pub fn per_tier(name: &'static str, tier: Tier) -> Self {
        Self(format!("{name}/{tier}"))
    }

    /// The key of an object that its resource has per service, such as `gateway_endpoint/s3`.
    pub fn per_service(name: &'static str, service: GatewayService) -> Self {
        Self(format!("{name}/{service}"))
    }

    /// The key of an object that its resource has per service by interface, such as `interface_endpoint/ecr/api`.
    pub fn per_interface_service(name: &'static str, service: InterfaceService) -> Self {
        Self(format!("{name}/{}", service.as_str().replace('.', "/")))
    }

    /// The key of an object that its resource has any number of, such as `scp/2`. The object keeps the number as long as it is
    /// there, however many others come and go.
    pub fn numbered(name: &'static str, number: usize) -> Self {
        Self(format!("{name}/{number}"))
    }

    /// The key of an object that its resource has per tier and slot, such as `subnet/private/a`.
    pub fn per_tier_and_slot(name: &'static str, tier: Tier, slot: Slot) -> Self {
        Self(format!("{name}/{tier}/{slot}"))
    }
}

/// The ClientToken of the call that creates `child`: the same call again, from any process, is the same token.
///
/// `spec_digest` is a digest of the arguments of the call, because AWS refuses one token with two sets of arguments.
/// `incarnation` counts how often the object was made anew, because a token outlives the object that it made.
/// The token has 64 characters, the most that EC2 takes ([`crate::limits::CLIENT_TOKEN_CHARACTERS`]).
pub fn client_token(owner: &Owner, child: &ChildKey, spec_digest: &str, incarnation: u32) -> String {
    let mut hash = Sha256::new();
    for field in
        [owner.stack.as_str(), &owner.resource(), child.as_str(), spec_digest, &incarnation.to_string()]
    {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    fn owner() -> Owner {
        Owner {
            stack: "prod/us-east-1/prod/main".parse().unwrap(),
            kind: ResourceKind::VPC,
            name: "main".parse().unwrap(),
        }
    }

    #[test]
    fn the_tags_name_stack_resource_and_child() {
        let slot: Slot = "a".parse().unwrap();
        let child = ChildKey::per_tier_and_slot("subnet", Tier::Private, slot);
        let tags = owner().tags(&child);
        let expected = [
            ("landform:child", "subnet/private/a"),
            ("landform:resource", "vpc/main"),
            ("landform:stack", "prod/us-east-1/prod/main"),
        ];
        assert_eq!(tags, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
        assert_eq!(owner().child_of(&tags), Some(child));
    }

    #[test]
    fn tags_of_another_owner_are_foreign() {
        let child = ChildKey::new("vpc");
        for (key, value) in
            [(STACK_TAG, "dev/us-east-1/dev/main"), (RESOURCE_TAG, "vpc/other"), (CHILD_TAG, "Not a key")]
        {
            let mut tags = owner().tags(&child);
            tags.insert(key.to_owned(), value.to_owned());
            assert_eq!(owner().child_of(&tags), None, "{key}");
            tags.remove(key);
            assert_eq!(owner().child_of(&tags), None, "{key}");
        }
    }

    #[test]
    fn client_tokens_differ_by_every_field_and_fit() {
        let child = ChildKey::new("vpc");
        let token = client_token(&owner(), &child, "digest", 0);
        assert_eq!(token, "5fddc004bbdbcbe4320d47256962c0bb43fb96686e43de72cf97614ff2968442");
        assert!(token.len() <= limits::CLIENT_TOKEN_CHARACTERS.value);
        let mut other = owner();
        other.stack = "prod/us-east-1/prod/other".parse().unwrap();
        let tokens = [
            client_token(&other, &child, "digest", 0),
            client_token(&owner(), &ChildKey::new("igw"), "digest", 0),
            client_token(&owner(), &child, "digesu", 0),
            client_token(&owner(), &child, "digest", 1),
        ];
        assert!(tokens.iter().all(|other| *other != token));
    }
}
