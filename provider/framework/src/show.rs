//! Values in messages.

use tfplugin_proto::cty::Value;

use crate::Path;

/// Longer texts tell a reader nothing more.
const MAX_LENGTH: usize = 300;

/// The value as one would write it in a configuration; nothing of it when it is sensitive.
pub(crate) fn value(value: &Value, sensitive: bool) -> String {
    if sensitive && !value.is_null() && !value.is_unknown() {
        return "(sensitive value)".to_owned();
    }
    let text = write(value);
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// The path in quotes, unless it has quotes of its own.
pub(crate) fn path(path: &Path) -> String {
    let text = path.to_string();
    if text.contains('"') { text } else { format!("\"{text}\"") }
}

fn write(value: &Value) -> String {
    let list = |elements: &[Value]| elements.iter().map(write).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "null".to_owned(),
        Value::Unknown(_) => "(known after apply)".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => format!("{value:?}"),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            format!("[{}]", list(elements))
        }
        Value::Map(elements) => {
            let fields: Vec<_> =
                elements.iter().map(|(key, value)| format!("{key:?} = {}", write(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Object(attributes) => {
            let set = attributes.iter().filter(|(_, value)| !value.is_null());
            let fields: Vec<_> = set.map(|(name, value)| format!("{name} = {}", write(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Value::Dynamic(_, inner) => write(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_as_in_a_configuration_and_cut_when_long() {
        let object =
            Value::object([("a", Value::from("x")), ("b", Value::List(vec![1.into(), Value::unknown()]))]);
        assert_eq!(value(&object, false), r#"{a = "x", b = [1, (known after apply)]}"#);
        assert_eq!(value(&object, true), "(sensitive value)");
        assert_eq!(value(&Value::from("é".repeat(400)), false).chars().count(), MAX_LENGTH + 3);
    }
}
