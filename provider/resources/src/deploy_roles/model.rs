//! The attributes of `landform_deploy_roles`.

use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::trust::{ExternalId, OidcAudience, OidcIssuer, OidcSubject, RoleArn};
use landform_model::{AccountId, Arn, BucketName, ResourceName, RoleName, StackName};
use std::collections::{BTreeMap, BTreeSet};

/// The two roles that pipelines work with in one account: one that reads, for plans, and one that changes, for applies, held by a
/// permission boundary. Who may assume them is said by exact names only.
///
/// The role that applies cannot change this resource: apply it with the role by which the organization enters the account, such as
/// `OrganizationAccountAccessRole`.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct DeployRoles {
    /// The account of the roles.
    #[attribute(required, immutable)]
    pub account_id: Value<Text<AccountId>>,
    /// The name of the resource, unique in its stack; the permission boundary is called `landform-NAME-boundary`. Default:
    /// `deploy`.
    #[attribute(optional, computed, immutable, sticky)]
    pub name: Value<Text<ResourceName>>,
    /// Who may assume the roles.
    #[attribute(required)]
    pub trust: Value<DeployTrust>,
    /// The name of the role that plans. Default: `landform-plan`.
    #[attribute(optional, computed, immutable, sticky)]
    pub plan_role: Value<Text<RoleName>>,
    /// The name of the role that applies. Default: `landform-apply`.
    #[attribute(optional, computed, immutable, sticky)]
    pub apply_role: Value<Text<RoleName>>,
    /// The managed policies of the role that plans. Default: AWS's `ReadOnlyAccess`.
    #[attribute(optional)]
    pub plan_policy_arns: Value<BTreeSet<Text<Arn>>>,
    /// The managed policies of the role that applies. Default: AWS's `AdministratorAccess`, which the permission boundary bounds.
    #[attribute(optional)]
    pub apply_policy_arns: Value<BTreeSet<Text<Arn>>>,
    /// Where the states are that the roles work on: both may read them and take locks, the one that applies writes them. Default: by
    /// their managed policies alone.
    #[attribute(optional)]
    pub state: Value<StateAccess>,
    /// Whether the role that applies is held by a
    /// [permission boundary](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html): it cannot touch roles
    /// and policies that are called `landform-…`, the boundary itself, the organization, and users of IAM. Default: `true`.
    #[attribute(default = true)]
    pub permission_boundary: Value<bool>,
    /// Whether roles that the role makes, or gives permissions to, must have this boundary as theirs. Without it the boundary can be
    /// escaped: by a new role without one. Configurations then set `permissions_boundary` on their roles. Default: `true`.
    #[attribute(default = true)]
    pub new_roles_need_boundary: Value<bool>,
    /// How long a session may be, in seconds: 3600 to 43200. Default: 3600.
    #[attribute(default = 3600, validate = session)]
    pub max_session_duration: Value<i64>,
    /// Tags for every object, over the provider's `default_tags`.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Attributes whose change may destroy the roles and make them anew, such as `["plan_role"]`. Without this such a change is an
    /// error at plan.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// How long an apply may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The ARN of the role that plans, known at plan.
    #[attribute(computed)]
    pub plan_role_arn: Value<String>,
    /// The ARN of the role that applies, known at plan.
    #[attribute(computed)]
    pub apply_role_arn: Value<String>,
    /// The ARN of the permission boundary, known at plan; null without one.
    #[attribute(computed)]
    pub boundary_arn: Value<String>,
    /// The trust policy of the role that plans, as JSON.
    #[attribute(computed)]
    pub plan_trust_policy: Value<String>,
    /// The trust policy of the role that applies, as JSON.
    #[attribute(computed)]
    pub apply_trust_policy: Value<String>,
    /// The ARNs of the OIDC providers by the URL of their issuer, known at plan.
    #[attribute(computed)]
    pub oidc_provider_arns: Value<BTreeMap<String, String>>,
    /// The issuers whose OIDC provider in the account is somebody else's: it is used as it is, never changed and never deleted.
    #[attribute(computed, observed)]
    pub shared_oidc_providers: Value<Vec<String>>,
    /// The stack that the roles belong to: the provider's.
    #[attribute(computed, sticky)]
    pub stack: Value<Text<StackName>>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it).
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the roles, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// Who may assume the roles: whoever holds a token of an issuer, or roles.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct DeployTrust {
    /// Issuers of tokens (OpenID Connect). Landform makes the OIDC provider in the account, where there is none for the issuer.
    /// Default: none.
    #[attribute(optional)]
    pub oidc: Value<Vec<OidcTrust>>,
    /// Roles, each by its exact ARN, such as that of Atlantis. Default: none.
    #[attribute(optional)]
    pub roles: Value<BTreeSet<Text<RoleArn>>>,
    /// Roles that may assume the role that applies. Default: `roles`.
    #[attribute(optional)]
    pub apply_roles: Value<BTreeSet<Text<RoleArn>>>,
    /// What roles must say when they assume: the
    /// [external ID](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html) of a caller of another company.
    /// Default: none.
    #[attribute(optional)]
    pub external_id: Value<Text<ExternalId>>,
}

/// Tokens of one issuer.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OidcTrust {
    /// The URL of the issuer, such as `https://token.actions.githubusercontent.com`.
    #[attribute(required)]
    pub issuer: Value<Text<OidcIssuer>>,
    /// Who the tokens are for. Default: `sts.amazonaws.com`.
    #[attribute(optional)]
    pub audience: Value<Text<OidcAudience>>,
    /// Whom the tokens are about, each to the letter, such as `repo:acme/infrastructure:environment:production`. A subject with `*`
    /// or `?` is refused.
    #[attribute(required)]
    pub subjects: Value<BTreeSet<Text<OidcSubject>>>,
    /// Subjects that may assume the role that applies; `[]` for none. GitHub's subject of pull requests is refused here. Default:
    /// `subjects`.
    #[attribute(optional)]
    pub apply_subjects: Value<BTreeSet<Text<OidcSubject>>>,
}

/// Where states are kept.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct StateAccess {
    /// The bucket.
    #[attribute(required)]
    pub bucket: Value<Text<BucketName>>,
    /// The ARN of the key that encrypts it. Default: S3's own key.
    #[attribute(optional)]
    pub kms_key_arn: Value<Text<Arn>>,
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
fn session(seconds: &i64) -> Result<(), String> {
    match (3600..=43200).contains(seconds) {
        true => Ok(()),
        false => {
            Err(format!("{seconds} seconds is not possible: a session may be 3600 to 43200 seconds long"))
        }
    }
}

/// The values of `status`.
pub(super) mod status {
    pub(crate) const READY: &str = "ready";
    pub(crate) const DRIFTED: &str = "drifted";
    pub(crate) const DEGRADED: &str = "degraded";
    pub(crate) const INCOMPLETE: &str = "incomplete";
}
