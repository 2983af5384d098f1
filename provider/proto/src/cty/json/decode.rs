use std::collections::BTreeMap;

use super::super::error::{Located, wrong};
use super::super::{DecodeError, MAX_DEPTH, Number, Type, Value};
use super::Reader;

/// Reads the JSON form of a value of type `ty`.
///
/// As lenient as Terraform's own reader: an attribute left out is null, and numbers, bools and strings are taken for
/// each other where their text allows it. An attribute the type does not have is an error.
///
/// # Errors
/// Malformed JSON, a value of another type, or one nested deeper than [`MAX_DEPTH`].
pub fn decode_json(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(bytes)?;
    let value = decode(&mut reader, ty, 0)?;
    reader.end()?;
    Ok(value)
}

fn decode(reader: &mut Reader<'_>, ty: &Type, depth: usize) -> Result<Value, Located> {
    if depth > MAX_DEPTH {
        return Err(wrong(format!("nested deeper than {MAX_DEPTH} levels")));
    }
    let first = reader.peek()?;
    if reader.word("null") {
        return Ok(Value::Null);
    }
    match (ty, first) {
        (Type::Bool, b'"') => match reader.string()?.as_ref() {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(wrong("a bool is required")),
        },
        (Type::Bool | Type::String, b't' | b'f') => {
            let value = reader.word("true");
            if !value && !reader.word("false") {
                return Err(reader.unexpected("true or false"));
            }
            Ok(if *ty == Type::Bool { Value::Bool(value) } else { Value::String(value.to_string()) })
        }
        (Type::Number, b'"') => parse_number(&reader.string()?),
        (Type::Number, b'-' | b'0'..=b'9') => parse_number(reader.number()?),
        (Type::String, b'"') => Ok(Value::String(reader.string()?.into_owned())),
        (Type::String, b'-' | b'0'..=b'9') => Ok(Value::String(reader.number()?.to_owned())),
        (Type::List(element), b'[') => elements(reader, element, depth).map(Value::List),
        (Type::Set(element), b'[') => elements(reader, element, depth).map(Value::Set),
        (Type::Tuple(types), b'[') => tuple(reader, types, depth),
        (Type::Map(element), b'{') => map(reader, element, depth),
        (Type::Object(attributes), b'{') => object(reader, attributes, depth),
        (Type::Dynamic, b'{') => dynamic(reader, depth),
        _ => Err(wrong(match ty {
            Type::Bool => "a bool is required",
            Type::Number => "a number is required",
            Type::String => "a string is required",
            Type::List(_) | Type::Set(_) | Type::Tuple(_) => "an array is required",
            Type::Map(_) | Type::Object(_) => "an object is required",
            Type::Dynamic => "an object of type and value is required",
        })),
    }
}

fn parse_number(text: &str) -> Result<Value, Located> {
    text.parse::<Number>().map(Value::Number).map_err(|error| wrong(error.to_string()))
}

fn elements(reader: &mut Reader<'_>, element: &Type, depth: usize) -> Result<Vec<Value>, Located> {
    let mut values = Vec::new();
    let mut first = true;
    reader.expect("[")?;
    while reader.more("]", &mut first)? {
        values.push(decode(reader, element, depth + 1).map_err(|error| error.in_index(values.len()))?);
    }
    Ok(values)
}

fn tuple(reader: &mut Reader<'_>, types: &[Type], depth: usize) -> Result<Value, Located> {
    let mut values = Vec::new();
    let mut first = true;
    reader.expect("[")?;
    while reader.more("]", &mut first)? {
        let Some(ty) = types.get(values.len()) else {
            return Err(wrong(format!("a tuple of {} elements is required, more are given", types.len())));
        };
        values.push(decode(reader, ty, depth + 1).map_err(|error| error.in_index(values.len()))?);
    }
    if values.len() < types.len() {
        return Err(wrong(format!(
            "a tuple of {} elements is required, {} given",
            types.len(),
            values.len()
        )));
    }
    Ok(Value::Tuple(values))
}

fn map(reader: &mut Reader<'_>, element: &Type, depth: usize) -> Result<Value, Located> {
    let mut values = BTreeMap::new();
    let mut first = true;
    reader.expect("{")?;
    while reader.more("}", &mut first)? {
        let key = reader.key()?.into_owned();
        let value = decode(reader, element, depth + 1).map_err(|error| error.in_key(&key))?;
        values.insert(key, value);
    }
    Ok(Value::Map(values))
}

fn object(
    reader: &mut Reader<'_>,
    attributes: &BTreeMap<String, Type>,
    depth: usize,
) -> Result<Value, Located> {
    let mut values = BTreeMap::new();
    let mut first = true;
    reader.expect("{")?;
    while reader.more("}", &mut first)? {
        let name = reader.key()?.into_owned();
        let Some(ty) = attributes.get(&name) else {
            return Err(wrong("the object has no such attribute").in_attribute(&name));
        };
        let value = decode(reader, ty, depth + 1).map_err(|error| error.in_attribute(&name))?;
        values.insert(name, value);
    }
    for name in attributes.keys() {
        if !values.contains_key(name) {
            values.insert(name.clone(), Value::Null);
        }
    }
    Ok(Value::Object(values))
}

fn dynamic(reader: &mut Reader<'_>, depth: usize) -> Result<Value, Located> {
    let mut ty = None;
    let mut value = None;
    let mut first = true;
    reader.expect("{")?;
    while reader.more("}", &mut first)? {
        match reader.key()?.as_ref() {
            "type" => ty = Some(Type::read_json(reader, 0)?),
            // The type may come after the value, so the value is read when both have been seen.
            "value" => {
                reader.peek()?;
                value = Some(reader.clone());
                reader.skip(depth + 1)?;
            }
            other => return Err(wrong(format!("{other:?} is not part of a dynamic value"))),
        }
    }
    let ty = ty.ok_or_else(|| wrong("the type of a dynamic value is missing"))?;
    let mut value = value.ok_or_else(|| wrong("the value of a dynamic value is missing"))?;
    let value = decode(&mut value, &ty, depth + 1)?;
    Ok(Value::Dynamic(Box::new(ty), Box::new(value)))
}
