//! Inputs that are outputs of other units.
//!
//! Under Terragrunt each is a `dependency`, with mocks that only `init` and `validate` may use. Under Terraform it is a
//! data source that finds what the other unit made by its ownership tags, or, where there is none, a parameter of AWS
//! Systems Manager that the other unit publishes. No unit of Terraform reads another one's state.

use std::collections::{BTreeMap, BTreeSet};

use hcl::expr::{FuncCall, Object, ObjectKey, Traversal, TraversalOperator, Variable};
use hcl::{Block, Body, Expression, Identifier, Value};

use super::folder;
use crate::check::{Landscape, Unit, Wire};
use crate::contract::reference::Step;
use crate::units::UnitId;

/// What all published parameters begin with.
const PARAMETERS: &str = "landform";

/// The arguments of the module, the referred ones in their places.
pub(super) fn inputs(unit: &Unit, link: impl Fn(&Wire) -> Expression) -> Vec<(String, Expression)> {
    let mut inputs: Vec<(String, Expression)> =
        unit.inputs.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    for wire in &unit.wires {
        let parts: Vec<&str> = wire.input.parts().collect();
        let Some((name, inner)) = parts.split_first() else { continue };
        match inputs.iter_mut().find(|(other, _)| other == name) {
            Some((_, value)) => put(value, inner, link(wire)),
            None => {
                let mut value = Expression::Object(Object::new());
                put(&mut value, inner, link(wire));
                inputs.push(((*name).to_owned(), value));
            }
        }
    }
    inputs
}

fn put(value: &mut Expression, path: &[&str], link: Expression) {
    let Some((first, rest)) = path.split_first() else {
        *value = link;
        return;
    };
    if !matches!(value, Expression::Object(_)) {
        *value = Expression::Object(Object::new());
    }
    let Expression::Object(object) = value else { return };
    let is_it = |key: &ObjectKey| match key {
        ObjectKey::Identifier(name) => name.as_str() == *first,
        ObjectKey::Expression(Expression::String(name)) => name == first,
        _ => false,
    };
    if let Some(inner) = object.iter_mut().find(|(key, _)| is_it(key)).map(|(_, inner)| inner) {
        return put(inner, rest, link);
    }
    let mut inner = Expression::Object(Object::new());
    put(&mut inner, rest, link);
    object.insert(ObjectKey::Expression(Expression::String((*first).to_owned())), inner);
}

/// What each unit that is referred to is called: its name, or all of its id where two have the same name.
pub(super) fn labels(unit: &Unit) -> BTreeMap<&UnitId, String> {
    let ids: BTreeSet<&UnitId> = unit.wires.iter().map(|wire| &wire.from).collect();
    let is_alone = |id: &UnitId| ids.iter().filter(|other| other.name == id.name).count() == 1;
    let label = |id: &UnitId| match is_alone(id) {
        true => id.name.to_string(),
        false => format!("{}_{}_{}", id.region, id.environment, id.name),
    };
    ids.iter().map(|id| (*id, label(id))).collect()
}

/// The blocks `dependency` of Terragrunt.
pub(super) fn dependencies(unit: &Unit) -> Vec<Block> {
    labels(unit).into_iter().map(|(id, label)| dependency(unit, id, label)).collect()
}

fn dependency(unit: &Unit, id: &UnitId, label: String) -> Block {
    let mut outputs: BTreeMap<&str, Vec<&Wire>> = BTreeMap::new();
    for wire in unit.wires.iter().filter(|wire| wire.from == *id) {
        outputs.entry(&wire.output).or_default().push(wire);
    }
    let mock = |(name, wires): (&str, Vec<&Wire>)| {
        let output = wires.first()?.kind.contract.outputs.get(name)?;
        let paths: Vec<&[Step]> = wires.iter().map(|wire| wire.path.as_slice()).collect();
        Some((name.to_owned(), output.mock(&paths)))
    };
    let mocks: hcl::Map<String, Value> = outputs.into_iter().filter_map(mock).collect();
    Block::builder("dependency")
        .add_label(label)
        .add_attribute(("config_path", way(&unit.id, id)))
        .add_attribute(("mock_outputs", Value::Object(mocks)))
        // Without this list mocks are for every command, apply included.
        .add_attribute(("mock_outputs_allowed_terraform_commands", vec!["init", "validate"]))
        // An output that is new is mocked although the others are there.
        .add_attribute(("mock_outputs_merge_strategy_with_state", "shallow"))
        .build()
}

/// The folder of one unit from that of another.
pub(super) fn way(from: &UnitId, to: &UnitId) -> String {
    let (from, to) = (folder(from), folder(to));
    let same = from.parts().zip(to.parts()).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.depth() - same);
    up.chain(to.parts().skip(same)).collect::<Vec<_>>().join("/")
}

/// The output of a dependency, in Terragrunt.
pub(super) fn of_dependency(label: &str, wire: &Wire) -> Expression {
    let root = [attribute(label), attribute("outputs"), attribute(&wire.output)];
    traversal(Variable::sanitized("dependency").into(), root.into_iter().chain(wire.path.iter().map(step)))
}

