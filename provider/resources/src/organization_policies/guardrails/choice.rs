//! Which guardrails a configuration chooses, filled in.

use super::super::chosen::{fill_errors, sentence, wrong_kind};
use super::super::parameters::parameters;
use super::model::{Guardrails, OwnStatements};
use landform_framework::{Diagnostics, Path, Value};
use landform_model::guardrails::lint::{grammar_faults, unknown_prefixes};
use landform_model::guardrails::{
    Filled, Guardrail, ParameterValue, Parameters, PolicyType, Profile, catalogue, choose, vocabulary,
};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of policy that a set of guardrails is made of.
pub(super) const TYPES: [PolicyType; 2] =
    [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy];

/// The parameter that names roles which guardrails leave alone.
const EXEMPT_ROLES: &str = "exempt_roles";

/// The guardrails that the configuration chooses, with their parameters; none while a part is unknown, and where something is
/// wrong. What is wrong is in `diagnostics`.
pub(super) fn chosen(set: &Guardrails, diagnostics: &mut Diagnostics) -> Option<Vec<Filled>> {
    let before = diagnostics.has_errors();
    let own = own(&set.extra, diagnostics);
    let ids = ids(set, diagnostics);
    let given = parameters(&set.parameters, &Path::root().attribute("parameters"), diagnostics);
    let (ids, given) = (ids?, given?);
    let given = with_exempt_roles(given, &ids, &set.exempt_roles)?;
    let filled = match choose(&ids, &given) {
        Ok(filled) => Some(filled),
        Err(errors) => {
            fill_errors(&errors, diagnostics);
            None
        }
    };
    let (mut filled, own) = (filled?, own?);
    if let Some(taken) = own.iter().find(|own| catalogue::find(&own.id).is_some()) {
        let path = Path::root().attribute("extra").key(&taken.id);
        diagnostics.error_at(
            path,
            "Name of a guardrail",
            "The catalogue has a guardrail of that name: give your statements another one.",
        );
    }
    filled.extend(own);
    if filled.is_empty() {
        let detail = "Set `enable`, `profile` or `extra`: a set without guardrails is nothing.";
        diagnostics.error_at(Path::root().attribute("enable"), "No guardrails", detail);
    }
    (before || !diagnostics.has_errors()).then_some(filled)
}

/// The ids from `enable`, and those of `profile` without those in `disable`.
fn ids(set: &Guardrails, diagnostics: &mut Diagnostics) -> Option<BTreeSet<String>> {
    if set.enable.is_unknown() || set.profile.is_unknown() || set.disable.is_unknown() {
        return None;
    }
    let mut ids = set.enable.known().cloned().unwrap_or_default();
    wrong_kind(&ids, true, diagnostics);
    if let Some(word) = set.profile.known() {
        let Some(profile) = profile(word) else {
            let detail = format!(
                "`{word}` is not `baseline`, `workloads` or `sandbox`. Guardrails of other profiles are enabled one by one."
            );
            diagnostics.error_at(Path::root().attribute("profile"), "Unknown profile", detail);
            return None;
        };
        let of_profile: BTreeSet<String> = catalogue::all()
            .iter()
            .filter(|guardrail| guardrail.profile == profile && guardrail.policy_type.has_statements())
            .map(|guardrail| guardrail.id.clone())
            .collect();
        let disabled = set.disable.known().cloned().unwrap_or_default();
        if let Some(other) = disabled.iter().find(|id| !of_profile.contains(*id)) {
            let known: Vec<&str> = of_profile.iter().map(String::as_str).collect();
            let detail = format!("`{other}` is not in the profile `{word}`, which has {}.", known.join(", "));
            diagnostics.error_at(Path::root().attribute("disable"), "Not in the profile", detail);
        }
        ids.extend(of_profile.difference(&disabled).cloned());
    }
    Some(ids)
}

/// The profiles that are switched on as a whole. The others are chosen one by one, each for its own reasons.
fn profile(word: &str) -> Option<Profile> {
    match word {
        "baseline" => Some(Profile::Baseline),
        "workloads" => Some(Profile::Workloads),
        "sandbox" => Some(Profile::Sandbox),
        _ => None,
    }
}

/// The parameters with further roles to leave alone, where a guardrail has roles to leave alone.
fn with_exempt_roles(
    mut given: Parameters,
    ids: &BTreeSet<String>,
    more: &Value<BTreeSet<String>>,
) -> Option<Parameters> {
    let more = match more {
        Value::Null => return Some(given),
        Value::Unknown => return None,
        Value::Known(more) => more,
    };
    let guardrails = ids.iter().filter_map(|id| catalogue::find(id));
    if !guardrails.flat_map(Guardrail::parameters).any(|name| name == EXEMPT_ROLES) {
        return Some(given);
    }
    let default = || vocabulary().get(EXEMPT_ROLES).and_then(|parameter| parameter.default.clone());
    let roles = given.remove(EXEMPT_ROLES).or_else(default);
    let mut roles: BTreeSet<String> = roles.iter().flat_map(ParameterValue::texts).collect();
    roles.extend(more.iter().cloned());
    given.insert(EXEMPT_ROLES.to_owned(), ParameterValue::List(roles.into_iter().collect()));
    Some(given)
}

/// The user's own statements; none while a part is unknown or wrong.
fn own(extra: &Value<BTreeMap<String, OwnStatements>>, diagnostics: &mut Diagnostics) -> Option<Vec<Filled>> {
    let extra = match extra {
        Value::Null => return Some(Vec::new()),
        Value::Unknown => return None,
        Value::Known(extra) => extra,
    };
    let read: Vec<Option<Filled>> =
        extra.iter().map(|(name, statements)| own_statements(name, statements, diagnostics)).collect();
    read.into_iter().collect()
}

fn own_statements(name: &str, own: &OwnStatements, diagnostics: &mut Diagnostics) -> Option<Filled> {
    let path = Path::root().attribute("extra").key(name);
    let (policy_type, text) = (own.policy_type.known()?, own.policy.known());
    let policy_type = policy_type.0;
    if !policy_type.has_statements() {
        let detail = format!(
            "`{policy_type}` is not `SERVICE_CONTROL_POLICY` or `RESOURCE_CONTROL_POLICY`: policies of settings are a `landform_organization_policy`."
        );
        diagnostics.error_at(path.attribute("policy_type"), "Not a kind of guardrail", detail);
        return None;
    }
    let path = path.attribute("policy");
    let own = match landform_model::guardrails::own(name, policy_type, text?) {
        Ok(own) => own,
        Err(error) => {
            diagnostics.error_at(path, "Not a policy", sentence(&error.to_string()));
            return None;
        }
    };
    let document = own.statements()?;
    for fault in grammar_faults(document, policy_type) {
        let said = sentence(&fault.to_string());
        if fault.is_error() {
            diagnostics.error_at(path.clone(), "AWS refuses this policy", said);
        } else {
            diagnostics.warning_at(path.clone(), "This policy may deny nothing", said);
        }
    }
    for unknown in unknown_prefixes(document) {
        diagnostics.warning_at(path.clone(), "Unknown service", sentence(&unknown.to_string()));
    }
    Some(own)
}
