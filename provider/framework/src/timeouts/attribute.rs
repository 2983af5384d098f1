//! The attribute `timeouts` of an object, whatever its model is.

use tfplugin_proto::cty::{Type, Value};

use super::limit::{Operation, default_of};
use super::{DefaultTimeouts, Timeout};
use crate::schema::{Nesting, ObjectSchema, Shape};

pub(super) const NAME: &str = "timeouts";

/// A description with these words tells the default itself.
const TELLS_DEFAULT: &str = "Default: ";

/// The schema of the attribute, if the object has one: an object of texts that are named after calls.
pub(super) fn schema_of(object: &ObjectSchema) -> Option<&ObjectSchema> {
    match &object.attributes.get(NAME)?.shape {
        Shape::Nested(Nesting::Single, timeouts) => {
            let fits = timeouts.attributes.iter().all(|(name, attribute)| {
                Operation::ALL.iter().any(|operation| operation.name() == name)
                    && attribute.shape == Shape::Type(Type::String)
            });
            fits.then_some(timeouts)
        }
        _ => None,
    }
}

/// Adds the defaults to the descriptions.
pub(crate) fn describe(object: &mut ObjectSchema, defaults: &DefaultTimeouts) {
    if schema_of(object).is_none() {
        return;
    }
    let Some(attribute) = object.attributes.get_mut(NAME) else { return };
    let Shape::Nested(_, timeouts) = &mut attribute.shape else { return };
    for operation in Operation::ALL {
        if let Some(attribute) = timeouts.attributes.get_mut(operation.name())
            && !attribute.description.contains(TELLS_DEFAULT)
        {
            let default = Timeout::from(default_of(defaults, operation));
            attribute.description += &format!(" {TELLS_DEFAULT}`{default}`.");
        }
    }
}

/// `new` with the timeouts of `original` when it has none of its own: no API knows them.
pub(crate) fn keep(schema: &ObjectSchema, original: &Value, new: Value) -> Value {
    match (schema_of(schema), original, new) {
        (Some(_), Value::Object(original), Value::Object(mut new)) => {
            if new.get(NAME).is_none_or(Value::is_null)
                && let Some(timeouts) = original.get(NAME)
            {
                new.insert(NAME.to_owned(), timeouts.clone());
            }
            Value::Object(new)
        }
        (_, _, new) => new,
    }
}

/// Whether nothing but the timeouts tells `a` from `b`.
pub(crate) fn same_apart(schema: &ObjectSchema, a: &Value, b: &Value) -> bool {
    match (schema_of(schema), a, b) {
        (Some(_), Value::Object(a), Value::Object(b)) => {
            let others = schema.attributes.keys().filter(|name| *name != NAME);
            others.into_iter().all(|name| a.get(name) == b.get(name))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::AttributeSchema;
    use crate::{Attribute, Timeouts};

    #[test]
    fn only_an_object_of_texts_named_after_calls_counts() {
        let with = |shape: Shape| {
            ObjectSchema::new("").attribute(NAME, AttributeSchema::new(shape, "How long.").optional())
        };
        assert!(schema_of(&with(Timeouts::shape())).is_some());
        assert!(schema_of(&with(Shape::Type(Type::String))).is_none());
        let number = AttributeSchema::new(Shape::Type(Type::Number), "Seconds.").optional();
        let seconds = ObjectSchema::new("").attribute("create", number);
        assert!(schema_of(&with(Shape::Nested(Nesting::Single, seconds))).is_none());
        assert!(schema_of(&ObjectSchema::new("")).is_none());
    }
}
