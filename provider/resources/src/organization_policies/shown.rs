//! What the attributes show of documents and slots.

use super::core::PolicySet;
use super::desired::Desired;
use super::document::DocumentKey;
use super::outputs::{PolicyDocument, PolicySlots};
use super::seen::{Foreign, Seen};
use landform_cloud::id::PolicyId;
use landform_framework::{Diagnostic, Text, Value};
use landform_model::guardrails::PolicyType;
use std::collections::BTreeMap;

/// The documents by the names of their policies; an id that is not known yet is unknown.
pub(super) fn documents<M: PolicySet>(
    model: &M,
    desired: &Desired,
    ids: &BTreeMap<DocumentKey, PolicyId>,
) -> BTreeMap<String, PolicyDocument> {
    let each = desired.documents.iter().map(|(key, document)| {
        let shown = PolicyDocument {
            policy_type: Value::Known(Text(key.policy_type)),
            id: ids.get(key).map_or(Value::Unknown, |id| Value::Known(id.to_string())),
            guardrails: Value::Known(document.guardrails.clone()),
            bytes: Value::Known(number(document.content.len())),
            limit: model.limits(key.policy_type).0.map(number).into(),
            content: Value::Known(document.content.clone()),
        };
        (desired.policy_name(*key), shown)
    });
    each.collect()
}

/// The slots of every target after an apply; none while a target does not exist, because nobody knows what will be on it.
pub(super) fn slots<M: PolicySet>(
    model: &M,
    desired: &Desired,
    seen: &Seen,
) -> Option<BTreeMap<String, BTreeMap<String, PolicySlots>>> {
    let each = desired.targets.iter().map(|target| {
        let id = seen.targets.get(target)?;
        let of_types = desired.policy_types().into_iter().map(|policy_type| {
            let foreign = seen.foreign_on(policy_type, id);
            (policy_type.to_string(), of_type(model, desired, policy_type, foreign))
        });
        Some((target.to_string(), of_types.collect()))
    });
    each.collect()
}

fn of_type<M: PolicySet>(
    model: &M,
    desired: &Desired,
    policy_type: PolicyType,
    foreign: &[Foreign],
) -> PolicySlots {
    let names = |goes: bool| -> Vec<String> {
        let those = foreign.iter().filter(|policy| policy.stays != goes);
        those.map(|policy| policy.name.clone()).collect()
    };
    let ours = desired.documents.keys().filter(|key| key.policy_type == policy_type).count();
    let stay = names(false);
    PolicySlots {
        used: Value::Known(number(ours + stay.len())),
        limit: model.limits(policy_type).1.map(number).into(),
        foreign: Value::Known(stay),
        detached: Value::Known(names(true)),
    }
}

/// What a plan says of the accounts and slots that it sees, a line for each target and kind of policy.
pub(super) fn outlook(
    what: &str,
    slots: &BTreeMap<String, BTreeMap<String, PolicySlots>>,
    affected: usize,
) -> Diagnostic {
    let each =
        slots.iter().flat_map(|(target, kinds)| kinds.iter().map(move |(kind, slots)| (target, kind, slots)));
    let line = |(target, kind, slots): (&String, &String, &PolicySlots)| {
        let count = |value: &Value<i64>| value.known().map(ToString::to_string);
        let used = count(&slots.used).unwrap_or_default();
        let of = count(&slots.limit).map(|limit| format!(" of {limit}")).unwrap_or_default();
        let names = |before: &str, names: &Value<Vec<String>>| match names.known() {
            Some(names) if !names.is_empty() => format!("; {before} {}", names.join(", ")),
            _ => String::new(),
        };
        let (foreign, detached) = (names("of others:", &slots.foreign), names("detached:", &slots.detached));
        format!("  {target}: {used}{of} {kind}{foreign}{detached}\n")
    };
    let detail = format!("Slots after the apply, as things are now:\n{}", each.map(line).collect::<String>());
    Diagnostic::warning(format!("This changes {what} (accounts affected: {affected})"), detail)
}

/// No count here is longer than half of all numbers.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
