//! Between messages of the protocol and the types of this crate.

use std::time::SystemTime;

use tfplugin_proto::cty::{self, Type, Value};
use tfplugin_proto::wire::{self, attribute_path};

use crate::identity::IdentitySchema;
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape, conform};
use crate::{Diagnostic, Diagnostics, FunctionSignature, Parameter, Path, Severity, Step};

/// The value of a message; no message and an empty one are null.
pub(super) fn decode(value: Option<&wire::DynamicValue>, ty: &Type) -> Result<Value, Diagnostic> {
    let Some(value) = value else { return Ok(Value::Null) };
    let decoded = match (value.msgpack.is_empty(), value.json.is_empty()) {
        (false, _) => cty::decode_msgpack(&value.msgpack, ty),
        (true, false) => cty::decode_json(&value.json, ty),
        (true, true) => Ok(Value::Null),
    };
    decoded.map_err(|error| {
        Diagnostic::error(
            "Terraform sent a value that does not fit the schema",
            format!("{error}. The provider may have been replaced by another version while Terraform ran."),
        )
    })
}

/// The value of a message, `None` for null.
pub(super) fn decode_object(
    value: Option<&wire::DynamicValue>,
    ty: &Type,
) -> Result<Option<Value>, Diagnostic> {
    Ok(Some(decode(value, ty)?).filter(|value| !value.is_null()))
}

/// The message for a value; what does not fit the type is null, with an error.
pub(super) fn encode(value: Value, ty: &Type, diagnostics: &mut Diagnostics) -> wire::DynamicValue {
    match cty::encode_msgpack(&conform(value, ty), ty) {
        Ok(msgpack) => wire::DynamicValue { msgpack, json: Vec::new() },
        Err(error) => {
            diagnostics.error(
                "The provider made a value that does not fit its schema",
                format!(
                    "{error}\nThis is a bug in the provider, which should be reported to its developers."
                ),
            );
            null()
        }
    }
}

/// The identity of a message; `None` for null and for a resource without identities.
pub(super) fn decode_identity(
    identity: Option<&wire::ResourceIdentityData>,
    schema: Option<&IdentitySchema>,
) -> Result<Option<Value>, Diagnostic> {
    match (identity, schema) {
        (Some(identity), Some(schema)) => decode_object(identity.identity_data.as_ref(), &schema.ty),
        _ => Ok(None),
    }
}

/// The message for an identity.
pub(super) fn encode_identity(
    identity: Option<Value>,
    schema: Option<&IdentitySchema>,
    diagnostics: &mut Diagnostics,
) -> Option<wire::ResourceIdentityData> {
    let (identity, schema) = (identity?, schema?);
    Some(wire::ResourceIdentityData { identity_data: Some(encode(identity, &schema.ty, diagnostics)) })
}

/// The message for null.
pub(super) fn null() -> wire::DynamicValue {
    // One nil of MessagePack, whatever the type.
    wire::DynamicValue { msgpack: vec![0xc0], json: Vec::new() }
}

/// The message for a point in time.
pub(super) fn timestamp(time: SystemTime) -> prost_types::Timestamp {
    prost_types::Timestamp::from(time)
}

pub(super) fn diagnostics(diagnostics: Diagnostics) -> Vec<wire::Diagnostic> {
    diagnostics
        .into_iter()
        .map(|diagnostic| wire::Diagnostic {
            severity: match diagnostic.severity {
                Severity::Error => wire::diagnostic::Severity::Error.into(),
                Severity::Warning => wire::diagnostic::Severity::Warning.into(),
            },
            summary: diagnostic.summary,
            detail: diagnostic.detail,
            attribute: diagnostic.path.as_ref().map(path).filter(|path| !path.steps.is_empty()),
        })
        .collect()
}

/// The path up to the first element of a set, which the protocol cannot point at.
pub(super) fn path(path: &Path) -> wire::AttributePath {
    use attribute_path::step::Selector;
    let selector = |step: &Step| match step {
        Step::Attribute(name) => Some(Selector::AttributeName(name.clone())),
        Step::Key(key) => Some(Selector::ElementKeyString(key.clone())),
        Step::Index(index) => Some(Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX))),
        Step::Element => None,
    };
    let steps = path.steps().iter().map_while(selector);
    wire::AttributePath {
        steps: steps.map(|selector| attribute_path::Step { selector: Some(selector) }).collect(),
    }
}

pub(super) fn schema(version: i64, object: &ObjectSchema) -> wire::Schema {
    wire::Schema {
        version,
        block: Some(wire::schema::Block {
            version,
            attributes: attributes(object),
            description: object.description.clone(),
            description_kind: wire::StringKind::Markdown.into(),
            ..wire::schema::Block::default()
        }),
    }
}

pub(super) fn identity_schema(identity: &IdentitySchema) -> wire::ResourceIdentitySchema {
    use wire::resource_identity_schema::IdentityAttribute;
    let attributes = identity.object.attributes.iter().map(|(name, attribute)| IdentityAttribute {
        name: name.clone(),
        r#type: attribute.shape.cty_type().to_json(),
        required_for_import: attribute.required,
        optional_for_import: !attribute.required,
        description: attribute.description.clone(),
    });
    wire::ResourceIdentitySchema { version: identity.version, identity_attributes: attributes.collect() }
}

fn attributes(object: &ObjectSchema) -> Vec<wire::schema::Attribute> {
    object.attributes.iter().map(|(name, schema)| attribute(name, schema)).collect()
}

fn attribute(name: &str, schema: &AttributeSchema) -> wire::schema::Attribute {
    let (r#type, nested_type) = match &schema.shape {
        Shape::Type(ty) | Shape::Deep(ty, _) => (ty.to_json(), None),
        Shape::Nested(nesting, object) => (Vec::new(), Some(nested(*nesting, object))),
    };
    wire::schema::Attribute {
        name: name.to_owned(),
        r#type,
        nested_type,
        description: schema.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
        required: schema.required,
        optional: schema.optional,
        computed: schema.computed,
        sensitive: schema.sensitive,
        write_only: schema.write_only,
        deprecated: schema.deprecated.is_some(),
        deprecation_message: schema.deprecated.clone().unwrap_or_default(),
    }
}

fn nested(nesting: Nesting, object: &ObjectSchema) -> wire::schema::Object {
    use wire::schema::object::NestingMode;
    let mode = match nesting {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
        Nesting::Map => NestingMode::Map,
    };
    wire::schema::Object {
        attributes: attributes(object),
        nesting: mode.into(),
        ..wire::schema::Object::default()
    }
}

pub(super) fn function(signature: &FunctionSignature) -> wire::Function {
    wire::Function {
        parameters: signature.parameters.iter().map(parameter).collect(),
        variadic_parameter: signature.variadic.as_ref().map(parameter),
        r#return: Some(wire::function::Return { r#type: signature.returns.to_json() }),
        summary: signature.summary.clone(),
        description: signature.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
        deprecation_message: signature.deprecated.clone().unwrap_or_default(),
    }
}

fn parameter(parameter: &Parameter) -> wire::function::Parameter {
    wire::function::Parameter {
        name: parameter.name.clone(),
        r#type: parameter.ty.to_json(),
        allow_null_value: parameter.allow_null,
        allow_unknown_values: parameter.allow_unknown,
        description: parameter.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
    }
}
