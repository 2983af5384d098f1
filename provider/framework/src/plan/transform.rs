//! A walk over an object that is being planned, with the configuration and the prior state beside it.

use std::collections::BTreeMap;

use tfplugin_proto::cty::Value;

use crate::Path;
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};

/// One attribute on the walk.
pub(super) struct Here<'a> {
    pub(super) schema: &'a AttributeSchema,
    pub(super) path: &'a Path,
    pub(super) planned: &'a Value,
    /// Null where the configuration has nothing.
    pub(super) config: &'a Value,
    /// Null where the prior state has nothing.
    pub(super) prior: &'a Value,
    /// The object that the attribute belongs to is not in the prior state.
    pub(super) is_new: bool,
}

/// Calls `visit` for every attribute, outer ones first, and puts its answer in the place of the planned value. `None`
/// leaves the value and goes on to what is nested in it, where the configuration has something there.
pub(super) fn transform(
    schema: &ObjectSchema,
    planned: Value,
    config: &Value,
    prior: &Value,
    visit: &mut dyn FnMut(&Here<'_>) -> Option<Value>,
) -> Value {
    object(schema, planned, config, prior, &Path::root(), visit)
}

type Visit<'a> = &'a mut dyn FnMut(&Here<'_>) -> Option<Value>;

fn object(
    schema: &ObjectSchema,
    planned: Value,
    config: &Value,
    prior: &Value,
    path: &Path,
    visit: Visit<'_>,
) -> Value {
    let Value::Object(mut attributes) = planned else { return planned };
    let is_new = prior.is_null();
    for (name, schema) in &schema.attributes {
        let value = attributes.remove(name).unwrap_or(Value::Null);
        let path = path.attribute(name);
        let (config, prior) = (attribute_of(config, name), attribute_of(prior, name));
        let here = Here { schema, path: &path, planned: &value, config, prior, is_new };
        let value = match visit(&here) {
            Some(answer) => answer,
            None => inside(&schema.shape, value, config, prior, &path, visit),
        };
        attributes.insert(name.clone(), value);
    }
    Value::Object(attributes)
}

/// Goes on into nested objects.
fn inside(
    shape: &Shape,
    planned: Value,
    config: &Value,
    prior: &Value,
    path: &Path,
    visit: Visit<'_>,
) -> Value {
    let Shape::Nested(nesting, schema) = shape else { return planned };
    if config.is_null() || config.is_unknown() {
        return planned;
    }
    match (nesting, planned) {
        (Nesting::Single, planned) => object(schema, planned, config, prior, path, visit),
        (Nesting::List, Value::List(elements)) => {
            let element = |(index, value): (usize, Value)| {
                let (config, prior) = (index_of(config, index), index_of(prior, index));
                object(schema, value, config, prior, &path.index(index), &mut *visit)
            };
            Value::List(elements.into_iter().enumerate().map(element).collect())
        }
        (Nesting::Map, Value::Map(elements)) => {
            let element = |(key, value): (String, Value)| {
                let (config, prior) = (key_of(config, &key), key_of(prior, &key));
                let value = object(schema, value, config, prior, &path.key(&key), &mut *visit);
                (key, value)
            };
            Value::Map(elements.into_iter().map(element).collect())
        }
        (Nesting::Set, Value::Set(elements)) => {
            let (config, prior) = (Elements::of(schema, config), Elements::of(schema, prior));
            let element = |value: Value| {
                let config = config.behind(schema, &value);
                let prior = prior.before(schema, &value, config);
                object(schema, value, config, prior, &path.element(), &mut *visit)
            };
            Value::Set(elements.into_iter().map(element).collect())
        }
        (_, planned) => planned,
    }
}

pub(super) fn attribute_of<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Object(attributes) | Value::Map(attributes) => attributes.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

fn key_of<'a>(value: &'a Value, key: &str) -> &'a Value {
    attribute_of(value, key)
}

pub(super) fn index_of(value: &Value, index: usize) -> &Value {
    match value {
        Value::List(elements) => elements.get(index).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

/// Elements of a set, and how their model writes them: that tells which one is which.
pub(super) struct Elements<'a> {
    written: &'a [Value],
    respelled: Vec<Value>,
}

impl<'a> Elements<'a> {
    pub(super) fn of(schema: &ObjectSchema, set: &'a Value) -> Elements<'a> {
        let written = match set {
            Value::Set(elements) | Value::List(elements) => elements.as_slice(),
            _ => &[],
        };
        Elements { written, respelled: written.iter().map(|value| schema.respelled.of(value)).collect() }
    }

    /// The element that `value` is made from: of those whose set attributes are all in `value`, the one that has most.
    pub(super) fn behind(&self, schema: &ObjectSchema, value: &Value) -> &'a Value {
        let value = schema.respelled.of(value);
        self.best(|element| covers(element, &value).then(|| in_common(element, &value)))
    }

    /// The element that was there before `value`, which is made from `config`: of those that have all set attributes of
    /// `config`, the one that has most in common with `value`. Before nothing there was none.
    fn before(&self, schema: &ObjectSchema, value: &Value, config: &Value) -> &'a Value {
        if config.is_null() {
            return &Value::Null;
        }
        let (value, config) = (schema.respelled.of(value), schema.respelled.of(config));
        self.best(|element| covers(&config, element).then(|| in_common(element, &value)))
    }

    /// The first of the elements with the highest score.
    fn best(&self, score: impl Fn(&Value) -> Option<usize>) -> &'a Value {
        let scored = self.written.iter().zip(&self.respelled).rev();
        let scored = scored.filter_map(|(written, respelled)| Some((score(respelled)?, written)));
        scored.max_by_key(|(score, _)| *score).map_or(&Value::Null, |(_, written)| written)
    }
}

/// How many attributes are set in both and equal.
pub(super) fn in_common(a: &Value, b: &Value) -> usize {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.iter().filter(|(name, value)| !value.is_null() && b.get(*name) == Some(*value)).count()
        }
        _ => 0,
    }
}

/// Whether everything that is set in `config` has that same value in `full`.
fn covers(config: &Value, full: &Value) -> bool {
    let each = |config: &BTreeMap<String, Value>, full: &BTreeMap<String, Value>| {
        config.iter().all(|(name, value)| full.get(name).is_some_and(|full| covers(value, full)))
    };
    match (config, full) {
        (Value::Null, _) => true,
        (Value::Object(config), Value::Object(full)) => each(config, full),
        (config, full) => config == full,
    }
}
