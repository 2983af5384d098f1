//! What there is of a set of policies, and what stands beside it on its targets.

use super::document::DocumentKey;
use super::target::PolicyTarget;
use landform_cloud::Tags;
use landform_cloud::id::PolicyId;
use landform_cloud::organizations::{Policy, PolicyTypeStatus, TargetId};
use landform_model::guardrails::PolicyType;
use std::collections::{BTreeMap, BTreeSet};

/// What one look saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The ids of the targets; those that do not exist are absent.
    pub(crate) targets: BTreeMap<PolicyTarget, TargetId>,
    /// The paths of what else the policies are attached to.
    pub(crate) paths: BTreeMap<TargetId, String>,
    /// The policies of the set.
    pub(crate) policies: BTreeMap<DocumentKey, SeenPolicy>,
    /// The policies of others on the targets, by kind and target.
    pub(crate) foreign: BTreeMap<(PolicyType, TargetId), Vec<Foreign>>,
    /// Policies of others that have a name of the set.
    pub(crate) namesakes: Vec<Policy>,
    /// Which kinds of policy can be attached, or soon can.
    pub(crate) policy_types: BTreeMap<PolicyType, PolicyTypeStatus>,
}

/// A policy of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenPolicy {
    /// The policy.
    pub(crate) policy: Policy,
    /// Its text.
    pub(crate) content: String,
    /// Its tags.
    pub(crate) tags: Tags,
    /// What it is attached to, anywhere in the organization.
    pub(crate) targets: BTreeSet<TargetId>,
}

/// A policy of somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Foreign {
    /// Its name.
    pub(crate) name: String,
    /// Its id.
    pub(crate) id: PolicyId,
    /// Whether it stays: everywhere but where the set is to be alone, and there AWS's own and those that Landform made for another
    /// resource.
    pub(crate) stays: bool,
}

impl Seen {
    /// How a target is written: its path, or its id where it has none.
    pub(crate) fn target_name(&self, id: &TargetId) -> String {
        let wanted =
            self.targets.iter().find(|(_, known)| *known == id).map(|(target, _)| target.to_string());
        wanted.or_else(|| self.paths.get(id).cloned()).unwrap_or_else(|| id.to_string())
    }

    /// The policies of others on a target.
    pub(crate) fn foreign_on(&self, policy_type: PolicyType, target: &TargetId) -> &[Foreign] {
        self.foreign.get(&(policy_type, target.clone())).map_or(&[], Vec::as_slice)
    }
}
