use std::collections::BTreeMap;

use tfplugin_proto::cty::Value;

use super::promises::broken;
use super::{bug, sets};
use crate::schema::ObjectSchema;
use crate::{Diagnostics, Path, show};

/// Whether `actual`, the result of `doing` something such as `creating landform_vpc`, is what was planned: known
/// planned values come back equal, and unknown ones may become anything that was promised of them.
pub(crate) fn object_compatible(
    doing: &str,
    schema: &ObjectSchema,
    planned: &Value,
    actual: &Value,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut differences = Vec::new();
    for (name, attribute) in &schema.attributes {
        if attribute.write_only {
            continue;
        }
        let path = Path::root().attribute(name);
        let before = differences.len();
        compare(field(planned, name), field(actual, name), &path, attribute.is_secret(), &mut differences);
        // One message per secret attribute: even which part of it changed may tell something.
        if attribute.is_secret() && differences.len() > before {
            differences.truncate(before);
            differences.push((path, "the sensitive value is not the planned one.".to_owned()));
        }
    }
    for (path, what) in differences {
        found.push(bug(format!("The result of {doing} is not what was planned"), &what, &path));
    }
    found
}

/// Whether everything in `actual`, the result of `doing` something, is known.
pub(crate) fn known(doing: &str, schema: &ObjectSchema, actual: &Value) -> Diagnostics {
    let mut unknown = Vec::new();
    for name in schema.attributes.keys() {
        find_unknown(field(actual, name), &Path::root().attribute(name), &mut unknown);
    }
    let what = "no value was given.";
    unknown
        .iter()
        .map(|path| bug(format!("The result of {doing} has an unknown value"), what, path))
        .collect()
}

type Differences = Vec<(Path, String)>;

fn compare(planned: &Value, actual: &Value, path: &Path, secret: bool, found: &mut Differences) {
    let mut differ = |what: String| found.push((path.clone(), what));
    let shown = |value: &Value| show::value(value, secret);
    match (planned, actual) {
        (Value::Unknown(promise), actual) => {
            if let Some(broken) = broken(promise, actual) {
                differ(format!("{broken}, and it is {}.", shown(actual)));
            }
        }
        (_, Value::Unknown(_)) => {
            differ(format!("it was planned as {}, and now it is unknown.", shown(planned)));
        }
        (Value::List(planned), Value::List(actual)) | (Value::Tuple(planned), Value::Tuple(actual)) => {
            if planned.len() != actual.len() {
                differ(format!(
                    "it was planned with {} elements, and now it has {}.",
                    planned.len(),
                    actual.len()
                ));
            }
            for (index, (planned, actual)) in planned.iter().zip(actual).enumerate() {
                compare(planned, actual, &path.index(index), secret, found);
            }
        }
        (Value::Set(planned), Value::Set(actual)) => {
            let corresponds = |planned: &Value, actual: &Value| {
                let mut differences = Vec::new();
                compare(planned, actual, path, secret, &mut differences);
                differences.is_empty()
            };
            if let Some(text) = sets::mismatch(planned, actual, secret, corresponds) {
                differ(format!("{text}."));
            }
        }
        (Value::Map(planned), Value::Map(actual)) => {
            fields(planned, actual, |key| path.key(key), secret, found);
        }
        (Value::Object(planned), Value::Object(actual)) => {
            fields(planned, actual, |name| path.attribute(name), secret, found);
        }
        (Value::Dynamic(_, planned), Value::Dynamic(_, actual)) => {
            compare(planned, actual, path, secret, found);
        }
        (planned, actual) if planned == actual => {}
        _ => differ(format!("it was planned as {}, and now it is {}.", shown(planned), shown(actual))),
    }
}

fn fields(
    planned: &BTreeMap<String, Value>,
    actual: &BTreeMap<String, Value>,
    path: impl Fn(&str) -> Path,
    secret: bool,
    found: &mut Differences,
) {
    for (name, planned) in planned {
        match actual.get(name) {
            Some(actual) => compare(planned, actual, &path(name), secret, found),
            None => found.push((path(name), "it was planned, and now it is not there.".to_owned())),
        }
    }
    for name in actual.keys().filter(|name| !planned.contains_key(*name)) {
        found.push((path(name), "it was not planned, and now it is there.".to_owned()));
    }
}

fn find_unknown(value: &Value, path: &Path, found: &mut Vec<Path>) {
    match value {
        Value::Unknown(_) => found.push(path.clone()),
        Value::List(elements) | Value::Tuple(elements) => {
            for (index, element) in elements.iter().enumerate() {
                find_unknown(element, &path.index(index), found);
            }
        }
        Value::Set(elements) => {
            for element in elements {
                find_unknown(element, &path.element(), found);
            }
        }
        Value::Map(elements) => {
            for (key, element) in elements {
                find_unknown(element, &path.key(key), found);
            }
        }
        Value::Object(attributes) => {
            for (name, attribute) in attributes {
                find_unknown(attribute, &path.attribute(name), found);
            }
        }
        Value::Dynamic(_, inner) => find_unknown(inner, path, found),
        _ => {}
    }
}

fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    match value {
        Value::Object(fields) => fields.get(name).unwrap_or(&Value::Null),
        _ => &Value::Null,
    }
}
