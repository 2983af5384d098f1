//! References: which output of which unit each is, and that its type fits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::kinds::Kinds;
use crate::contract::Type;
use crate::contract::reference::{Reference, Step};
use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::{Estate, InputPath};
use crate::units::{self, Kind, Placed, UnitId};

/// An input that is an output of another unit of the same account.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// The input, or an attribute in it.
    pub input: InputPath,
    /// The other unit.
    pub from: UnitId,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Its output.
    pub output: String,
    /// The way into the output.
    pub path: Vec<Step>,
}

impl Wire {
    /// Whether the other unit has to publish the output, because nothing finds what it made.
    pub fn is_published(&self) -> bool {
        !self.kind.lookup.as_ref().is_some_and(|lookup| lookup.outputs.contains(&self.output))
    }
}

/// The references of each unit that has some, in the order of its inputs.
pub(super) type Wires = BTreeMap<UnitId, Vec<Wire>>;

/// All references, or what is wrong with them.
pub(super) fn check(estate: &Estate, kinds: &Kinds, problems: &mut Vec<Problem>) -> Wires {
    let mut wires = Wires::new();
    if estate.units.iter().all(|unit| unit.references.is_empty()) {
        return wires;
    }
    let ids: BTreeMap<String, (UnitId, &str)> = units::all(estate)
        .map(|(_, unit)| (UnitId::of(unit), unit.kind()))
        .map(|(id, kind)| (id.to_string(), (id, kind)))
        .collect();
    for (at, unit) in units::all(estate) {
        let Some(references) = unit.references().filter(|it| !it.is_empty()) else { continue };
        let own = UnitId::of(unit);
        let mut found = Vec::new();
        for (input, reference) in references {
            let at = at.field("references").field(input);
            match wire(unit, input, reference, &ids, kinds, &at) {
                Ok(wire) => found.extend(wire),
                Err(problem) => problems.push(*problem),
            }
        }
        wires.insert(own, found);
    }
    wires
}

/// None when the kind of the other unit is not known, which is told elsewhere.
fn wire(
    unit: &dyn Placed,
    input: &InputPath,
    reference: &Reference,
    ids: &BTreeMap<String, (UnitId, &str)>,
    kinds: &Kinds,
    at: &SpecPath,
) -> Result<Option<Wire>, Box<Problem>> {
    let named = reference.from.as_str();
    let UnitId { account, region, environment, .. } = UnitId::of(unit);
    let home = format!("{account}/{region}/{environment}");
    let full = if named.contains('/') { named.to_owned() } else { format!("{home}/{named}") };
    let from = at.field("from");
    let Some((id, kind)) = ids.get(&full) else {
        let problem = Problem::new(from, format!("there is no unit `{full}`"));
        let near = nearest(&full, ids.keys().map(String::as_str));
        let near = near.map(|it| it.strip_prefix(&format!("{home}/")).unwrap_or(it));
        return Err(Box::new(match near {
            Some(other) => problem.hint(format!("did you mean `{other}`?")),
            None => problem.hint(
                "write a name of this account, region and environment, or `account/region/environment/name`",
            ),
        }));
    };
    if id.account != account {
        let problem =
            Problem::new(from, format!("`{full}` is in another account, whose state no unit reads"));
        return Err(Box::new(problem.hint(
            "let the module find it by a data source, and write the unit into `after` for the order",
        )));
    }
    let Some(kind) = kinds.get(*kind) else { return Ok(None) };
    let output = reference.output.as_str();
    let Some(found) = kind.contract.outputs.get(output) else {
        let problem =
            Problem::new(at.field("output"), format!("the kind `{}` has no output `{output}`", kind.name));
        let known: Vec<&str> = kind.contract.outputs.keys().map(String::as_str).collect();
        return Err(Box::new(match nearest(output, known.iter().copied()) {
            Some(other) => problem.hint(format!("did you mean `{other}`?")),
            None if known.is_empty() => {
                problem.hint(format!("declare it in `outputs` of the module `{}`", kind.name))
            }
            None => problem.hint(format!("its outputs are {}", known.join(", "))),
        }));
    };
    if found.is_sensitive {
        let problem = Problem::new(at.field("output"), format!("the output `{output}` is sensitive"));
        return Err(Box::new(
            problem.hint("let the module read the secret from where it is kept, such as Secrets Manager"),
        ));
    }
    let Some(whole) = &found.ty else {
        let problem =
            Problem::new(at.field("output"), format!("nobody says what type the output `{output}` has"));
        return Err(Box::new(problem.hint(format!(
            "write it into `outputs` of the module `{}`, such as `{output}: string`",
            kind.name
        ))));
    };
    let ty = way(reference, whole, at)?;
    if let Some(asked) = kinds.get(unit.kind()).and_then(|own| asked(own, input)) {
        let asked = asked.map_err(|problem| Box::new(problem(at)))?;
        if !asked.accepts(ty) {
            let message = format!("this is of type {ty}, and the input `{input}` is of type {asked}");
            return Err(Box::new(
                Problem::new(at.clone(), message).hint("choose another output, or another `path` into it"),
            ));
        }
    }
    let (from, output, path) = (id.clone(), output.to_owned(), reference.path.clone());
    Ok(Some(Wire { input: input.clone(), from, kind: kind.clone(), output, path }))
}

/// The type at the end of the path.
fn way<'a>(reference: &Reference, of: &'a Type, at: &SpecPath) -> Result<&'a Type, Box<Problem>> {
    let mut ty = of;
    for (index, step) in reference.path.iter().enumerate() {
        ty = ty.step(step).ok_or_else(|| {
            let what = match step {
                Step::Key(key) => format!("there is no `{key}`"),
                Step::Index(index) => format!("there is no element {index}"),
            };
            let problem =
                Problem::new(at.field("path").index(index), format!("{what} in a value of type {ty}"));
            Box::new(problem.hint(format!("the output `{}` is of type {of}", reference.output)))
        })?;
    }
    Ok(ty)
}

type ProblemAt = Box<dyn FnOnce(&SpecPath) -> Problem>;

/// The type of an input, or of an attribute in it; none when it is not known, or told elsewhere.
fn asked(kind: &Kind, input: &InputPath) -> Option<Result<Type, ProblemAt>> {
    let mut parts = input.parts();
    let mut ty = &kind.contract.inputs.get(parts.next()?)?.ty;
    for part in parts {
        let step = Step::Key(part.to_owned());
        match ty.step(&step) {
            Some(inner) => ty = inner,
            None => {
                let message = format!("there is no `{part}` in a value of type {ty}");
                let known: Vec<&str> = match ty {
                    Type::Object(attributes) => attributes.keys().map(String::as_str).collect(),
                    _ => Vec::new(),
                };
                let hint = nearest(part, known).map(|other| format!("did you mean `{other}`?"));
                return Some(Err(Box::new(move |at: &SpecPath| {
                    let problem = Problem::new(at.clone(), message).of_key();
                    hint.into_iter().fold(problem, Problem::hint)
                })));
            }
        }
    }
    Some(Ok(ty.clone()))
}

/// The outputs that each unit has to publish.
pub(super) fn published(wires: &Wires) -> BTreeMap<UnitId, BTreeSet<String>> {
    let mut published: BTreeMap<UnitId, BTreeSet<String>> = BTreeMap::new();
    for wire in wires.values().flatten().filter(|wire| wire.is_published()) {
        published.entry(wire.from.clone()).or_default().insert(wire.output.clone());
    }
    published
}
