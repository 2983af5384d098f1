//! A value that a spec gives to an input.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of any type that HCL, JSON, YAML and TOML all have. TOML has no null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `null`: as if nothing were given.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, never infinite.
    Number(hcl::Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Argument>),
    /// A map, or an object.
    Map(BTreeMap<String, Argument>),
}

/// The largest integer of which a 64-bit number holds every digit.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

impl Argument {
    /// The value in HCL.
    pub fn to_hcl(&self) -> hcl::Value {
        match self {
            Argument::Null => hcl::Value::Null,
            Argument::Bool(value) => hcl::Value::Bool(*value),
            Argument::Number(value) => hcl::Value::Number(*value),
            Argument::Text(value) => hcl::Value::String(value.clone()),
            Argument::List(values) => hcl::Value::Array(values.iter().map(Argument::to_hcl).collect()),
            Argument::Map(values) => {
                hcl::Value::Object(values.iter().map(|(key, value)| (key.clone(), value.to_hcl())).collect())
            }
        }
    }

    /// What it is, in words.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Argument::Null => "nothing",
            Argument::Bool(_) => "`true` or `false`",
            Argument::Number(_) => "a number",
            Argument::Text(_) => "a text",
            Argument::List(_) => "a list",
            Argument::Map(_) => "a map",
        }
    }
}

impl From<bool> for Argument {
    fn from(value: bool) -> Self {
        Argument::Bool(value)
    }
}

impl From<i64> for Argument {
    fn from(value: i64) -> Self {
        Argument::Number(value.into())
    }
}

impl From<&str> for Argument {
    fn from(value: &str) -> Self {
        Argument::Text(value.to_owned())
    }
}

impl From<String> for Argument {
    fn from(value: String) -> Self {
        Argument::Text(value)
    }
}

impl<T: Into<Argument>> From<Vec<T>> for Argument {
    fn from(values: Vec<T>) -> Self {
        Argument::List(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Argument>> From<BTreeMap<String, T>> for Argument {
    fn from(values: BTreeMap<String, T>) -> Self {
        Argument::Map(values.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

impl schemars::JsonSchema for Argument {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Argument".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // What fits, the module says.
        true.into()
    }
}

impl Serialize for Argument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Argument::Null => serializer.serialize_unit(),
            Argument::Bool(value) => serializer.serialize_bool(*value),
            Argument::Number(value) => match value.as_i64() {
                Some(integer) => serializer.serialize_i64(integer),
                None => serializer.serialize_f64(value.as_f64().unwrap_or_default()),
            },
            Argument::Text(value) => serializer.serialize_str(value),
            Argument::List(values) => serializer.collect_seq(values),
            Argument::Map(values) => {
                let mut map = serializer.serialize_map(Some(values.len()))?;
                values.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Argument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyArgument;

        impl<'de> Visitor<'de> for AnyArgument {
            type Value = Argument;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Argument, E> {
                Ok(Argument::Null)
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Argument, E> {
                Ok(value.into())
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Argument, E> {
                Ok(value.into())
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Argument, E> {
                i64::try_from(value).map(Into::into).map_err(|_| inexact())
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Argument, E> {
                let is_exact = value.abs() <= MOST_EXACT;
                hcl::Number::from_f64(value).filter(|_| is_exact).map(Argument::Number).ok_or_else(inexact)
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Argument, E> {
                Ok(value.into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Argument, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = access.next_element()? {
                    list.push(value);
                }
                Ok(Argument::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Argument, A::Error> {
                let mut map = BTreeMap::new();
                while let Some((key, value)) = access.next_entry()? {
                    map.insert(key, value);
                }
                Ok(Argument::Map(map))
            }
        }

        deserializer.deserialize_any(AnyArgument)
    }
}

fn inexact<E: de::Error>() -> E {
    E::custom("this number is too large to be kept with all of its digits: write it as a text, in quotes")
}
