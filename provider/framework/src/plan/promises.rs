//! What is promised of values that are known only after apply.

use tfplugin_proto::cty::{Refinement, Value};

use super::transform::{Elements, attribute_of, index_of};
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};

/// `planned` with the promises of the schema about every unknown value that the configuration leaves to the provider,
/// in computed objects too. The promises come from the schema alone, so the plan before apply makes the same ones.
pub(super) fn promise(schema: &ObjectSchema, planned: Value, config: &Value) -> Value {
    let Value::Object(mut attributes) = planned else { return planned };
    for (name, schema) in &schema.attributes {
        if let Some(value) = attributes.remove(name) {
            attributes.insert(name.clone(), attribute(schema, value, attribute_of(config, name)));
        }
    }
    Value::Object(attributes)
}

fn attribute(schema: &AttributeSchema, planned: Value, config: &Value) -> Value {
    match (planned, &schema.shape) {
        (Value::Unknown(known), _) if schema.computed && config.is_null() => {
            Value::Unknown(narrowed(known, &schema.promise))
        }
        (planned, Shape::Nested(nesting, object)) => nested(*nesting, object, planned, config),
        (planned, Shape::Deep(_, object)) if config.is_null() => deep(object, planned),
        (planned, _) => planned,
    }
}

fn nested(nesting: Nesting, schema: &ObjectSchema, planned: Value, config: &Value) -> Value {
    match (nesting, planned) {
        (Nesting::Single, planned) => promise(schema, planned, config),
        (Nesting::List, Value::List(elements)) => {
            let element = |(index, value)| promise(schema, value, index_of(config, index));
            Value::List(elements.into_iter().enumerate().map(element).collect())
        }
        (Nesting::Map, Value::Map(elements)) => {
            let element = |(key, value): (String, Value)| {
                let value = promise(schema, value, attribute_of(config, &key));
                (key, value)
            };
            Value::Map(elements.into_iter().map(element).collect())
        }
        (Nesting::Set, Value::Set(elements)) => {
            let config = Elements::of(schema, config);
            let element = |value: Value| {
                let config = config.behind(schema, &value);
                promise(schema, value, config)
            };
            Value::Set(elements.into_iter().map(element).collect())
        }
        (_, planned) => planned,
    }
}

/// Objects in collections of collections, all of which are computed.
fn deep(schema: &ObjectSchema, planned: Value) -> Value {
    let all = |elements: Vec<Value>| elements.into_iter().map(|value| deep(schema, value)).collect();
    match planned {
        Value::Object(_) => promise(schema, planned, &Value::Null),
        Value::List(elements) => Value::List(all(elements)),
        Value::Set(elements) => Value::Set(all(elements)),
        Value::Map(elements) => {
            Value::Map(elements.into_iter().map(|(key, value)| (key, deep(schema, value))).collect())
        }
        planned => planned,
    }
}

/// Both promises. Terraform accepts no plan before apply that promises less than the first one did.
fn narrowed(mut known: Refinement, promise: &Refinement) -> Refinement {
    known.not_null |= promise.not_null;
    let length = |prefix: &Option<String>| prefix.as_ref().map_or(0, String::len);
    if length(&promise.prefix) > length(&known.prefix) {
        known.prefix.clone_from(&promise.prefix);
    }
    known
}
