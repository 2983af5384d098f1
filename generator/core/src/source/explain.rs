//! Where each value of a unit is from.

use super::Source;
use super::place::Place;
use crate::problem::SpecPath;
use crate::spec::Estate;
use crate::units::{self, UnitId};

/// One value of a unit and where it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The field, or `inputs.` and the input.
    pub field: String,
    /// Its value as the unit has it.
    pub value: serde_json::Value,
    /// What had a part in it, weak to strong. Empty for a default.
    pub origins: Vec<Origin>,
}

/// What had a part in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `unit`, or the layer, such as `environment prod`.
    pub layer: String,
    /// What it did: `set`, `remove`, `append` or `merge`.
    pub operation: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl Source {
    /// Each field of a unit, in the order of their names; none when there is no such unit. `estate` is that of this
    /// source.
    pub fn explain(&self, estate: &Estate, unit: &str) -> Option<Vec<Explained>> {
        let (at, _) = units::all(estate).find(|(_, other)| UnitId::of(*other).to_string() == unit)?;
        // A spec is made of maps with text keys, lists and scalars, which always have a JSON form.
        let spec = serde_json::to_value(estate).unwrap_or_default();
        let fields = spec.pointer(&pointer(&at))?.as_object()?;
        let mut explained = Vec::new();
        for (field, value) in fields {
            let at = at.field(field);
            match value {
                // Each input is a value of its own.
                serde_json::Value::Object(entries) if ["inputs", "references"].contains(&field.as_str()) => {
                    explained.extend(entries.iter().map(|(entry, value)| Explained {
                        field: format!("{field}.{entry}"),
                        value: value.clone(),
                        origins: self.origins(&at.field(entry)),
                    }));
                }
                value => explained.push(Explained {
                    field: field.clone(),
                    value: value.clone(),
                    origins: self.origins(&at),
                }),
            }
        }
        Some(explained)
    }

    fn origins(&self, at: &SpecPath) -> Vec<Origin> {
        if let Some(changes) = self.history.get(at) {
            let origin =
                |change: &super::layers::Change| origin(&change.layer, change.operation, change.place);
            return changes.iter().map(origin).collect();
        }
        let parent = at.parent().map(|parent| self.root.locate(&parent));
        match self.root.locate(at) {
            // Not there: the way ends at the unit itself.
            found if Some(found) == parent => Vec::new(),
            (key, value) => vec![origin("unit", "set", key.unwrap_or(value))],
        }
    }
}

fn origin(layer: &str, operation: &'static str, place: Place) -> Origin {
    Origin { layer: layer.to_owned(), operation, line: place.line, column: place.column }
}

/// The path as a JSON pointer. Names of units' lists need no escapes.
fn pointer(path: &SpecPath) -> String {
    path.to_string()
        .replace(['.', '['], "/")
        .replace(']', "")
        .split('/')
        .map(|part| format!("/{part}"))
        .collect()
}
