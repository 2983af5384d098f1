//! The chosen guardrails as documents.

use super::super::core::Choice;
use super::super::desired::Before;
use super::super::document::{Document, DocumentKey};
use super::choice::TYPES;
use super::model::{GuardrailLimits, Guardrails};
use landform_framework::Value;
use landform_model::guardrails::pack::{PackError, Placement};
use landform_model::guardrails::{Budget, Filled, PolicyType, pack};
use std::collections::BTreeMap;

/// Packs each kind into as few documents as there is need for. A guardrail stays in the document that it was in `before`.
pub(super) fn packed(
    filled: &[Filled],
    budget: impl Fn(PolicyType) -> Option<Budget>,
    before: &Before,
) -> Result<Choice, (PolicyType, PackError)> {
    let mut choice = Choice { documents: BTreeMap::new(), bytes_before: 0 };
    for policy_type in TYPES {
        let contents = pack::contents(filled, policy_type);
        let Some(budget) = budget(policy_type).filter(|_| !contents.is_empty()) else { continue };
        let of_type = before.iter().filter(|(key, _)| key.policy_type == policy_type);
        let placement: Placement =
            of_type.flat_map(|(key, ids)| ids.iter().map(|id| (id.clone(), key.number))).collect();
        let packing = pack(&contents, budget, &placement).map_err(|error| (policy_type, error))?;
        choice.bytes_before +=
            contents.values().map(landform_model::guardrails::document::Document::bytes).sum::<usize>();
        for document in packing.documents {
            let key = DocumentKey { policy_type, number: document.number };
            let text = Document { guardrails: document.guardrails, content: document.text };
            choice.documents.insert(key, text);
        }
    }
    Ok(choice)
}

/// What there is room for on a target on which others hold so many slots.
pub(super) fn budget(set: &Guardrails, policy_type: PolicyType, taken: usize) -> Option<Budget> {
    let budget = Budget::of(policy_type)?.with_taken(taken);
    let limits = set.limits.known().cloned().unwrap_or_default();
    let GuardrailLimits { scp_bytes, scps_per_target, rcp_bytes, rcps_per_target } = limits;
    let (bytes, slots) = match policy_type {
        PolicyType::ServiceControlPolicy => (scp_bytes, scps_per_target),
        _ => (rcp_bytes, rcps_per_target),
    };
    let number = |given: Value<i64>| given.into_known().and_then(|number| usize::try_from(number).ok());
    Some(Budget {
        bytes: number(bytes).unwrap_or(budget.bytes),
        slots: number(slots).unwrap_or(budget.slots),
        ..budget
    })
}
