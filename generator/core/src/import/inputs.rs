//! The inputs of a unit: values, and outputs of other units.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, TraversalOperator};

use super::Note;
use super::evaluate::Scope;
use super::place::joined;
use crate::contract::Argument;
use crate::contract::Type;
use crate::contract::reference::{Identifier, Reference, Step};
use crate::spec::{Estate, ModuleUnit, OutputType};
use crate::units::UnitId;

/// What a unit gives to its module, as far as it was understood.
#[derive(Default)]
pub(super) struct Inputs {
    values: BTreeMap<String, Argument>,
    /// Input to folder, output and path.
    links: BTreeMap<String, (String, String, Vec<Step>)>,
    /// Folders of units that come before.
    pub(super) after: Vec<String>,
    lost: Vec<String>,
}

impl Inputs {
    /// Takes in one input. `dependencies` are the folders that blocks `dependency` name.
    pub(super) fn add(
        &mut self,
        scope: &Scope<'_>,
        name: &str,
        expression: &Expression,
        dependencies: &BTreeMap<String, String>,
    ) {
        if let Some(link) = link(scope, expression, dependencies) {
            self.links.insert(name.to_owned(), link);
        } else if let Some(value) = scope.evaluate(expression) {
            self.values.insert(name.to_owned(), value);
        } else {
            self.lost
                .push(format!("the input `{name}` is not known from the files: `{}`", short(expression)));
        }
    }

    /// Puts all of it into the unit.
    pub(super) fn write(
        self,
        folder: &str,
        units: &BTreeMap<String, UnitId>,
        unit: &mut ModuleUnit,
        notes: &mut Vec<Note>,
    ) {
        let mut lost = self.lost;
        for (name, value) in self.values {
            match name.parse::<Identifier>() {
                Ok(input) => drop(unit.inputs.insert(input, value)),
                Err(error) => lost.push(error.to_string()),
            }
        }
        for (name, (target, output, path)) in self.links {
            let Some(id) = units.get(&target) else {
                lost.push(format!("the input `{name}` is an output of `{target}`, which is no unit"));
                continue;
            };
            if id.account != unit.account {
                lost.push(format!("the input `{name}` is an output of `{id}`, which is in another account"));
                push_after(unit, id);
                continue;
            }
            let (Ok(input), Ok(output), Ok(from)) = (name.parse(), output.parse(), id.stack()) else {
                lost.push(format!("the input `{name}`"));
                continue;
            };
            unit.references.insert(input, Reference { from, output, path });
        }
        for target in self.after {
            match units.get(&target) {
                Some(id) => push_after(unit, id),
                None => lost.push(format!("it comes after `{target}`, which is no unit")),
            }
        }
        notes.extend(lost.into_iter().map(|what| Note { path: folder.to_owned(), what }));
    }
}

fn push_after(unit: &mut ModuleUnit, id: &UnitId) {
    if let Ok(stack) = id.stack().map_err(drop)
        && !unit.after.contains(&stack)
    {
        unit.after.push(stack);
    }
}

fn short(expression: &Expression) -> String {
    let text = expression.to_string();
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 { line.chars().take(60).collect::<String>() + "…" } else { line }
}

/// `dependency.vpc.outputs.subnet_ids["private"]`.
fn link(
    scope: &Scope<'_>,
    expression: &Expression,
    dependencies: &BTreeMap<String, String>,
) -> Option<(String, String, Vec<Step>)> {
    let Expression::Traversal(traversal) = expression else { return None };
    let Expression::Variable(root) = &traversal.expr else { return None };
    if root.value().as_str() != "dependency" {
        return None;
    }
    let mut steps = traversal.operators.iter().map(|operator| step(scope, operator.value()));
    let (Some(Step::Key(label)), Some(Step::Key(outputs)), Some(Step::Key(output))) =
        (steps.next()??.into(), steps.next()??.into(), steps.next()??.into())
    else {
        return None;
    };
    if outputs != "outputs" {
        return None;
    }
    Some((dependencies.get(&label)?.clone(), output, steps.collect::<Option<_>>()?))
}

fn step(scope: &Scope<'_>, operator: &TraversalOperator) -> Option<Step> {
    match operator {
        TraversalOperator::GetAttr(name) => Some(Step::Key(name.as_str().to_owned())),
        TraversalOperator::LegacyIndex(index) => Some(Step::Index(*index.value())),
        TraversalOperator::Index(key) => match scope.evaluate(key)? {
            Argument::Text(text) => Some(Step::Key(text)),
            Argument::Number(number) => number.as_u64().map(Step::Index),
            _ => None,
        },
        _ => None,
    }
}

/// The folders that the blocks `dependency` of a file name, by label.
pub(super) fn dependencies(scope: &Scope<'_>) -> BTreeMap<String, String> {
    let blocks = scope.files.body(scope.file).into_iter().flat_map(|body| body.get_blocks("dependency"));
    blocks
        .filter_map(|block| {
            let label = block.labels.first()?.as_str().to_owned();
            match scope.evaluate(&block.body.get_attribute("config_path")?.value)? {
                Argument::Text(path) => Some((label, joined(scope.unit, &path)?)),
                _ => None,
            }
        })
        .collect()
}

/// Gives each output that is referred to a type, so that the spec is whole. Nothing in a tree says which.
pub(super) fn declare_outputs(estate: &mut Estate, notes: &mut Vec<Note>) {
    let kinds: BTreeMap<String, String> =
        estate.units.iter().map(|unit| (UnitId::of(unit).to_string(), unit.kind.to_string())).collect();
    for unit in &estate.units {
        for reference in unit.references.values() {
            let Some(kind) = kinds.get(reference.from.as_str()) else { continue };
            let found = estate.modules.iter_mut().find(|(name, _)| name.as_str() == kind);
            let Some((name, module)) = found else { continue };
            let is_new = module.outputs.insert(reference.output.clone(), OutputType(Type::Any)).is_none();
            if is_new {
                let what = format!(
                    "the output `{}` of the module `{name}` is taken as `any`: write its type",
                    reference.output
                );
                notes.push(Note { path: module.source.to_string(), what });
            }
        }
    }
}
