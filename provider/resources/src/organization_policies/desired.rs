//! What policies must be there, and where they must be attached.

use super::document::{Document, DocumentKey};
use super::target::PolicyTarget;
use landform_cloud::Tags;
use landform_model::guardrails::PolicyType;
use landform_model::ownership::Owner;
use std::collections::{BTreeMap, BTreeSet};

/// A set of policies as it must be. One without documents is one that must not be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Desired {
    /// Whose the policies are.
    pub(crate) owner: Owner,
    /// The user's tags for each policy.
    pub(crate) tags: Tags,
    /// Keys of tags that were the user's before and are no longer.
    pub(crate) retired_tags: BTreeSet<String>,
    /// The documents.
    pub(crate) documents: BTreeMap<DocumentKey, Document>,
    /// What they are attached to, every document to each.
    pub(crate) targets: BTreeSet<PolicyTarget>,
    /// Whether policies of others go from the targets, where they are of a kind that the set has documents of.
    pub(crate) exclusive: bool,
    /// Policies of a kind that may be attached to one target, where that is known.
    pub(crate) slots: BTreeMap<PolicyType, usize>,
    /// The guardrails that each document had before: one that moves must never be in no document.
    pub(crate) before: Before,
}

/// The guardrails of each document at the last apply.
pub(crate) type Before = BTreeMap<DocumentKey, BTreeSet<String>>;

impl Desired {
    /// The name of a document's policy.
    pub(crate) fn policy_name(&self, key: DocumentKey) -> String {
        key.policy_name(&self.owner.name)
    }

    /// All tags of a document's policy: the user's, and the three that say whose it is.
    pub(crate) fn tags_of(&self, key: DocumentKey) -> Tags {
        let mut tags = self.tags.clone();
        tags.extend(self.owner.tags(&key.child()));
        tags
    }

    /// What the policies are for, in AWS's console.
    pub(crate) fn description(&self) -> String {
        format!("{} of stack {}. Made by Landform.", self.owner.resource(), self.owner.stack)
    }

    /// The kinds that there are documents of.
    pub(crate) fn policy_types(&self) -> BTreeSet<PolicyType> {
        self.documents.keys().map(|key| key.policy_type).collect()
    }

    /// The same set without anything in it: what remains to be done is to take it away.
    pub(crate) fn gone(self) -> Desired {
        Desired { documents: BTreeMap::new(), targets: BTreeSet::new(), exclusive: false, ..self }
    }
}
