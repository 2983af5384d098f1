//! What is written for those who plan and apply the tree.

use landform_model::Arn;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Identifier;
use super::form::form;
use super::schema::text;

/// What is written for those who plan and apply: Atlantis, pipelines, owners of the code.
///
/// All of it counts on the tree being the top of its repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Automation {
    /// Who must approve a change of any file: `CODEOWNERS`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::CodeOwner>")]
    pub owners: Vec<CodeOwner>,
    /// An Atlantis server that plans and applies pull requests. The default is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub atlantis: Option<Atlantis>,
    /// Workflows of GitHub Actions that check, plan, apply and look for drift. The default is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub github: Option<Pipelines>,
    /// A pipeline of GitLab that checks, plans, applies and looks for drift. The default is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gitlab: Option<Pipelines>,
}

impl Automation {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// An Atlantis server. <https://www.runatlantis.io/docs/server-side-repo-config>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Atlantis {
    /// The repository of the tree as the server calls it, such as `github.com/acme/live`.
    #[schemars(with = "text::Repository")]
    pub repository: Repository,
    /// What a pull request needs before it is applied. The default is all three.
    #[serde(default = "Requirement::all")]
    pub apply_requirements: Vec<Requirement>,
    /// What no plan may do. It is part of the server's file, so no pull request can change it. The default allows all.
    #[serde(default, skip_serializing_if = "PlanPolicy::is_default")]
    pub policy: PlanPolicy,
}

impl Atlantis {
    /// A server for the repository, which asks for all requirements.
    pub fn new(repository: Repository) -> Self {
        Self { repository, apply_requirements: Requirement::all(), policy: PlanPolicy::default() }
    }

    /// The same server with a policy.
    pub fn policy(self, policy: PlanPolicy) -> Self {
        Self { policy, ..self }
    }
}

/// What no plan may do: such a plan is neither shown as good nor applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanPolicy {
    /// The types of resources of which no plan deletes or replaces any, such as `aws_db_instance`. The default is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<text::Identifier>")]
    pub keep: Vec<Identifier>,
    /// How many resources one plan may delete or replace. The default is any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_deletions: Option<u32>,
}

impl PlanPolicy {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What a pull request needs before Atlantis applies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Requirement {
    /// Somebody else has approved it.
    Approved,
    /// The host of the code would let it be merged.
    Mergeable,
    /// Its branch holds what was merged meanwhile.
    Undiverged,
}

impl Requirement {
    /// All requirements.
    pub fn all() -> Vec<Self> {
        vec![Self::Approved, Self::Mergeable, Self::Undiverged]
    }
}

/// Pipelines. They sign in to AWS with a token of the host (OIDC), so that no key is kept anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pipelines {
    /// The container image of all jobs, by its digest. It has landform, git, curl, and Terraform or Terragrunt.
    #[schemars(with = "text::Image")]
    pub image: Image,
    /// The role that plans and looks for drift. Any pull request of the repository can assume it, so it may only read.
    #[schemars(with = "text::Arn")]
    pub plan_role: Arn,
    /// The role that applies. Its trust is for the job that applies what is merged, and for no other.
    #[schemars(with = "text::Arn")]
    pub apply_role: Arn,
}

form!(
    /// A user or team that owns code, such as `@acme/platform`.
    CodeOwner,
    "an owner of code",
    "write a user or team as `@user` or `@organization/team`",
    |text| text.strip_prefix('@').is_some_and(|path| path.split('/').all(is_name))
);

form!(
    /// A repository with its host, such as `github.com/acme/live`.
    Repository,
    "a repository",
    "write host, owner and name, such as `github.com/acme/live`",
    |text| text.split('/').count() >= 3
        && text.split('/').all(is_name)
        && text.split('/').next().is_some_and(|host| !host.contains('_'))
);

form!(
    /// A container image by its digest, which no later push can change.
    Image,
    "an image with its digest",
    "write it as `registry/name@sha256:` and 64 hexadecimal digits",
    |text| {
        text.split_once("@sha256:").is_some_and(|(name, digest)| {
            name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'/' | b':' | b'-'))
                && digest.len() == 64
                && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })
    }
);

fn is_name(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_alphanumeric())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