/// The same in Terraform: of a data source, or of a published parameter.
pub(super) fn of_data_source(label: &str, wire: &Wire) -> Expression {
    let path = wire.path.iter().map(step);
    match wire.kind.lookup.as_ref().filter(|_| !wire.is_published()) {
        Some(lookup) => {
            let root = [attribute(&lookup.data_source), attribute(label), attribute(&wire.output)];
            traversal(Variable::sanitized("data").into(), root.into_iter().chain(path))
        }
        None => {
            let parameter = format!("{label}_{}", wire.output);
            let root = [attribute("aws_ssm_parameter"), attribute(&parameter), attribute("value")];
            // The provider calls every parameter a secret; what is published is none.
            let value = call("nonsensitive", traversal(Variable::sanitized("data").into(), root));
            traversal(call("jsondecode", value), path)
        }
    }
}

/// The file of a Terraform unit that finds what it refers to.
pub(super) fn data_sources(landscape: &Landscape, unit: &Unit) -> Body {
    let labels = labels(unit);
    let mut blocks = BTreeMap::new();
    for wire in &unit.wires {
        let (Some(label), Some(entry)) =
            (labels.get(&wire.from), landscape.ledger.units.get(&wire.from.to_string()))
        else {
            continue;
        };
        match wire.kind.lookup.as_ref().filter(|_| !wire.is_published()) {
            Some(lookup) => {
                let values = [
                    ("account_id", unit.provider.account_id.as_str()),
                    ("region", wire.from.region.as_str()),
                    ("name", entry.name.as_str()),
                    ("stack", entry.stack.as_str()),
                ];
                let mut block =
                    Block::builder("data").add_label(lookup.data_source.as_str()).add_label(label.as_str());
                for (name, value) in values.into_iter().filter(|(name, _)| lookup.arguments.contains(*name)) {
                    block = block.add_attribute((name, value));
                }
                blocks.insert(label.clone(), block.build());
            }
            None => {
                let name = format!("{label}_{}", wire.output);
                let mut block =
                    Block::builder("data").add_label("aws_ssm_parameter").add_label(name.as_str());
                if wire.from.region != unit.id.region {
                    block = block.add_attribute(("provider", of_region(&wire.from)));
                }
                block = block.add_attribute(("name", parameter(entry.stack.as_str(), &wire.output)));
                blocks.insert(name, block.build());
            }
        }
    }
    blocks.into_values().collect()
}

/// The other regions in which the unit reads published parameters.
pub(super) fn other_regions(unit: &Unit) -> BTreeSet<&UnitId> {
    let mut seen = BTreeSet::new();
    let others = unit.wires.iter().filter(|wire| wire.is_published() && wire.from.region != unit.id.region);
    others.map(|wire| &wire.from).filter(|id| seen.insert(&id.region)).collect()
}

/// `aws.eu_west_1`.
fn of_region(id: &UnitId) -> Expression {
    traversal(Variable::sanitized("aws").into(), [attribute(&alias(id))])
}

/// The alias of the provider of a region, such as `eu_west_1`.
pub(super) fn alias(id: &UnitId) -> String {
    id.region.as_str().replace('-', "_")
}

/// The file of a Terraform unit that publishes its outputs.
pub(super) fn parameters(unit: &Unit) -> Body {
    let parameter = |output: &String| {
        let root = [attribute(&unit.kind.name), attribute(output)];
        let value = traversal(Variable::sanitized("module").into(), root);
        Block::builder("resource")
            .add_label("aws_ssm_parameter")
            .add_label(output.as_str())
            .add_attribute(("name", parameter(unit.provider.stack.as_str(), output)))
            .add_attribute(("type", "String"))
            .add_attribute(("value", call("jsonencode", value)))
            .build()
    };
    unit.published.iter().map(parameter).collect()
}

fn parameter(stack: &str, output: &str) -> String {
    format!("/{PARAMETERS}/{stack}/{output}")
}

fn attribute(name: &str) -> TraversalOperator {
    TraversalOperator::GetAttr(Identifier::sanitized(name))
}

/// A key that is no identifier is an index.
fn step(step: &Step) -> TraversalOperator {
    match step {
        Step::Key(key) => match Identifier::new(key.as_str()) {
            Ok(name) => TraversalOperator::GetAttr(name),
            Err(_) => TraversalOperator::Index(Expression::String(key.clone())),
        },
        Step::Index(index) => TraversalOperator::Index(Expression::Number((*index).into())),
    }
}

fn traversal(root: Expression, way: impl IntoIterator<Item = TraversalOperator>) -> Expression {
    let operators: Vec<TraversalOperator> = way.into_iter().collect();
    if operators.is_empty() { root } else { Traversal::new(root, operators).into() }
}

fn call(name: &str, argument: Expression) -> Expression {
    FuncCall::builder(Identifier::sanitized(name)).arg(argument).build().into()
}
