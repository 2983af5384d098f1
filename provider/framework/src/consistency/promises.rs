use tfplugin_proto::cty::{Refinement, Value};

use super::bug;
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};
use crate::{Diagnostics, Path, show};

/// Whether the values that the plan of `type_name` has for computed attributes are what the schema promises of them.
/// Terraform was promised as much in an earlier plan of the same apply, when they were unknown. What stays as it is
/// in the prior state needs no promise.
pub(crate) fn plan_keeps_promises(
    type_name: &str,
    schema: &ObjectSchema,
    prior: &Value,
    config: &Value,
    planned: &Value,
) -> Diagnostics {
    let mut found = Vec::new();
    object(schema, prior, config, planned, &Path::root(), &mut found);
    let summary = || format!("The plan of {type_name} is not valid");
    found.into_iter().map(|(path, what)| bug(summary(), &what, &path)).collect()
}

/// What was promised of a value and does not hold.
pub(super) fn broken(promise: &Refinement, actual: &Value) -> Option<String> {
    if promise.not_null && actual.is_null() {
        return Some("it was promised to have a value".to_owned());
    }
    match (&promise.prefix, actual) {
        (Some(prefix), Value::String(text)) if !text.starts_with(prefix) => {
            Some(format!("it was promised to start with {prefix:?}"))
        }
        _ => None,
    }
}

type Found = Vec<(Path, String)>;

fn object(
    schema: &ObjectSchema,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    found: &mut Found,
) {
    if !matches!(planned, Value::Object(_)) {
        return;
    }
    for (name, schema) in &schema.attributes {
        let (prior, config) = (field(prior, name), field(config, name));
        attribute(schema, prior, config, field(planned, name), &path.attribute(name), found);
    }
}

fn attribute(
    schema: &AttributeSchema,
    prior: &Value,
    config: &Value,
    planned: &Value,
    path: &Path,
    found: &mut Found,
) {
    if planned == prior || planned.is_unknown() {
        return;
    }
    if schema.computed
        && config.is_null()
        && let Some(broken) = broken(&schema.promise, planned)
    {
        let shown = show::value(planned, schema.is_secret());
        found.push((path.clone(), format!("{broken}, and the plan has {shown}.")));
    }
    let Shape::Nested(nesting, schema) = &schema.shape else { return };
    match (nesting, planned) {
        (Nesting::Single, planned) => object(schema, prior, config, planned, path, found),
        (Nesting::Map, Value::Map(elements)) => {
            for (key, planned) in elements {
                object(schema, field(prior, key), field(config, key), planned, &path.key(key), found);
            }
        }
        // Which element was which before cannot be said of lists that shift and of sets.
        _ => {}
    }
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Object(fields) | Value::Map(fields) => fields.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}
