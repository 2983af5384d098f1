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

/// The list of units whose layers are by kind, and in which each entry of [`MAPS`] is a value of its own.
const UNITS: &str = "units";
/// The lists of units that layers apply to.
const LISTS: [&str; 2] = ["networks", UNITS];
const MAPS: [&str; 2] = ["inputs", "references"];
/// The order in which the operations of one layer are applied.
const OPERATIONS: [&str; 4] = ["set", "remove", "append", "merge"];

/// The way to a value of a unit: its field, and the entry in it.
type Way = Vec<String>;

/// What the layers come to for one value.
struct Layered {
    /// Where the strongest of them has its key.
    place: Place,
    value: Option<Node>,
    changes: Vec<Change>,
}

/// Adds to each unit what its layers say and it does not. What is not in the form of a layer is left for the decoder,
/// which knows the forms.
pub(super) fn apply(root: &mut Node) -> History {
    let mut history = History::new();
    let Some(layers) = get(root, "layers").cloned() else { return history };
    let classes = classes(root);
    for list in LISTS {
        let Some(units) = get_mut(root, list) else { continue };
        let (Value::List(units) | Value::Blocks(units)) = &mut units.value else { continue };
        for (index, unit) in units.iter_mut().enumerate() {
            let Some(places) = places(unit, &classes) else { continue };
            let mut values: BTreeMap<Way, Layered> = BTreeMap::new();
            for (layer, path) in places {
                let found = path.iter().try_fold(&layers, |node, name| get(node, name));
                let Some(found) = found.and_then(|layer| get(layer, list)) else { continue };
                for (key, way, patch) in patches(list, unit, found) {
                    let new = Layered { place: key.place, value: None, changes: Vec::new() };
                    let value = values.entry(way).or_insert(new);
                    value.place = key.place;
                    change(patch, &layer, value);
                }
            }
            let at = SpecPath::root().field(list).index(index);
            for (way, Layered { place, value, changes }) in values {
                if let Some(value) = value.filter(|_| !is_own(unit, &way))
                    && add(unit, &way, place, value).is_some()
                {
                    history.insert(way.iter().fold(at.clone(), |at, name| at.field(name)), changes);
                }
            }
        }
    }
    history
}

/// What one layer says of a unit: for each value its key, the way to it, and the operations.
fn patches<'a>(list: &str, unit: &Node, layer: &'a Node) -> Vec<(&'a Key, Way, &'a Node)> {
    let of_kind = || get(layer, get(unit, "kind").and_then(text)?);
    let found = if list == UNITS { of_kind() } else { Some(layer) };
    let mut patches = Vec::new();
    for (key, patch) in found.and_then(entries).into_iter().flatten() {
        if list == UNITS && MAPS.contains(&key.name.as_str()) {
            let entries = entries(patch).into_iter().flatten();
            patches.extend(
                entries.map(|(entry, patch)| (entry, vec![key.name.clone(), entry.name.clone()], patch)),
            );
        } else {
            patches.push((key, vec![key.name.clone()], patch));
        }
    }
    patches
}

/// Whether the unit says itself what the value is: there, or, of an input, by the other way to give it.
fn is_own(unit: &Node, way: &[String]) -> bool {
    let has = |way: &[&str]| way.iter().try_fold(unit, |node, name| get(node, name)).is_some();
    match way {
        [field, entry] => {
            MAPS.iter().any(|map| has(&[*map, entry.as_str()])) && MAPS.contains(&field.as_str())
        }
        [field] => has(&[field.as_str()]),
        _ => true,
    }
}

/// Gives the unit a value that it has not; none when it is not in the form of a unit.
fn add(unit: &mut Node, way: &[String], place: Place, value: Node) -> Option<()> {
    let (name, before) = way.split_last()?;
    let mut map = entries_mut(unit)?;
    for field in before {
        if !map.iter().any(|(key, _)| key.name == *field) {
            let empty = Node { value: Value::Map(Vec::new()), place };
            map.push((Key { name: field.clone(), place }, empty));
        }
        let (_, next) = map.iter_mut().find(|(key, _)| key.name == *field)?;
        map = entries_mut(next)?;
    }
    map.push((Key { name: name.clone(), place }, value));
    Some(())
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
fn change(patch: &Node, layer: &str, Layered { value, changes, .. }: &mut Layered) {
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

fn entries_mut(node: &mut Node) -> Option<&mut Vec<(Key, Node)>> {
    match &mut node.value {
        Value::Map(map) => Some(map),
        Value::Blocks(blocks) => blocks.first_mut().and_then(entries_mut),
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
