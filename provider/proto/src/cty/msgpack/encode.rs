use std::collections::BTreeMap;

use super::super::error::{Located, wrong};
use super::super::nfc::{nfc, normal_keys};
use super::super::{EncodeError, MAX_DEPTH, Number, Refinement, Type, Value};
use super::{REFINED, refinement};

/// Writes `value`, which must be of type `ty`, as MessagePack.
///
/// # Errors
/// A value of another type, an object without exactly the attributes of its type, NaN, or a value nested deeper than
/// [`MAX_DEPTH`].
pub fn encode_msgpack(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::default();
    writer.value(value, ty, 0)?;
    Ok(writer.bytes)
}

#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    fn value(&mut self, value: &Value, ty: &Type, depth: usize) -> Result<(), Located> {
        if depth > MAX_DEPTH {
            return Err(wrong(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        match (ty, value) {
            (_, Value::Null) => {
                infallible(rmp::encode::write_nil(&mut self.bytes));
                Ok(())
            }
            (_, Value::Unknown(refinement)) => self.unknown(refinement, ty),
            (Type::Bool, Value::Bool(value)) => {
                self.bool(*value);
                Ok(())
            }
            (Type::Number, Value::Number(value)) => self.number(value),
            (Type::String, Value::String(value)) => {
                self.string(value);
                Ok(())
            }
            (Type::List(element), Value::List(values)) | (Type::Set(element), Value::Set(values)) => {
                self.array_length(values.len())?;
                for (index, value) in values.iter().enumerate() {
                    self.value(value, element, depth + 1).map_err(|error| error.in_index(index))?;
                }
                Ok(())
            }
            (Type::Map(element), Value::Map(values)) => {
                self.map_length(values.len())?;
                for (key, value) in normal_keys(values)? {
                    self.string(&key);
                    self.value(value, element, depth + 1).map_err(|error| error.in_key(&key))?;
                }
                Ok(())
            }
            (Type::Object(attributes), Value::Object(values)) => self.object(values, attributes, depth),
            (Type::Tuple(elements), Value::Tuple(values)) if elements.len() == values.len() => {
                self.array_length(values.len())?;
                for (index, (value, ty)) in values.iter().zip(elements).enumerate() {
                    self.value(value, ty, depth + 1).map_err(|error| error.in_index(index))?;
                }
                Ok(())
            }
            (Type::Dynamic, Value::Dynamic(ty, value)) => {
                self.array_length(2)?;
                let ty_json = ty.to_json();
                let length = u32::try_from(ty_json.len()).map_err(|_| wrong("the type is too large"))?;
                infallible(rmp::encode::write_bin_len(&mut self.bytes, length).map(drop));
                self.bytes.extend(ty_json);
                self.value(value, ty, depth + 1)
            }
            _ => Err(wrong(format!("{ty} is required, this is {}", value.kind()))),
        }
    }

    /// Writes from the type, so that an attribute too many or too few is found here and not by Terraform, which
    /// would then lose the whole object.
    fn object(
        &mut self,
        values: &BTreeMap<String, Value>,
        attributes: &BTreeMap<String, Type>,
        depth: usize,
    ) -> Result<(), Located> {
        if let Some(surplus) = values.keys().find(|name| !attributes.contains_key(*name)) {
            return Err(wrong("the object has no such attribute").in_attribute(surplus));
        }
        self.map_length(attributes.len())?;
        for (name, ty) in attributes {
            let value =
                values.get(name).ok_or_else(|| wrong("this attribute is missing").in_attribute(name))?;
            self.string(name);
            self.value(value, ty, depth + 1).map_err(|error| error.in_attribute(name))?;
        }
        Ok(())
    }

    fn unknown(&mut self, refinement: &Refinement, ty: &Type) -> Result<(), Located> {
        match refinement::encode(refinement, ty)? {
            None => self.bytes.extend([0xd4, 0, 0]),
            Some(payload) => {
                let length =
                    u32::try_from(payload.len()).ok().filter(|_| payload.len() <= super::MAX_REFINEMENT);
                let length = length.ok_or_else(|| wrong("the refinement of an unknown value is too long"))?;
                infallible(rmp::encode::write_ext_meta(&mut self.bytes, length, REFINED).map(drop));
                self.bytes.extend(payload);
            }
        }
        Ok(())
    }

    pub(super) fn bool(&mut self, value: bool) {
        infallible(rmp::encode::write_bool(&mut self.bytes, value));
    }

    pub(super) fn integer(&mut self, value: i64) {
        infallible(rmp::encode::write_sint(&mut self.bytes, value).map(drop));
    }

    /// Terraform's order of preference: integer, then binary fraction, then text, and only where each is exact.
    pub(super) fn number(&mut self, value: &Number) -> Result<(), Located> {
        if let Some(integer) = value.as_i64() {
            self.integer(integer);
        } else if let Some(fraction) = value.as_exact_fraction() {
            if fraction.is_nan() {
                return Err(wrong("NaN is not a Terraform number"));
            }
            infallible(rmp::encode::write_f64(&mut self.bytes, fraction));
        } else {
            self.string(&value.to_string());
        }
        Ok(())
    }

    pub(super) fn string(&mut self, value: &str) {
        infallible(rmp::encode::write_str(&mut self.bytes, &nfc(value)));
    }

    pub(super) fn array_length(&mut self, length: usize) -> Result<(), Located> {
        let length = u32::try_from(length).map_err(|_| wrong("too many elements"))?;
        infallible(rmp::encode::write_array_len(&mut self.bytes, length).map(drop));
        Ok(())
    }

    pub(super) fn map_length(&mut self, length: usize) -> Result<(), Located> {
        let length = u32::try_from(length).map_err(|_| wrong("too many elements"))?;
        infallible(rmp::encode::write_map_len(&mut self.bytes, length).map(drop));
        Ok(())
    }
}

/// Writing into a `Vec` cannot fail; `rmp` returns a result because other writers can.
fn infallible<E>(written: Result<(), E>) {
    written.unwrap_or_else(|_| debug_assert!(false, "a Vec grows or aborts"));
}
