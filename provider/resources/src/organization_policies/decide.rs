//! From what must be and what is to what is to be done. Pure: the same for a create, an update, a deletion and for drift.

use super::desired::Desired;
use super::document::DocumentKey;
use super::places::{Place, places};
use super::seen::{Seen, SeenPolicy};
use super::steps::{Differences, Document, Step};
use landform_model::guardrails::is_same;
use std::collections::BTreeSet;

/// The steps, in the order in which they are taken.
///
/// A guardrail that held before and shall hold afterwards holds all the time: a new policy is attached before the one that its
/// guardrails leave is shortened, a policy takes up what moves before another one gives it up, and what goes is detached last.
/// Two exceptions: a target on which no slot is free, and guardrails that change places with each other.
pub(crate) fn decide(desired: &Desired, seen: &Seen) -> Vec<Step> {
    let document = |key: &DocumentKey| Document { key: *key, name: desired.policy_name(*key) };
    let mut steps = Vec::new();
    let new: BTreeSet<DocumentKey> =
        desired.documents.keys().filter(|key| !seen.policies.contains_key(key)).copied().collect();
    for (key, policy) in kept(desired, seen) {
        steps.extend(tags(desired, *key, policy));
    }
    steps.extend(new.iter().map(|key| Step::Create(document(key))));
    let mut places = places(desired, seen);
    for place in &mut places {
        steps.extend(place.attach_where_there_is_room(&new));
    }
    for (key, differences) in updates(desired, seen) {
        steps.push(Step::Update(document(&key), differences));
    }
    steps.extend(places.iter_mut().flat_map(Place::settle));
    let unwanted = seen.policies.keys().filter(|key| !desired.documents.contains_key(key));
    steps.extend(unwanted.map(|key| Step::Delete(document(key))));
    steps
}

/// The policies that there are and shall be.
fn kept<'a>(desired: &'a Desired, seen: &'a Seen) -> impl Iterator<Item = (&'a DocumentKey, &'a SeenPolicy)> {
    seen.policies.iter().filter(|(key, _)| desired.documents.contains_key(key))
}

/// Tags that are missing, and those that are the user's no longer. Tags of others stay.
fn tags(desired: &Desired, key: DocumentKey, policy: &SeenPolicy) -> Vec<Step> {
    let document = Document { key, name: desired.policy_name(key) };
    let wanted = desired.tags_of(key);
    let mut steps = Vec::new();
    if wanted.iter().any(|(key, value)| policy.tags.get(key) != Some(value)) {
        steps.push(Step::Tag(document.clone()));
    }
    let retired = desired.retired_tags.iter();
    let extra: BTreeSet<String> =
        retired.filter(|key| policy.tags.contains_key(*key) && !wanted.contains_key(*key)).cloned().collect();
    if !extra.is_empty() {
        steps.push(Step::Untag(document, extra));
    }
    steps
}

/// The policies that are not as they must be; one that takes up a guardrail before the one that gives it up.
fn updates(desired: &Desired, seen: &Seen) -> Vec<(DocumentKey, Differences)> {
    let mut open: Vec<(DocumentKey, Differences)> = kept(desired, seen)
        .map(|(key, policy)| (*key, differences(desired, *key, policy)))
        .filter(|(_, differences)| differences.any())
        .collect();
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let waits =
            |key: DocumentKey| open.iter().any(|(other, _)| *other != key && moves(desired, key, *other));
        // Guardrails that change places leave none that waits for nobody.
        let next = open.iter().position(|(key, _)| !waits(*key)).unwrap_or_default();
        ordered.push(open.remove(next));
    }
    ordered
}

/// Whether a guardrail moves from one document to the other.
fn moves(desired: &Desired, from: DocumentKey, to: DocumentKey) -> bool {
    let (Some(before), Some(after)) = (desired.before.get(&from), desired.documents.get(&to)) else {
        return false;
    };
    let still = desired.documents.get(&from);
    before.iter().any(|id| {
        after.guardrails.contains(id) && still.is_none_or(|document| !document.guardrails.contains(id))
    })
}

fn differences(desired: &Desired, key: DocumentKey, seen: &SeenPolicy) -> Differences {
    let content = desired.documents.get(&key).map(|document| document.content.as_str());
    Differences {
        name: seen.policy.name != desired.policy_name(key),
        description: seen.policy.description != desired.description(),
        content: !content.is_some_and(|content| is_same(content, &seen.content)),
    }
}
