//! What is wrong with a choice of guardrails, as errors at the attributes.

use super::target::PolicyTarget;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::guardrails::{FillError, catalogue};
use std::collections::BTreeSet;

/// Each error at the attribute that can mend it.
pub(super) fn fill_errors(errors: &[FillError], diagnostics: &mut Diagnostics) {
    let parameters = || Path::root().attribute("parameters");
    for error in errors {
        let (summary, path) = match error {
            FillError::UnknownGuardrail { .. } => ("Unknown guardrail", Path::root().attribute("enable")),
            FillError::UnknownParameter { .. } => ("Unknown parameter", parameters()),
            FillError::Missing { .. } => ("Missing parameter", parameters()),
            FillError::WrongType { parameter, .. } => ("Wrong parameter", parameters().attribute(parameter)),
            FillError::Empty { .. } => ("Empty parameter", parameters()),
        };
        diagnostics.error_at(path, summary, sentence(&error.to_string()));
    }
}

/// Guardrails of the other resource: those made of statements, and those made of settings, are two.
pub(super) fn wrong_kind(ids: &BTreeSet<String>, statements: bool, diagnostics: &mut Diagnostics) {
    let wrong = ids.iter().filter_map(|id| catalogue::find(id));
    for guardrail in wrong.filter(|guardrail| guardrail.policy_type.has_statements() != statements) {
        let resource = if statements { "landform_organization_policy" } else { "landform_guardrails" };
        let detail =
            format!("`{}` is a {}: enable it in a `{resource}`.", guardrail.id, guardrail.policy_type);
        diagnostics.error_at(Path::root().attribute("enable"), "Guardrail of another resource", detail);
    }
}

/// Policies that hold for nothing are nothing.
pub(super) fn some_targets(targets: &Value<BTreeSet<Text<PolicyTarget>>>, diagnostics: &mut Diagnostics) {
    if targets.known().is_some_and(BTreeSet::is_empty) {
        let detail =
            "Name what the policies hold for: paths of organizational units, account ids, or `Root`.";
        diagnostics.error_at(Path::root().attribute("targets"), "No targets", detail);
    }
}

/// The text as a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!', '"', ']']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
