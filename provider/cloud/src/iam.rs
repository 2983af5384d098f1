//! The port to the part of IAM that makes roles: roles, managed policies, OIDC providers. It takes no client tokens: names are the
//! keys of everything, and tags ride in the call that creates. What was just made may be unseen for seconds
//! ([eventual consistency](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency)).

use crate::network::OwnedObject;
use crate::{Result, Tags};
use landform_model::trust::{OidcAudience, OidcIssuer};
use landform_model::{Arn, PolicyJson, RoleName};
use std::collections::{BTreeMap, BTreeSet};

/// What can be read of IAM.
#[async_trait::async_trait]
pub trait IamReads: Send + Sync {
    /// A role; none where there is none.
    async fn role(&self, name: &RoleName) -> Result<Option<Role>>;
    /// What a role may do. `NotFound` where there is no such role.
    async fn role_policies(&self, name: &RoleName) -> Result<RolePolicies>;
    /// The names of the roles of the account whose trust policy names `principal`, which may be many pages.
    async fn roles_that_trust(&self, principal: &Arn) -> Result<Vec<RoleName>>;
    /// A managed policy; none where there is none.
    async fn policy(&self, arn: &Arn) -> Result<Option<ManagedPolicy>>;
    /// An OIDC provider; none where there is none.
    async fn oidc_provider(&self, arn: &Arn) -> Result<Option<OidcProvider>>;
    /// The roles, managed policies and OIDC providers of the account that carry any of the ownership tags, ordered, with those of
    /// their tags; their ids are their ARNs. IAM has no filter, so it asks for the tags of each. What has a path is not ours.
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>>;
}

/// All of it.
#[async_trait::async_trait]
pub trait Iam: IamReads {
    /// Makes a role. No token; its name is its natural key.
    async fn create_role(&self, name: &RoleName, settings: &RoleSettings, tags: &Tags) -> Result<()>;
    /// Changes what [`RoleSettings`] says but for trust and boundary.
    async fn update_role(&self, name: &RoleName, settings: &RoleSettings) -> Result<()>;
    /// Puts another trust policy in place of the one that is there. `NotReady` while a principal that it names is not seen.
    async fn update_trust(&self, name: &RoleName, trust: &PolicyJson) -> Result<()>;
    /// Gives a role a permission boundary; none takes it away.
    async fn set_permission_boundary(&self, name: &RoleName, boundary: Option<&Arn>) -> Result<()>;
    /// Attaches a managed policy. Attached already counts as done.
    async fn attach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()>;
    /// Detaches a managed policy. Not attached counts as done.
    async fn detach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()>;
    /// Puts an inline policy in place.
    async fn put_inline_policy(&self, name: &RoleName, policy: &str, document: &PolicyJson) -> Result<()>;
    /// Deletes an inline policy. Gone already counts as done.
    async fn delete_inline_policy(&self, name: &RoleName, policy: &str) -> Result<()>;
    /// Deletes a role that has no policies any more. Gone already counts as done.
    async fn delete_role(&self, name: &RoleName) -> Result<()>;

    /// Makes a managed policy. No token; its name is its natural key.
    async fn create_policy(
        &self,
        name: &str,
        description: &str,
        document: &PolicyJson,
        tags: &Tags,
    ) -> Result<()>;
    /// Makes a version of a managed policy, which is its default from then on. `Quota` where it has as many as it can have.
    async fn create_policy_version(&self, arn: &Arn, document: &PolicyJson) -> Result<()>;
    /// Deletes a version that is not the default. Gone already counts as done.
    async fn delete_policy_version(&self, arn: &Arn, version: &str) -> Result<()>;
    /// Deletes a managed policy that has one version and nothing that it is attached to. Gone already counts as done.
    async fn delete_policy(&self, arn: &Arn) -> Result<()>;

    /// Makes an OIDC provider. No token; its issuer is its natural key.
    async fn create_oidc_provider(
        &self,
        issuer: &OidcIssuer,
        audiences: &BTreeSet<OidcAudience>,
        tags: &Tags,
    ) -> Result<()>;
    /// Adds an audience to an OIDC provider. There already counts as done.
    async fn add_audience(&self, provider: &Arn, audience: &OidcAudience) -> Result<()>;
    /// Deletes an OIDC provider. Gone already counts as done.
    async fn delete_oidc_provider(&self, provider: &Arn) -> Result<()>;

    /// Adds tags, or gives existing keys new values.
    async fn set_tags(&self, object: &Tagged, tags: &Tags) -> Result<()>;
    /// Removes tags by key.
    async fn remove_tags(&self, object: &Tagged, keys: &BTreeSet<String>) -> Result<()>;
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its ARN.
    pub arn: Arn,
    /// What it is like; the trust policy is none where it cannot be read as one.
    pub trust: Option<PolicyJson>,
    /// What it is for.
    pub description: String,
    /// How long a session may be, in seconds.
    pub max_session_seconds: i32,
    /// Its permission boundary.
    pub boundary: Option<Arn>,
    /// Its tags.
    pub tags: Tags,
}

/// What a new role is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleSettings {
    /// Who may assume it.
    pub trust: PolicyJson,
    /// What it is for.
    pub description: String,
    /// How long a session may be, in seconds.
    pub max_session_seconds: i32,
    /// Its permission boundary.
    pub boundary: Option<Arn>,
}

/// What a role may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RolePolicies {
    /// The managed policies that are attached to it.
    pub attached: BTreeSet<Arn>,
    /// Its inline policies by name; none where one cannot be read as a policy.
    pub inline: BTreeMap<String, Option<PolicyJson>>,
}

/// A managed policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// The document of its default version; none where it cannot be read as one.
    pub document: Option<PolicyJson>,
    /// The versions that are not the default, the oldest first.
    pub other_versions: Vec<String>,
    /// Its tags.
    pub tags: Tags,
}

/// An OIDC provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcProvider {
    /// Who its tokens may be for, as AWS has them.
    pub audiences: BTreeSet<String>,
    /// Its tags.
    pub tags: Tags,
}

/// What carries tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tagged {
    /// A role, by its name.
    Role(RoleName),
    /// A managed policy, by its ARN.
    Policy(Arn),
    /// An OIDC provider, by its ARN.
    OidcProvider(Arn),
}
