//! A spec as a tree whose every key and value knows its place, whatever the format.

use super::place::Place;
use crate::problem::{SpecPath, Step};

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// A number with a fraction, or beyond the integers: no field of a spec is either.
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// Blocks of HCL that have the same name: a list where a list is asked for, else one map.
    Blocks(Vec<Node>),
}

/// The key of a map and its place.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) place: Place,
}

/// Why a text could not be read as its format.
#[derive(Clone, Debug)]
pub(super) struct Unreadable {
    pub(super) message: String,
    pub(super) hint: Option<String>,
    pub(super) place: Option<Place>,
}

impl Unreadable {
    pub(super) fn new(message: impl Into<String>, place: impl Into<Option<Place>>) -> Self {
        Self { message: message.into(), hint: None, place: place.into() }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A key that is in its map already.
    pub(super) fn duplicate(key: &Key) -> Self {
        Self::new(format!("the key `{}` is there twice", key.name), key.place).hint("remove one of the two")
    }
}

/// The entries as a map.
pub(super) fn map(entries: Vec<(Key, Node)>) -> Result<Value, Unreadable> {
    let mut names: Vec<&Key> = entries.iter().map(|(key, _)| key).collect();
    names.sort_by(|one, other| (&one.name, one.place).cmp(&(&other.name, other.place)));
    match names
        .windows(2)
        .filter(|pair| pair[0].name == pair[1].name)
        .map(|pair| pair[1])
        .min_by_key(|key| key.place)
    {
        Some(second) => Err(Unreadable::duplicate(second)),
        None => Ok(Value::Map(entries)),
    }
}

impl Node {
    /// The node at `path`, with its key when it is in a map; or the deepest one on the way there.
    pub(super) fn locate(&self, path: &SpecPath) -> (Option<Place>, Place) {
        let (mut node, mut key) = (self, None);
        for step in path.steps() {
            let Some(next) = node.step(step) else { break };
            (node, key) = next;
        }
        (key, node.place)
    }

    fn step(&self, step: &Step) -> Option<(&Node, Option<Place>)> {
        match (&self.value, step) {
            (Value::List(list) | Value::Blocks(list), Step::Index(index)) => {
                list.get(*index).map(|next| (next, None))
            }
            (Value::Map(map), Step::Field(name)) => {
                map.iter().find(|(key, _)| key.name == *name).map(|(key, next)| (next, Some(key.place)))
            }
            (Value::Blocks(blocks), Step::Field(_)) => blocks.first().and_then(|block| block.step(step)),
            _ => None,
        }
    }
}
