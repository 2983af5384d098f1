//! Layers applied to the tree of a spec, before it becomes types: each value keeps the place that it is from.

use std::collections::BTreeMap;

use super::node::{Key, Node, Value};
use super::place::Place;
use crate::problem::SpecPath;

/// Which layer did what to a value, weak to strong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The layer, such as `environment prod`.
    pub(super) layer: String,
    /// `set`, `remove`, `append` or `merge`.
    pub(super) operation: &'static str,
    pub(super) place: Place,
}

/// The changes of each value that a layer had a part in.
pub(super) type History = BTreeMap<SpecPath, Vec<Change>>;

/// The lists of units that layers apply to.
const KINDS: [&str; 1] = ["networks"];
/// The order in which the operations of one layer are applied.
const OPERATIONS: [&str; 4] = ["set", "remove", "append", "merge"];

/// Adds to each unit what its layers say and it does not. What is not in the form of a layer is left for the decoder,
/// which knows the forms.
pub(super) fn apply(root: &mut Node) -> History {
    let mut history = History::new();
    let Some(layers) = get(root, "layers").cloned() else { return history };
    let classes = classes(root);
    for kind in KINDS {
        let Some(units) = get_mut(root, kind) else { continue };
        let (Value::List(units) | Value::Blocks(units)) = &mut units.value else { continue };
        for (index, unit) in units.iter_mut().enumerate() {
            let at = SpecPath::root().field(kind).index(index);
            let Some(places) = places(unit, &classes) else { continue };
            let mut values: BTreeMap<String, (Place, Option<Node>, Vec<Change>)> = BTreeMap::new();
            for (layer, path) in places {
                let found = path.iter().try_fold(&layers, |node, name| get(node, name));
                let Some(fields) = found.and_then(|layer| get(layer, kind)).and_then(entries) else {
                    continue;
                };
                for (field, patch) in fields {
                    let value = values.entry(field.name.clone()).or_insert((field.place, None, Vec::new()));
                    value.0 = field.place;
                    change(patch, &layer, value);
                }
            }
            let Value::Map(own) = &mut unit.value else { continue };
            for (field, (place, value, changes)) in values {
                let is_own = own.iter().any(|(key, _)| key.name == field);
                if let (false, Some(value)) = (is_own, value) {
                    history.insert(at.field(&field), changes);
                    own.push((Key { name: field, place }, value));
                }
            }
        }
    }
    history
}

/// The layers of a unit by name and by their place among the layers, weak to strong.
fn places(unit: &Node, classes: &BTreeMap<String, String>) -> Option<Vec<(String, Vec<String>)>> {
    let name = |field: &str| get(unit, field).and_then(text).map(str::to_owned);
    let (account, region, environment) = (name("account"), name("region"), name("environment"));
    let class = account.as_ref().and_then(|account| classes.get(account)).cloned();
    let mut places = vec![("organization".to_owned(), vec!["organization".to_owned()])];
    for (layer, list, name) in [
        ("class", "classes", class),
        ("account", "accounts", account),
        ("region", "regions", region),
        ("environment", "environments", environment),
    ] {
        places.extend(name.map(|name| (format!("{layer} {name}"), vec![list.to_owned(), name])));
    }
    entries(unit).map(|_| places)
}

fn classes(root: &Node) -> BTreeMap<String, String> {
    let accounts = get(root, "accounts").and_then(entries).into_iter().flatten();
    accounts
        .filter_map(|(name, account)| Some((name.name.clone(), text(get(account, "class")?)?.to_owned())))
        .collect()
}

/// The operations of one layer on one value.
fn change(patch: &Node, layer: &str, (_, value, changes): &mut (Place, Option<Node>, Vec<Change>)) {
    for operation in OPERATIONS {
        let Some(operand) = get(patch, operation) else { continue };
        let before = value.take();
        *value = match (operation, before) {
            ("set", _) | ("append" | "merge", None) => Some(operand.clone()),
            ("remove", Some(before)) => Some(without(before, operand)),
            ("append" | "merge", Some(before)) => Some(with(before, operand)),
            (_, before) => before,
        };
        changes.push(Change { layer: layer.to_owned(), operation, place: operand.place });
    }
}

fn without(mut node: Node, operand: &Node) -> Node {
    let names: Vec<&str> = match &operand.value {
        Value::List(names) => names.iter().filter_map(text).collect(),
        _ => Vec::new(),
    };
    match &mut node.value {
        Value::List(elements) => {
            elements.retain(|element| text(element).is_none_or(|name| !names.contains(&name)));
        }
        Value::Map(map) => map.retain(|(key, _)| !names.contains(&key.name.as_str())),
        _ => {}
    }
    node
}

fn with(mut node: Node, operand: &Node) -> Node {
    match (&mut node.value, &operand.value) {
        (Value::List(elements), Value::List(more)) => {
            for element in more {
                let is_there =
                    elements.iter().any(|other| text(element).is_some() && text(other) == text(element));
                if !is_there {
                    elements.push(element.clone());
                }
            }
        }
        (Value::Map(map), Value::Map(more)) => {
            for (key, value) in more {
                map.retain(|(other, _)| other.name != key.name);
                map.push((key.clone(), value.clone()));
            }
        }
        // The decoder says what is wrong with it.
        _ => return operand.clone(),
    }
    node
}

fn entries(node: &Node) -> Option<&Vec<(Key, Node)>> {
    match &node.value {
        Value::Map(map) => Some(map),
        Value::Blocks(blocks) => blocks.first().and_then(entries),
        _ => None,
    }
}

fn get<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    entries(node)?.iter().find(|(key, _)| key.name == name).map(|(_, value)| value)
}

fn get_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    match &mut node.value {
        Value::Map(map) => map.iter_mut().find(|(key, _)| key.name == name).map(|(_, value)| value),
        _ => None,
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
