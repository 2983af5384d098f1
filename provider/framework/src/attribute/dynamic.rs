use tfplugin_proto::cty;

use super::{Attribute, plain, wrong_type};
use crate::schema::Shape;
use crate::{Diagnostic, Path};

/// A value of any type, which comes with it: Terraform's
/// [`any`](https://developer.hashicorp.com/terraform/plugin/framework/handling-data/dynamic-data). Parts of it may be
/// unknown. It cannot be in a list, a set or a map, whose elements have one type.
#[derive(Clone, Debug, PartialEq)]
pub struct Dynamic {
    ty: cty::Type,
    value: cty::Value,
}

impl Dynamic {
    /// The value `value` of type `ty`.
    pub fn new(ty: cty::Type, value: impl Into<cty::Value>) -> Dynamic {
        Dynamic { ty, value: value.into() }
    }

    /// The type of the value.
    pub fn ty(&self) -> &cty::Type {
        &self.ty
    }

    /// The value.
    pub fn value(&self) -> &cty::Value {
        &self.value
    }
}

impl Attribute for Dynamic {
    fn shape() -> Shape {
        Shape::Type(cty::Type::Dynamic)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<Dynamic, Diagnostic> {
        match value {
            cty::Value::Dynamic(ty, value) => Ok(Dynamic { ty: (**ty).clone(), value: (**value).clone() }),
            other => Err(wrong_type(other, path, "A value with its type")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Dynamic(Box::new(self.ty.clone()), Box::new(self.value.clone()))
    }
}

/// A number as it is written, of any size and with every digit. `i64` and `f64` are for numbers to reckon with.
impl Attribute for cty::Number {
    fn shape() -> Shape {
        Shape::Type(cty::Type::Number)
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<cty::Number, Diagnostic> {
        match plain(value) {
            cty::Value::Number(number) => Ok(number.clone()),
            other => Err(wrong_type(other, path, "A number")),
        }
    }

    fn encode(&self) -> cty::Value {
        cty::Value::Number(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn a_value_keeps_its_type_on_the_wire() {
        let ports = cty::Value::List(vec![80.into(), cty::Value::unknown()]);
        let any = Value::Known(Dynamic::new(cty::Type::list(cty::Type::Number), ports));
        for any in [any, Value::Null, Value::Unknown] {
            let bytes = cty::encode_msgpack(&any.encode(), &cty::Type::Dynamic).unwrap();
            let read = cty::decode_msgpack(&bytes, &cty::Type::Dynamic).unwrap();
            assert_eq!(Value::<Dynamic>::decode(&read, &Path::root()).unwrap(), any);
        }
    }

    #[test]
    fn a_number_keeps_its_digits() {
        let digits = "123456789012345678901234567890.5";
        let value = cty::Value::Number(digits.parse().unwrap());
        let bytes = cty::encode_msgpack(&value, &cty::Type::Number).unwrap();
        let read = cty::decode_msgpack(&bytes, &cty::Type::Number).unwrap();
        assert_eq!(cty::Number::decode(&read, &Path::root()).unwrap().to_string(), digits);
    }
}
