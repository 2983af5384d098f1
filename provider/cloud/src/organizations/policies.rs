//! Policies of an organization.

use super::*;

/// A policy, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Its name, unique in the organization among policies of its kind.
    pub name: String,
    /// What it is for, in somebody's words.
    pub description: String,
    /// Its kind.
    pub policy_type: PolicyType,
    /// Whether it is AWS's own, such as `FullAWSAccess`.
    pub aws_managed: bool,
}

/// What a policy is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPolicy {
    /// Its kind.
    pub policy_type: PolicyType,
    /// Its name, at most 128 characters.
    pub name: String,
    /// What it is for, at most 512 characters.
    pub description: String,
    /// Its text, which AWS counts as it is: every blank.
    pub content: String,
    /// Its tags, from its first moment.
    pub tags: Tags,
}

/// What changes of a policy; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyChange {
    /// The new name.
    pub name: Option<String>,
    /// The new description.
    pub description: Option<String>,
    /// The new text.
    pub content: Option<String>,
}

/// Why the policies of a kind come together to something invalid in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPolicy {
    /// AWS's code, such as `CONTENT_LIMIT_EXCEEDED`.
    pub code: String,
    /// AWS's words.
    pub message: String,
    /// Where in the policy; empty where AWS does not say it.
    pub path: String,
    /// The policies that it comes from.
    pub policies: Vec<PolicyId>,
}
