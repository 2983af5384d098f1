//! The slots of each target: what takes them, what shall, and in which order one gets there without being over AWS's limit or
//! under its minimum.

use super::desired::Desired;
use super::document::DocumentKey;
use super::seen::{Foreign, Seen};
use super::steps::{Attachable, Document, Step, Target};
use landform_cloud::id::PolicyId;
use landform_cloud::organizations::TargetId;
use landform_model::guardrails::PolicyType;
use std::collections::BTreeSet;

/// The policy of AWS that allows everything. Every target needs a service control policy, and begins with this one.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
const FULL_ACCESS: &str = "FullAWSAccess";

/// The policies of one kind on one target.
#[derive(Debug)]
pub(super) struct Place<'a> {
    desired: &'a Desired,
    policy_type: PolicyType,
    target: Target,
    /// Documents of the set that are attached.
    ours: BTreeSet<DocumentKey>,
    /// Documents of the set that shall be.
    wanted: BTreeSet<DocumentKey>,
    /// Policies of others that are attached.
    foreign: Vec<Foreign>,
    /// Policies that may be attached.
    limit: usize,
}

/// Every target that documents are attached to or shall be, once for each kind.
pub(super) fn places<'a>(desired: &'a Desired, seen: &Seen) -> Vec<Place<'a>> {
    let mut types = desired.policy_types();
    types.extend(seen.policies.keys().map(|key| key.policy_type));
    let wanted_on: BTreeSet<&TargetId> =
        desired.targets.iter().filter_map(|target| seen.targets.get(target)).collect();
    let mut places = Vec::new();
    for policy_type in types {
        let of_type = || seen.policies.iter().filter(move |(key, _)| key.policy_type == policy_type);
        let mut targets = wanted_on.clone();
        targets.extend(of_type().flat_map(|(_, policy)| &policy.targets));
        for id in targets {
            let attached = of_type().filter(|(_, policy)| policy.targets.contains(id));
            let wanted = desired.documents.keys().filter(|key| key.policy_type == policy_type);
            places.push(Place {
                desired,
                policy_type,
                target: Target { id: id.clone(), name: seen.target_name(id) },
                ours: attached.map(|(key, _)| *key).collect(),
                wanted: wanted.filter(|_| wanted_on.contains(id)).copied().collect(),
                foreign: seen.foreign_on(policy_type, id).to_vec(),
                limit: desired.slots.get(&policy_type).copied().unwrap_or(usize::MAX),
            });
        }
    }
    places
}

impl Place<'_> {
    /// Attaches those of the documents `among` for which there is room, without detaching anything.
    pub(super) fn attach_where_there_is_room(&mut self, among: &BTreeSet<DocumentKey>) -> Vec<Step> {
        let missing: Vec<DocumentKey> =
            self.missing().into_iter().filter(|key| among.contains(key)).collect();
        let mut steps = Vec::new();
        for key in missing {
            if self.has_room() {
                steps.push(self.attach(key));
            }
        }
        steps
    }

    /// All that is left to attach and to detach: attaches first, and detaches first where no slot is free.
    pub(super) fn settle(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        loop {
            let (missing, unwanted) = (self.missing().first().copied(), self.unwanted());
            match (missing, unwanted) {
                (None, None) => return steps,
                (Some(key), Some(_)) if self.has_room() || self.taken() <= 1 => steps.push(self.attach(key)),
                (Some(key), None) => steps.push(self.attach(key)),
                (None, Some(_)) if self.needs_full_access() => steps.push(self.attach_full_access()),
                (_, Some(unwanted)) => steps.push(self.detach(unwanted)),
            }
        }
    }

    fn missing(&self) -> Vec<DocumentKey> {
        self.wanted.difference(&self.ours).copied().collect()
    }

    /// The next one that goes: of the set, then of others where the set is to be alone.
    fn unwanted(&self) -> Option<Attachable> {
        if let Some(key) = self.ours.difference(&self.wanted).next() {
            return Some(Attachable::Ours(self.document(*key)));
        }
        // On what is a target no longer, the set has no say.
        let foreign = self.foreign.iter().find(|policy| !policy.stays && !self.wanted.is_empty())?;
        Some(Attachable::Other(foreign.id.clone(), foreign.name.clone()))
    }

    fn taken(&self) -> usize {
        self.ours.len() + self.foreign.len()
    }

    fn has_room(&self) -> bool {
        self.taken() < self.limit
    }

    /// A target without any service control policy is one that AWS refuses.
    fn needs_full_access(&self) -> bool {
        self.policy_type == PolicyType::ServiceControlPolicy && self.taken() == 1
    }

    fn document(&self, key: DocumentKey) -> Document {
        Document { key, name: self.desired.policy_name(key) }
    }

    fn attach(&mut self, key: DocumentKey) -> Step {
        self.ours.insert(key);
        Step::Attach(Attachable::Ours(self.document(key)), self.target.clone())
    }

    fn detach(&mut self, policy: Attachable) -> Step {
        match &policy {
            Attachable::Ours(document) => drop(self.ours.remove(&document.key)),
            Attachable::Other(id, _) => self.foreign.retain(|foreign| foreign.id != *id),
        }
        Step::Detach(policy, self.target.clone())
    }

    fn attach_full_access(&mut self) -> Step {
        let (id, name) = (PolicyId::full_access(), FULL_ACCESS.to_owned());
        self.foreign.push(Foreign { name: name.clone(), id: id.clone(), stays: true });
        Step::Attach(Attachable::Other(id, name), self.target.clone())
    }
}
