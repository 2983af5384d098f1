//! From a policy as AWS has it back to guardrails of the catalogue.

use std::collections::BTreeSet;

use serde_json::Value;

use super::catalogue;
use super::document::Document;
use super::fill::{Content, Filled, fill};
use super::merge::merge;
use super::parameter::Parameters;
use super::policy_type::PolicyType;
use super::settings::settings;

/// The guardrails that together say exactly what a policy says, with the defaults of their parameters. None where something is
/// left that no guardrail says: what parameters somebody gave cannot be told from a policy.
pub fn recognize(policy_type: PolicyType, text: &str) -> Option<BTreeSet<String>> {
    let of_type = catalogue::all().iter().filter(|guardrail| guardrail.policy_type == policy_type);
    let filled = of_type.filter_map(|guardrail| fill(guardrail, &Parameters::new()).ok());
    let found: Vec<Filled> = match policy_type.has_statements() {
        true => in_statements(&text.parse().ok()?, filled)?,
        false => in_settings(&serde_json::from_str(text).ok()?, filled)?,
    };
    Some(found.into_iter().map(|guardrail| guardrail.id).collect())
}

fn in_statements(document: &Document, filled: impl Iterator<Item = Filled>) -> Option<Vec<Filled>> {
    let whole = merge([document]);
    let is_in = |one: &Filled| one.statements().is_some_and(|one| merge([&whole, one]) == whole);
    let found: Vec<Filled> = filled.filter(is_in).collect();
    (merge(found.iter().filter_map(Filled::statements)) == whole).then_some(found)
}

fn in_settings(whole: &Value, filled: impl Iterator<Item = Filled>) -> Option<Vec<Filled>> {
    let is_in =
        |one: &Filled| matches!(&one.content, Content::Settings(settings) if is_part(settings, whole));
    let found: Vec<Filled> = filled.filter(is_in).collect();
    let joined = settings(&found).ok()?;
    let [joined] = joined.as_slice() else { return None };
    (serde_json::from_str::<Value>(&joined.text).ok()? == *whole).then_some(found)
}

/// Whether all that `part` sets, `whole` sets alike.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, value)| whole.get(key).is_some_and(|whole| is_part(value, whole)))
        }
        _ => part == whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardrails::pack::{Placement, contents};
    use crate::guardrails::{Budget, choose, pack};

    fn ids(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn what_was_packed_is_recognized() {
        let scp = PolicyType::ServiceControlPolicy;
        let chosen = ids(&["deny-leave-organization", "deny-root-user", "protect-security-services"]);
        let filled = choose(&chosen, &Parameters::new()).unwrap();
        let packing = pack(&contents(&filled, scp), Budget::of(scp).unwrap(), &Placement::new()).unwrap();
        let text = packing.documents[0].text.clone();
        assert_eq!(recognize(scp, &text), Some(chosen));
        let more = text.replace("organizations:LeaveOrganization", "organizations:Leave*");
        assert_eq!(recognize(scp, &more), None);
        assert_eq!(recognize(scp, "{}"), None);
    }

    #[test]
    fn settings_are_recognized_too() {
        let chosen = ids(&["serial-console-off", "ami-block-public"]);
        let document = settings(&choose(&chosen, &Parameters::new()).unwrap()).unwrap().remove(0);
        assert_eq!(recognize(document.policy_type, &document.text), Some(chosen));
        let other = document.text.replace("disabled", "enabled");
        assert_eq!(recognize(document.policy_type, &other), None);
    }
}
