use std::collections::BTreeMap;

use rmp::Marker;

use super::super::error::{Located, wrong};
use super::super::nfc::nfc;
use super::super::{DecodeError, MAX_DEPTH, Number, Type, Value};
use super::{MAX_REFINEMENT, REFINED, refinement};

/// Reads the MessagePack form of a value of type `ty`.
///
/// Objects must have exactly the attributes of their type, as Terraform demands of providers.
///
/// # Errors
/// Malformed or surplus bytes, a value of another type, or one nested deeper than [`MAX_DEPTH`].
pub fn decode_msgpack(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(ty, 0)?;
    if !reader.rest.is_empty() {
        return Err(wrong(format!("{} surplus bytes after the value", reader.rest.len())).into());
    }
    Ok(value)
}

/// The bytes not yet read. No length a peer claims is believed beyond them.
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

/// Enough for most collections; a longer one grows as its elements really arrive.
const MAX_RESERVED: usize = 32;

impl<'a> Reader<'a> {
    pub(super) fn value(&mut self, ty: &Type, depth: usize) -> Result<Value, Located> {
        if depth > MAX_DEPTH {
            return Err(wrong(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        let marker = self.marker()?;
        if marker == Marker::Null {
            return Ok(Value::Null);
        }
        if let Some(length) = self.extension_length(marker)? {
            return self.unknown(length, ty);
        }
        match ty {
            Type::Bool => match marker {
                Marker::True => Ok(Value::Bool(true)),
                Marker::False => Ok(Value::Bool(false)),
                _ => Err(wrong("a bool is required")),
            },
            Type::Number => self.number(marker).map(Value::Number),
            Type::String => self.string(marker, "a string is required").map(Value::String),
            Type::List(element) => self.elements(marker, element, depth).map(Value::List),
            Type::Set(element) => self.elements(marker, element, depth).map(Value::Set),
            Type::Tuple(elements) => self.tuple(marker, elements, depth),
            Type::Map(element) => self.map(marker, element, depth),
            Type::Object(attributes) => self.object(marker, attributes, depth),
            Type::Dynamic => self.dynamic(marker, depth),
        }
    }

    pub(super) fn marker(&mut self) -> Result<Marker, Located> {
        Ok(Marker::from_u8(self.array::<1>()?[0]))
    }

    /// A whole number in one of the forms of an integer.
    pub(super) fn integer(&mut self, marker: Marker, otherwise: &str) -> Result<i64, Located> {
        let written_otherwise = matches!(
            marker,
            Marker::F32 | Marker::F64 | Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32
        );
        if written_otherwise {
            return Err(wrong(otherwise));
        }
        self.number(marker).ok().and_then(|number| number.as_i64()).ok_or_else(|| wrong(otherwise))
    }

    pub(super) fn number(&mut self, marker: Marker) -> Result<Number, Located> {
        let integer = match marker {
            Marker::FixPos(value) => i64::from(value),
            Marker::FixNeg(value) => i64::from(value),
            Marker::U8 => i64::from(u8::from_be_bytes(self.array()?)),
            Marker::U16 => i64::from(u16::from_be_bytes(self.array()?)),
            Marker::U32 => i64::from(u32::from_be_bytes(self.array()?)),
            Marker::I8 => i64::from(i8::from_be_bytes(self.array()?)),
            Marker::I16 => i64::from(i16::from_be_bytes(self.array()?)),
            Marker::I32 => i64::from(i32::from_be_bytes(self.array()?)),
            Marker::I64 => i64::from_be_bytes(self.array()?),
            Marker::U64 => return parse_number(&u64::from_be_bytes(self.array()?).to_string()),
            Marker::F32 => return exact_number(f64::from(f32::from_be_bytes(self.array()?))),
            Marker::F64 => return exact_number(f64::from_be_bytes(self.array()?)),
            _ => return parse_number(&self.string(marker, "a number is required")?),
        };
        Ok(integer.into())
    }

    pub(super) fn string(&mut self, marker: Marker, otherwise: &str) -> Result<String, Located> {
        let length = match marker {
            Marker::FixStr(length) => usize::from(length),
            Marker::Str8 => self.length8()?,
            Marker::Str16 => self.length16()?,
            Marker::Str32 => self.length32()?,
            _ => return Err(wrong(otherwise)),
        };
        let text =
            std::str::from_utf8(self.take(length)?).map_err(|_| wrong("the text is not valid UTF-8"))?;
        Ok(nfc(text).into_owned())
    }

    /// Passes over the next value whatever it is.
    pub(super) fn skip(&mut self) -> Result<(), Located> {
        // A count and not a recursion, so that depth costs nothing.
        let mut values = 1_usize;
        while values > 0 {
            values -= 1;
            let marker = self.marker()?;
            let length = match marker {
                Marker::FixMap(_) | Marker::Map16 | Marker::Map32 => {
                    values += 2 * self.map_length(marker, "a map is required")?;
                    0
                }
                Marker::FixArray(_) | Marker::Array16 | Marker::Array32 => {
                    values += self.array_length(marker)?;
                    0
                }
                Marker::FixStr(length) => usize::from(length),
                Marker::Str8 | Marker::Bin8 => self.length8()?,
                Marker::Str16 | Marker::Bin16 => self.length16()?,
                Marker::Str32 | Marker::Bin32 => self.length32()?,
                Marker::U8 | Marker::I8 => 1,
                Marker::U16 | Marker::I16 => 2,
                Marker::U32 | Marker::I32 | Marker::F32 => 4,
                Marker::U64 | Marker::I64 | Marker::F64 => 8,
                Marker::FixPos(_) | Marker::FixNeg(_) | Marker::Null | Marker::True | Marker::False => 0,
                // A byte for the code of the extension.
                _ => self.extension_length(marker)?.ok_or_else(|| wrong("a value is required"))? + 1,
            };
            self.take(length)?;
        }
        Ok(())
    }

    fn elements(&mut self, marker: Marker, element: &Type, depth: usize) -> Result<Vec<Value>, Located> {
        let length = self.array_length(marker)?;
        let mut values = Vec::with_capacity(length.min(MAX_RESERVED));
        for index in 0..length {
            values.push(self.value(element, depth + 1).map_err(|error| error.in_index(index))?);
        }
        Ok(values)
    }

    fn tuple(&mut self, marker: Marker, elements: &[Type], depth: usize) -> Result<Value, Located> {
        let length = self.array_length(marker)?;
        if length != elements.len() {
            return Err(wrong(format!("a tuple of {} elements is required, {length} given", elements.len())));
        }
        let mut values = Vec::with_capacity(length);
        for (index, ty) in elements.iter().enumerate() {
            values.push(self.value(ty, depth + 1).map_err(|error| error.in_index(index))?);
        }
        Ok(Value::Tuple(values))
    }

    fn map(&mut self, marker: Marker, element: &Type, depth: usize) -> Result<Value, Located> {
        let mut values = BTreeMap::new();
        for _ in 0..self.map_length(marker, "a map is required")? {
            let key = self.key()?;
            let value = self.value(element, depth + 1).map_err(|error| error.in_key(&key))?;
            values.insert(key, value);
        }
        Ok(Value::Map(values))
    }

    fn object(
        &mut self,
        marker: Marker,
        attributes: &BTreeMap<String, Type>,
        depth: usize,
    ) -> Result<Value, Located> {
        let mut values = BTreeMap::new();
        for _ in 0..self.map_length(marker, "an object is required")? {
            let name = self.key()?;
            let Some(ty) = attributes.get(&name) else {
                return Err(wrong("the object has no such attribute").in_attribute(&name));
            };
            let value = self.value(ty, depth + 1).map_err(|error| error.in_attribute(&name))?;
            values.insert(name, value);
        }
        if let Some(missing) = attributes.keys().find(|name| !values.contains_key(*name)) {
            return Err(wrong("this attribute is missing").in_attribute(missing));
        }
        Ok(Value::Object(values))
    }

    fn dynamic(&mut self, marker: Marker, depth: usize) -> Result<Value, Located> {
        if self.array_length(marker)? != 2 {
            return Err(wrong("a pair of type and value is required"));
        }
        let marker = self.marker()?;
        let length = match marker {
            Marker::Bin8 | Marker::Str8 => self.length8()?,
            Marker::Bin16 | Marker::Str16 => self.length16()?,
            Marker::Bin32 | Marker::Str32 => self.length32()?,
            Marker::FixStr(length) => usize::from(length),
            _ => return Err(wrong("the type of a dynamic value is required")),
        };
        let ty = Type::from_json_located(self.take(length)?)?;
        let value = self.value(&ty, depth + 1)?;
        Ok(Value::Dynamic(Box::new(ty), Box::new(value)))
    }

    fn unknown(&mut self, length: usize, ty: &Type) -> Result<Value, Located> {
        let code = i8::from_be_bytes(self.array()?);
        let payload = self.take(length)?;
        if length <= 1 {
            Ok(Value::unknown())
        } else if code != REFINED {
            Err(wrong(format!("extension {code} of {length} bytes is not an unknown value")))
        } else if length > MAX_REFINEMENT {
            Err(wrong("the refinement of an unknown value is too long"))
        } else {
            refinement::decode(payload, ty)
        }
    }

    fn key(&mut self) -> Result<String, Located> {
        let marker = self.marker()?;
        self.string(marker, "a key must be a string")
    }

    fn array_length(&mut self, marker: Marker) -> Result<usize, Located> {
        let length = match marker {
            Marker::FixArray(length) => usize::from(length),
            Marker::Array16 => self.length16()?,
            Marker::Array32 => self.length32()?,
            _ => return Err(wrong("an array is required")),
        };
        // Every element takes at least one byte.
        if length > self.rest.len() { Err(cut_short()) } else { Ok(length) }
    }

    pub(super) fn map_length(&mut self, marker: Marker, otherwise: &str) -> Result<usize, Located> {
        let length = match marker {
            Marker::FixMap(length) => usize::from(length),
            Marker::Map16 => self.length16()?,
            Marker::Map32 => self.length32()?,
            _ => return Err(wrong(otherwise)),
        };
        if length > self.rest.len() / 2 { Err(cut_short()) } else { Ok(length) }
    }

    fn extension_length(&mut self, marker: Marker) -> Result<Option<usize>, Located> {
        Ok(Some(match marker {
            Marker::FixExt1 => 1,
            Marker::FixExt2 => 2,
            Marker::FixExt4 => 4,
            Marker::FixExt8 => 8,
            Marker::FixExt16 => 16,
            Marker::Ext8 => self.length8()?,
            Marker::Ext16 => self.length16()?,
            Marker::Ext32 => self.length32()?,
            _ => return Ok(None),
        }))
    }

    fn length8(&mut self) -> Result<usize, Located> {
        Ok(usize::from(u8::from_be_bytes(self.array()?)))
    }

    fn length16(&mut self) -> Result<usize, Located> {
        Ok(usize::from(u16::from_be_bytes(self.array()?)))
    }

    fn length32(&mut self) -> Result<usize, Located> {
        Ok(u32::from_be_bytes(self.array()?) as usize)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Located> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(*head)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Located> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(head)
    }
}

fn cut_short() -> Located {
    wrong("the value is cut short")
}

fn parse_number(text: &str) -> Result<Number, Located> {
    text.parse().map_err(|error: super::super::ParseNumberError| wrong(error.to_string()))
}

fn exact_number(value: f64) -> Result<Number, Located> {
    Number::from_exact_f64(value).ok_or_else(|| wrong("NaN is not a Terraform number"))
}
