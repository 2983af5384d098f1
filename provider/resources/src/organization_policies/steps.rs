//! What can be done to bring a set of policies about. Each step is one call, and AWS takes one at a time.

use super::document::DocumentKey;
use landform_cloud::id::PolicyId;
use landform_cloud::organizations::TargetId;
use std::collections::BTreeSet;
use std::fmt;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Make a policy, attached to nothing, with its tags.
    Create(Document),
    /// Give a policy the name, description and text that it must have.
    Update(Document, Differences),
    /// Give a policy the tags that it must have.
    Tag(Document),
    /// Take tags from a policy.
    Untag(Document, BTreeSet<String>),
    /// Attach a policy to a target.
    Attach(Attachable, Target),
    /// Detach a policy from a target.
    Detach(Attachable, Target),
    /// Delete a policy that is attached to nothing any more.
    Delete(Document),
}

/// A document of the set, with the name of its policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// Which.
    pub(crate) key: DocumentKey,
    /// What its policy is called.
    pub(crate) name: String,
}

/// What is attached or detached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Attachable {
    /// A document of the set.
    Ours(Document),
    /// A policy of somebody else's, by id and name; AWS's own among them.
    Other(PolicyId, String),
}

/// A target by its id, with how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// Which.
    pub(crate) id: TargetId,
    /// Its path, or its id.
    pub(crate) name: String,
}

/// What of a policy is not as it must be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Differences {
    /// Its name.
    pub(crate) name: bool,
    /// Its description.
    pub(crate) description: bool,
    /// Its text.
    pub(crate) content: bool,
}

impl Differences {
    /// Whether there are any.
    pub(crate) fn any(self) -> bool {
        self.name || self.description || self.content
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.name, "name"), (self.description, "description"), (self.content, "text")];
        let named: Vec<&str> = parts.iter().filter(|(differs, _)| *differs).map(|(_, part)| *part).collect();
        f.write_str(&named.join(" and "))
    }
}

impl fmt::Display for Attachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Attachable::Ours(document) => f.write_str(&document.name),
            Attachable::Other(_, name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Create(document) => write!(f, "create policy {}", document.name),
            Step::Update(document, what) => write!(f, "update the {what} of policy {}", document.name),
            Step::Tag(document) => write!(f, "tag policy {}", document.name),
            Step::Untag(document, keys) => {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                write!(f, "remove the tags {} from policy {}", keys.join(", "), document.name)
            }
            Step::Attach(policy, target) => write!(f, "attach policy {policy} to {}", target.name),
            Step::Detach(policy, target) => write!(f, "detach policy {policy} from {}", target.name),
            Step::Delete(document) => write!(f, "delete policy {}", document.name),
        }
    }
}
