use std::collections::BTreeMap;

use super::super::error::{Located, shortened, wrong};
use super::super::nfc::nfc;
use super::super::{DecodeError, MAX_ABSENT, MAX_DEPTH, Number, Type, Value};
use super::Reader;

/// Reads the JSON form of a value of type `ty`. Numbers keep every digit.
///
/// As lenient as Terraform's own reader: an attribute left out is null, and numbers, bools and strings are taken for
/// each other where their text allows it. An attribute the type does not have is an error.
///
/// # Errors
/// Malformed JSON, a value of another type, one nested deeper than [`MAX_DEPTH`], or one that leaves out more than
/// [`MAX_ABSENT`] attributes.
pub fn decode_json(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    Decoder { absent: 0, drop_surplus: false }.document(bytes, ty)
}

/// As [`decode_json`], for a state that an older schema wrote: an attribute the type does not have is passed over.
///
/// # Errors
/// As [`decode_json`].
pub fn decode_state_json(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    Decoder { absent: 0, drop_surplus: true }.document(bytes, ty)
}

struct Decoder {
    /// Attributes that were left out so far.
    absent: usize,
    drop_surplus: bool,
}

impl Decoder {
    fn document(mut self, bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
        let mut reader = Reader::new(bytes)?;
        let value = self.value(&mut reader, ty, 0)?;
        reader.end()?;
        Ok(value)
    }

    fn value(&mut self, reader: &mut Reader<'_>, ty: &Type, depth: usize) -> Result<Value, Located> {
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
            (Type::String, b'"') => Ok(Value::String(nfc(&reader.string()?).into_owned())),
            (Type::String, b'-' | b'0'..=b'9') => Ok(Value::String(reader.number()?.to_owned())),
            (Type::List(element), b'[') => self.elements(reader, element, depth).map(Value::List),
            (Type::Set(element), b'[') => self.elements(reader, element, depth).map(Value::Set),
            (Type::Tuple(types), b'[') => self.tuple(reader, types, depth),
            (Type::Map(element), b'{') => self.map(reader, element, depth),
            (Type::Object(attributes), b'{') => self.object(reader, attributes, depth),
            (Type::Dynamic, b'{') => self.dynamic(reader, depth),
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

    fn elements(
        &mut self,
        reader: &mut Reader<'_>,
        element: &Type,
        depth: usize,
    ) -> Result<Vec<Value>, Located> {
        let mut values = Vec::new();
        let mut first = true;
        reader.expect("[")?;
        while reader.more("]", &mut first)? {
            values
                .push(self.value(reader, element, depth + 1).map_err(|error| error.in_index(values.len()))?);
        }
        Ok(values)
    }

    fn tuple(&mut self, reader: &mut Reader<'_>, types: &[Type], depth: usize) -> Result<Value, Located> {
        let mut values = Vec::new();
        let mut first = true;
        reader.expect("[")?;
        while reader.more("]", &mut first)? {
            let Some(ty) = types.get(values.len()) else {
                return Err(wrong(format!(
                    "a tuple of {} elements is required, more are given",
                    types.len()
                )));
            };
            values.push(self.value(reader, ty, depth + 1).map_err(|error| error.in_index(values.len()))?);
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

    fn map(&mut self, reader: &mut Reader<'_>, element: &Type, depth: usize) -> Result<Value, Located> {
        let mut values = BTreeMap::new();
        let mut first = true;
        reader.expect("{")?;
        while reader.more("}", &mut first)? {
            let key = nfc(&reader.key()?).into_owned();
            let value = self.value(reader, element, depth + 1).map_err(|error| error.in_key(&key))?;
            values.insert(key, value);
        }
        Ok(Value::Map(values))
    }

    fn object(
        &mut self,
        reader: &mut Reader<'_>,
        attributes: &BTreeMap<String, Type>,
        depth: usize,
    ) -> Result<Value, Located> {
        let mut values = BTreeMap::new();
        let mut first = true;
        reader.expect("{")?;
        while reader.more("}", &mut first)? {
            let name = nfc(&reader.key()?).into_owned();
            let Some(ty) = attributes.get(&name) else {
                if self.drop_surplus {
                    reader.skip(depth + 1).map_err(|error| error.in_attribute(&name))?;
                    continue;
                }
                return Err(wrong("the object has no such attribute").in_attribute(&name));
            };
            let value = self.value(reader, ty, depth + 1).map_err(|error| error.in_attribute(&name))?;
            values.insert(name, value);
        }
        for name in attributes.keys() {
            if !values.contains_key(name) {
                self.absent += 1;
                if self.absent > MAX_ABSENT {
                    return Err(wrong(format!("more than {MAX_ABSENT} attributes are left out")));
                }
                values.insert(name.clone(), Value::Null);
            }
        }
        Ok(Value::Object(values))
    }

    fn dynamic(&mut self, reader: &mut Reader<'_>, depth: usize) -> Result<Value, Located> {
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
                other => return Err(wrong(format!("{:?} is not part of a dynamic value", shortened(other)))),
            }
        }
        let ty = ty.ok_or_else(|| wrong("the type of a dynamic value is missing"))?;
        let mut value = value.ok_or_else(|| wrong("the value of a dynamic value is missing"))?;
        let value = self.value(&mut value, &ty, depth + 1)?;
        Ok(Value::Dynamic(Box::new(ty), Box::new(value)))
    }
}

fn parse_number(text: &str) -> Result<Value, Located> {
    text.parse::<Number>().map(Value::Number).map_err(|error| wrong(error.to_string()))
}
