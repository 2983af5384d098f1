//! Environments that are to be alike: they may differ only in what the spec says they may.

use std::collections::{BTreeMap, BTreeSet};

use landform_model::ResourceName;

use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::{Estate, Parity};
use crate::units::{self, Placed};

/// Units of one kind and name in one environment, each with its place in the spec.
type Alike<'a> = Vec<(SpecPath, &'a dyn Placed)>;

/// All differences that no rule allows, each at the unit of the later environment.
///
/// Units are the same in two environments when kind and name are. Where an environment has several of them, as in two
/// regions, the values that occur are compared.
pub fn parity(estate: &Estate) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, rule) in estate.parity.iter().enumerate() {
        let at = SpecPath::root().field("parity").index(index);
        let Some((first, others)) = rule.environments.split_first() else { continue };
        for other in others {
            compare(estate, rule, (first, other), &at, &mut problems);
        }
    }
    problems
}

fn compare(
    estate: &Estate,
    rule: &Parity,
    (one, other): (&ResourceName, &ResourceName),
    at: &SpecPath,
    problems: &mut Vec<Problem>,
) {
    let (ones, others) = (units_of(estate, one), units_of(estate, other));
    let names: BTreeSet<&(&str, &ResourceName)> = ones.keys().chain(others.keys()).collect();
    for name @ (kind, unit) in names {
        if rule.except.contains(unit) {
            continue;
        }
        match (ones.get(name), others.get(name)) {
            (Some(left), Some(right)) => fields(rule, (one, left), (other, right), problems),
            (left, _) => {
                let (has, lacks) = if left.is_some() { (one, other) } else { (other, one) };
                let message =
                    format!("the environment `{lacks}` has no {kind} `{unit}`, and `{has}` has one");
                let problem = Problem::new(at.field("environments"), message);
                let there = left.or(others.get(name)).and_then(|units| units.first());
                let problem = match there {
                    Some((place, _)) => problem.related(place.field("name"), "it is here"),
                    None => problem,
                };
                problems.push(problem.hint(format!("add it, or write `{unit}` into `except` of the rule")));
            }
        }
    }
}

fn fields(
    rule: &Parity,
    (one, left): (&ResourceName, &Alike<'_>),
    (other, right): (&ResourceName, &Alike<'_>),
    problems: &mut Vec<Problem>,
) {
    let (left_values, right_values) = (values(left), values(right));
    let names: BTreeSet<&String> = left_values.keys().chain(right_values.keys()).collect();
    for field in names.into_iter().filter(|field| !rule.may_differ.contains(field)) {
        let (left_value, right_value) = (left_values.get(field), right_values.get(field));
        if left_value == right_value {
            continue;
        }
        let (Some((left_at, _)), Some((right_at, unit))) = (left.first(), right.first()) else { continue };
        let message = format!(
            "`{field}` of {} `{}` is {} in `{other}`, and {} in `{one}`",
            unit.kind(),
            unit.name(),
            shown(right_value),
            shown(left_value)
        );
        problems.push(
            Problem::new(right_at.field(field), message)
                .related(left_at.field(field), format!("that of `{one}`"))
                .hint(format!("make them the same, or write `{field}` into `may_differ` of the rule")),
        );
    }
}

fn units_of<'a>(
    estate: &'a Estate,
    environment: &ResourceName,
) -> BTreeMap<(&'a str, &'a ResourceName), Alike<'a>> {
    let mut found: BTreeMap<_, Alike<'a>> = BTreeMap::new();
    for (at, unit) in units::all(estate).filter(|(_, unit)| unit.environment() == environment) {
        found.entry((unit.kind(), unit.name())).or_default().push((at, unit));
    }
    found
}

/// The values of each field that occur, as text in one form.
fn values(units: &Alike<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, unit) in units {
        for (name, value) in unit.inputs().unwrap_or_default() {
            values.entry(name).or_default().insert(value.to_string());
        }
    }
    values
}

fn shown(values: Option<&BTreeSet<String>>) -> String {
    values.map(|values| values.iter().cloned().collect::<Vec<_>>().join(" or ")).unwrap_or_default()
}

/// What is wrong with the rules themselves.
pub(super) fn check(estate: &Estate, problems: &mut Vec<Problem>) {
    let known: BTreeSet<String> = units::all(estate)
        .flat_map(|(_, unit)| unit.inputs().unwrap_or_default().into_iter())
        .map(|(name, _)| name)
        .collect();
    for (index, rule) in estate.parity.iter().enumerate() {
        let at = SpecPath::root().field("parity").index(index);
        for (index, name) in rule.environments.iter().enumerate() {
            let at = at.field("environments").index(index);
            let environments = estate.environments.keys().map(AsRef::as_ref);
            super::references::known(
                "environment",
                name.as_str(),
                environments,
                "environments",
                at,
                problems,
            );
        }
        if rule.environments.len() < 2 {
            let problem = Problem::new(at.field("environments"), "a rule of parity needs two environments");
            problems.push(problem.hint("name those that are to be alike, such as `[stage, prod]`"));
        }
        for (index, field) in rule.may_differ.iter().enumerate().filter(|(_, field)| !known.contains(*field))
        {
            let at = at.field("may_differ").index(index);
            let problem = Problem::new(at, format!("no unit has a field `{field}`"));
            problems.push(match nearest(field, known.iter().map(String::as_str)) {
                Some(other) => problem.hint(format!("did you mean `{other}`?")),
                None => problem
                    .hint(format!("the fields are {}", known.iter().cloned().collect::<Vec<_>>().join(", "))),
            });
        }
    }
}
