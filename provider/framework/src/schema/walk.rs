//! Values made to fit a type: what is sent to Terraform has exactly the attributes of the schema, always.

use std::collections::BTreeMap;

use tfplugin_proto::cty::{Type, Value};

/// The value with exactly the attributes of `ty` in every object: missing ones become null, others are dropped.
/// Terraform loses a created object when the answer has one attribute too few.
pub(crate) fn conform(value: Value, ty: &Type) -> Value {
    match (value, ty) {
        (Value::Object(attributes) | Value::Map(attributes), Type::Object(types)) => {
            let mut attributes = attributes;
            Value::Object(
                types
                    .iter()
                    .map(|(name, ty)| {
                        (
                            name.clone(),
                            attributes.remove(name).map_or(Value::Null, |value| conform(value, ty)),
                        )
                    })
                    .collect(),
            )
        }
        (Value::Map(elements) | Value::Object(elements), Type::Map(ty)) => {
            Value::Map(elements.into_iter().map(|(key, value)| (key, conform(value, ty))).collect())
        }
        (Value::List(elements) | Value::Set(elements), Type::List(ty)) => {
            Value::List(conform_all(elements, ty))
        }
        (Value::List(elements) | Value::Set(elements), Type::Set(ty)) => {
            Value::Set(conform_all(elements, ty))
        }
        (value, _) => value,
    }
}

fn conform_all(elements: Vec<Value>, ty: &Type) -> Vec<Value> {
    elements.into_iter().map(|value| conform(value, ty)).collect()
}

/// The value with null for everything unknown, which is how Terraform itself saves what it cannot know.
pub(crate) fn without_unknowns(value: Value) -> Value {
    let all = |elements: Vec<Value>| elements.into_iter().map(without_unknowns).collect();
    let each = |elements: BTreeMap<String, Value>| {
        elements.into_iter().map(|(key, value)| (key, without_unknowns(value))).collect()
    };
    match value {
        Value::Unknown(_) => Value::Null,
        Value::List(elements) => Value::List(all(elements)),
        Value::Set(elements) => Value::Set(all(elements)),
        Value::Tuple(elements) => Value::Tuple(all(elements)),
        Value::Map(elements) => Value::Map(each(elements)),
        Value::Object(elements) => Value::Object(each(elements)),
        Value::Dynamic(ty, inner) => Value::Dynamic(ty, Box::new(without_unknowns(*inner))),
        known => known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_get_exactly_the_attributes_of_their_type() {
        let ty = Type::object([("a", Type::String), ("b", Type::map(Type::object([("c", Type::Bool)])))]);
        let inner = Value::Map([("k".to_owned(), Value::object([("x", Value::Bool(true))]))].into());
        let value = conform(Value::object([("b", inner), ("z", Value::Null)]), &ty);
        let expected = Value::Map([("k".to_owned(), Value::object([("c", Value::Null)]))].into());
        assert_eq!(value, Value::object([("a", Value::Null), ("b", expected)]));
    }

    #[test]
    fn unknowns_become_null_at_every_depth() {
        let value = Value::object([("list", Value::List(vec![Value::unknown(), Value::Bool(true)]))]);
        let expected = Value::object([("list", Value::List(vec![Value::Null, Value::Bool(true)]))]);
        assert_eq!(without_unknowns(value), expected);
    }
}
