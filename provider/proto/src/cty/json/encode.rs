use std::collections::BTreeMap;

use super::super::error::{Located, wrong};
use super::super::nfc::{nfc, normal_keys};
use super::super::{EncodeError, MAX_DEPTH, Type, Value};

/// Writes `value`, which must be of type `ty` and wholly known, as JSON without spaces.
///
/// # Errors
/// As [`encode_msgpack`](super::super::encode_msgpack); also an unknown value and an infinite number, which JSON
/// cannot express.
pub fn encode_json(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut text = String::new();
    encode(&mut text, value, ty, 0)?;
    Ok(text.into_bytes())
}

/// Appends `value`, in normal form, as a JSON string literal.
pub(in crate::cty) fn write_string(text: &mut String, value: &str) {
    text.push('"');
    for character in nfc(value).chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text.push('"');
}

fn encode(text: &mut String, value: &Value, ty: &Type, depth: usize) -> Result<(), Located> {
    if depth > MAX_DEPTH {
        return Err(wrong(format!("nested deeper than {MAX_DEPTH} levels")));
    }
    match (ty, value) {
        (_, Value::Null) => text.push_str("null"),
        (_, Value::Unknown(_)) => return Err(wrong("JSON cannot express an unknown value")),
        (Type::Bool, Value::Bool(value)) => text.push_str(if *value { "true" } else { "false" }),
        (Type::Number, Value::Number(value)) if value.is_finite() => text.push_str(&value.to_string()),
        (Type::Number, Value::Number(_)) => return Err(wrong("JSON has only finite numbers")),
        (Type::String, Value::String(value)) => write_string(text, value),
        (Type::List(element), Value::List(values)) | (Type::Set(element), Value::Set(values)) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                separate(text, index);
                encode(text, value, element, depth + 1).map_err(|error| error.in_index(index))?;
            }
            text.push(']');
        }
        (Type::Tuple(types), Value::Tuple(values)) if types.len() == values.len() => {
            text.push('[');
            for (index, (value, ty)) in values.iter().zip(types).enumerate() {
                separate(text, index);
                encode(text, value, ty, depth + 1).map_err(|error| error.in_index(index))?;
            }
            text.push(']');
        }
        (Type::Map(element), Value::Map(values)) => {
            text.push('{');
            for (index, (key, value)) in normal_keys(values)?.into_iter().enumerate() {
                separate(text, index);
                write_string(text, &key);
                text.push(':');
                encode(text, value, element, depth + 1).map_err(|error| error.in_key(&key))?;
            }
            text.push('}');
        }
        (Type::Object(attributes), Value::Object(values)) => object(text, values, attributes, depth)?,
        (Type::Dynamic, Value::Dynamic(ty, value)) => {
            text.push_str("{\"type\":");
            ty.write_json(text);
            text.push_str(",\"value\":");
            encode(text, value, ty, depth + 1)?;
            text.push('}');
        }
        _ => return Err(wrong(format!("{ty} is required, this is {}", value.kind()))),
    }
    Ok(())
}

fn object(
    text: &mut String,
    values: &BTreeMap<String, Value>,
    attributes: &BTreeMap<String, Type>,
    depth: usize,
) -> Result<(), Located> {
    if let Some(surplus) = values.keys().find(|name| !attributes.contains_key(*name)) {
        return Err(wrong("the object has no such attribute").in_attribute(surplus));
    }
    text.push('{');
    for (index, (name, ty)) in attributes.iter().enumerate() {
        let value = values.get(name).ok_or_else(|| wrong("this attribute is missing").in_attribute(name))?;
        separate(text, index);
        write_string(text, name);
        text.push(':');
        encode(text, value, ty, depth + 1).map_err(|error| error.in_attribute(name))?;
    }
    text.push('}');
    Ok(())
}

fn separate(text: &mut String, index: usize) {
    if index > 0 {
        text.push(',');
    }
}
