//! The configuration that Terraform writes for an object it imports.

use tfplugin_proto::cty::Value;

use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};

/// What one would write to get the object `state`: without what is only computed, never stored, secret, deprecated, or
/// equal to its default. The plan of it is empty.
pub(crate) fn generated_config(schema: &ObjectSchema, state: Value) -> Value {
    let Value::Object(values) = state else { return state };
    let configured = |(name, value): (String, Value)| {
        let value = schema.attributes.get(&name).map_or(Value::Null, |attribute| written(attribute, value));
        (name, value)
    };
    Value::Object(values.into_iter().map(configured).collect())
}

fn written(schema: &AttributeSchema, value: Value) -> Value {
    let by_the_user = schema.required || schema.optional;
    if !by_the_user || schema.write_only || schema.sensitive || schema.deprecated.is_some() {
        return Value::Null;
    }
    if schema.default.as_ref() == Some(&value) {
        return Value::Null;
    }
    let Shape::Nested(nesting, object) = &schema.shape else { return value };
    let each =
        |elements: Vec<Value>| elements.into_iter().map(|value| generated_config(object, value)).collect();
    match (nesting, value) {
        (Nesting::Single, value) => generated_config(object, value),
        (Nesting::List, Value::List(elements)) => Value::List(each(elements)),
        (Nesting::Set, Value::Set(elements)) => Value::Set(each(elements)),
        (Nesting::Map, Value::Map(elements)) => Value::Map(
            elements.into_iter().map(|(key, value)| (key, generated_config(object, value))).collect(),
        ),
        (_, value) => value,
    }
}
