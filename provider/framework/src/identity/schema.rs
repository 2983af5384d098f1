use tfplugin_proto::cty::{Type, Value};

use crate::schema::{ObjectSchema, Shape, conform, without_unknowns};

/// What identities of one resource look like.
#[derive(Clone, Debug)]
pub(crate) struct IdentitySchema {
    pub(crate) version: i64,
    pub(crate) object: ObjectSchema,
    pub(crate) ty: Type,
    /// An identity for the documentation.
    pub(crate) example: Value,
}

impl IdentitySchema {
    pub(crate) fn new(version: i64, object: ObjectSchema, example: Value) -> IdentitySchema {
        let ty = object.cty_type();
        let example = conform(example, &ty);
        IdentitySchema { version, object, ty, example }
    }

    /// Attributes that an import must give and that `identity` leaves out.
    pub(crate) fn missing(&self, identity: &Value) -> Vec<&str> {
        let Value::Object(values) = identity else { return Vec::new() };
        let required = self.object.attributes.iter().filter(|(_, attribute)| attribute.required);
        let null = |name: &str| values.get(name).is_none_or(Value::is_null);
        required.map(|(name, _)| name.as_str()).filter(|name| null(name)).collect()
    }

    /// The identity, if it is one: with everything that is required.
    pub(crate) fn complete(&self, identity: Value) -> Option<Value> {
        let identity = conform(identity, &self.ty);
        (!identity.is_null() && self.missing(&identity).is_empty()).then_some(identity)
    }

    /// The identity as it may be stored: nothing unknown, everything that is required.
    pub(crate) fn storable(&self, identity: Value) -> Option<Value> {
        self.complete(without_unknowns(identity))
    }

    /// Attributes of types that an identity cannot have. Terraform takes
    /// [texts, numbers, booleans and lists of these](https://developer.hashicorp.com/terraform/plugin/framework/resources/identity).
    pub(crate) fn unfit(&self) -> Vec<&str> {
        let fit = |shape: &Shape| match shape {
            Shape::Type(Type::List(element)) => is_plain(element),
            Shape::Type(ty) => is_plain(ty),
            Shape::Nested(..) | Shape::Deep(..) => false,
        };
        let attributes = self.object.attributes.iter();
        attributes.filter(|(_, attribute)| !fit(&attribute.shape)).map(|(name, _)| name.as_str()).collect()
    }
}

fn is_plain(ty: &Type) -> bool {
    matches!(ty, Type::Bool | Type::Number | Type::String)
}
