//! The proposed new state, as Terraform makes it before it asks the provider for a plan.

use tfplugin_proto::cty::Value;

use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};

/// `config`, with the prior values of computed attributes that it leaves out.
pub(super) fn proposed(schema: &ObjectSchema, prior: &Value, config: &Value) -> Value {
    let Value::Object(fields) = config else { return config.clone() };
    let attribute = |(name, value): (&String, &Value)| {
        let proposed = match schema.attributes.get(name) {
            Some(schema) => proposed_attribute(schema, field(prior, name), value),
            None => value.clone(),
        };
        (name.clone(), proposed)
    };
    Value::Object(fields.iter().map(attribute).collect())
}

fn proposed_attribute(schema: &AttributeSchema, prior: &Value, config: &Value) -> Value {
    if schema.computed && config.is_null() {
        // An optional object that was configured before and is not any more is gone, not computed.
        return if schema.optional && was_configured(&schema.shape, prior) {
            Value::Null
        } else {
            prior.clone()
        };
    }
    let Shape::Nested(nesting, object) = &schema.shape else { return config.clone() };
    match (nesting, config) {
        (Nesting::Single, config) => proposed(object, prior, config),
        (Nesting::List, Value::List(elements)) => {
            let element = |(index, config)| proposed(object, at(prior, index), config);
            Value::List(elements.iter().enumerate().map(element).collect())
        }
        (Nesting::Map, Value::Map(elements)) => Value::Map(
            elements
                .iter()
                .map(|(key, config)| (key.clone(), proposed(object, field(prior, key), config)))
                .collect(),
        ),
        (Nesting::Set, Value::Set(elements)) => {
            let element = |config| proposed(object, same_configuration(object, prior, config), config);
            Value::Set(elements.iter().map(element).collect())
        }
        (_, config) => config.clone(),
    }
}

/// Whether something in `prior` can only come from a configuration.
fn was_configured(shape: &Shape, prior: &Value) -> bool {
    let Shape::Nested(_, object) = shape else { return false };
    let in_object = |value: &Value| {
        object.attributes.iter().any(|(name, schema)| {
            let value = field(value, name);
            !value.is_null()
                && ((schema.optional && !schema.computed) || was_configured(&schema.shape, value))
        })
    };
    match prior {
        Value::Object(_) => in_object(prior),
        Value::List(elements) | Value::Set(elements) => elements.iter().any(in_object),
        Value::Map(elements) => elements.values().any(in_object),
        _ => false,
    }
}

/// The element of a set in the prior state that `config` may have made.
fn same_configuration<'a>(schema: &ObjectSchema, prior: &'a Value, config: &Value) -> &'a Value {
    let Value::Set(elements) = prior else { return &Value::Null };
    let same = |prior: &&Value| {
        schema.attributes.iter().all(|(name, schema)| {
            let (config, prior) = (field(config, name), field(prior, name));
            config == prior || (schema.computed && config.is_null())
        })
    };
    elements.iter().find(same).unwrap_or(&Value::Null)
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Object(fields) | Value::Map(fields) => fields.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}

fn at(value: &Value, index: usize) -> &Value {
    match value {
        Value::List(elements) => elements.get(index).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}
