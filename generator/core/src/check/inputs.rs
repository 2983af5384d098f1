//! What units give to their modules: each input is of its type, none is missing, and none is a secret.

use std::collections::BTreeSet;

use super::kinds::Kinds;
use crate::contract::conform::conform;
use crate::contract::reference::Step;
use crate::contract::{Argument, Contract, Input, Type};
use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::{Estate, InputPath, ModuleUnit};
use crate::units::Kind;

/// What a module gets of where its unit is, unless the unit says it itself.
pub(super) const PLACEMENT: [&str; 3] = ["account_id", "region", "name"];

/// All problems of the inputs of units whose kind is known.
pub(super) fn check(estate: &Estate, kinds: &Kinds, problems: &mut Vec<Problem>) {
    for (index, unit) in estate.units.iter().enumerate() {
        let at = SpecPath::root().field("units").index(index);
        if let Some(kind) = kinds.get(unit.kind.as_str()) {
            inputs(unit, kind, &at, problems);
        }
    }
}

fn inputs(unit: &ModuleUnit, kind: &Kind, at: &SpecPath, problems: &mut Vec<Problem>) {
    let (values, references) = (at.field("inputs"), at.field("references"));
    for path in unit.references.keys() {
        if let Some(other) = taken(unit, path, at) {
            let problem =
                Problem::new(references.field(path), format!("`{path}` has a value already")).of_key();
            problems.push(problem.related(other, "it is given here").hint("leave out one of the two"));
        }
    }
    if !kind.has_inputs {
        return;
    }
    let contract = &kind.contract;
    for (name, value) in &unit.inputs {
        match contract.inputs.get(name.as_str()) {
            None => problems.push(unknown(name.as_str(), kind, values.field(name))),
            Some(input) if input.is_sensitive => {
                let message = format!("the input `{name}` is sensitive, and a spec holds no secrets");
                problems.push(
                    Problem::new(values.field(name), message)
                        .hint("let the module read it from where it is kept, such as Secrets Manager"),
                );
            }
            Some(Input { is_nullable: false, .. }) if *value == Argument::Null => {
                let problem = Problem::new(values.field(name), format!("the input `{name}` cannot be null"));
                problems.push(problem.hint("leave it out for its default, or give it a value"));
            }
            Some(input) => conform(
                &with_references(unit, name.as_str(), value),
                &input.ty,
                &values.field(name),
                problems,
            ),
        }
    }
    let mut told = BTreeSet::new();
    for path in unit.references.keys() {
        let (name, inner) = split(path);
        match contract.inputs.get(name) {
            None => problems.push(unknown(name, kind, references.field(path))),
            Some(_) if inner.is_empty() || unit.inputs.contains_key(name) || !told.insert(name) => {}
            Some(input) if unit.references.keys().any(|other| is_lost(other, name, &input.ty)) => {}
            Some(input) => {
                // Nothing but references: what else the object needs is missing.
                let value = with_references(unit, name, &Argument::Map([].into()));
                conform(&value, &input.ty, &references.field(path), problems);
            }
        }
    }
    let given: BTreeSet<&str> = unit
        .inputs
        .keys()
        .map(AsRef::as_ref)
        .chain(unit.references.keys().map(|path| split(path).0))
        .collect();
    for (name, input) in &contract.inputs {
        if input.is_required && !given.contains(name.as_str()) && !is_placed(contract, name) {
            let problem = Problem::new(
                at.field("inputs"),
                format!("the input `{name}` is missing: {}", described(input)),
            );
            problems.push(problem.hint(format!("the kind `{}` needs it: {}", kind.name, input.ty)));
        }
    }
}

/// Whether the module gets this input of where its unit is.
pub(super) fn is_placed(contract: &Contract, name: &str) -> bool {
    PLACEMENT.contains(&name)
        && contract
            .inputs
            .get(name)
            .is_some_and(|input| matches!(input.ty, Type::Text | Type::Any) && !input.is_sensitive)
}

fn described(input: &Input) -> String {
    let first = input.description.lines().next().unwrap_or_default().trim_end_matches('.');
    if first.is_empty() { "it has no default".to_owned() } else { first.to_owned() }
}

fn unknown(name: &str, kind: &Kind, at: SpecPath) -> Problem {
    let problem = Problem::new(at, format!("the kind `{}` has no input `{name}`", kind.name)).of_key();
    let known = kind.contract.inputs.keys().map(String::as_str);
    match nearest(name, known.clone()) {
        Some(other) => problem.hint(format!("did you mean `{other}`?")),
        None => problem.hint(format!("its inputs are {}", known.collect::<Vec<_>>().join(", "))),
    }
}

/// The input that a path begins with, and the attributes in it.
fn split(path: &InputPath) -> (&str, Vec<&str>) {
    let mut parts = path.parts();
    (parts.next().unwrap_or_default(), parts.collect())
}

/// Whether the path leads to an attribute of this input that its type does not have, which is told with the reference.
fn is_lost(path: &InputPath, input: &str, ty: &Type) -> bool {
    let (name, inner) = split(path);
    name == input && inner.iter().try_fold(ty, |ty, part| ty.step(&Step::Key((*part).to_owned()))).is_none()
}

/// Where the unit gives the same value another time, as a value or as a reference to something around it.
fn taken(unit: &ModuleUnit, path: &InputPath, at: &SpecPath) -> Option<SpecPath> {
    let (name, inner) = split(path);
    let shorter = unit
        .references
        .keys()
        .find(|other| path.as_str().strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('.')));
    if let Some(other) = shorter {
        return Some(at.field("references").field(other));
    }
    let mut at = at.field("inputs").field(name);
    let mut value = unit.inputs.get(name)?;
    for part in inner {
        let Argument::Map(map) = value else { return Some(at) };
        value = map.get(part)?;
        at = at.field(part);
    }
    Some(at)
}

/// The value with null in place of each reference, so that nothing referred to counts as missing.
fn with_references(unit: &ModuleUnit, name: &str, value: &Argument) -> Argument {
    let mut value = value.clone();
    for path in unit.references.keys() {
        let (first, inner) = split(path);
        if first == name {
            set_null(&mut value, &inner);
        }
    }
    value
}

fn set_null(value: &mut Argument, path: &[&str]) {
    match (value, path) {
        (Argument::Map(map), [last]) => drop(map.insert((*last).to_owned(), Argument::Null)),
        (Argument::Map(map), [first, rest @ ..]) => {
            set_null(map.entry((*first).to_owned()).or_insert_with(|| Argument::Map([].into())), rest);
        }
        _ => {}
    }
}
