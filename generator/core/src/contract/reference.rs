//! A reference: the value of an input is an output of another unit.

use std::fmt;
use std::str::FromStr;

use landform_model::StackName;
use schemars::JsonSchema;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::spec::schema::text;

/// The value of an input that is an output of another unit of the same account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The unit: its name when it is in the same account, region and environment, else its id
    /// `account/region/environment/name`.
    #[schemars(with = "text::StackName")]
    pub from: StackName,
    /// The output of that unit.
    #[schemars(with = "text::Identifier")]
    pub output: Identifier,
    /// The way into the output: keys of maps and objects, positions in lists from 0. The default is the whole output.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Step>,
}

/// One step into an output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[serde(untagged)]
pub enum Step {
    /// The value of this key.
    Key(String),
    /// The element of this position, from 0.
    Index(u64),
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Step::Key(key) => serializer.serialize_str(key),
            Step::Index(index) => serializer.serialize_u64(*index),
        }
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyOrPosition;

        impl Visitor<'_> for KeyOrPosition {
            type Value = Step;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key, or a position from 0")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Step, E> {
                u64::try_from(value).map(Step::Index).map_err(|_| E::custom("positions are counted from 0"))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Step, E> {
                Ok(Step::Index(value))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Step, E> {
                Ok(Step::Key(value.to_owned()))
            }
        }

        deserializer.deserialize_any(KeyOrPosition)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Key(key) => formatter.pad(key),
            Step::Index(index) => write!(formatter, "{index}"),
        }
    }
}

/// The name of a variable, an output or an attribute, as Terraform takes it: letters, digits, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier(String);

/// A text that is not an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a name of a variable or output: it has letters, digits, `_` and `-`, and starts with a letter or `_`"
)]
pub struct NotAnIdentifier(String);

/// The longest identifier. Terraform has no bound of its own.
const LONGEST: usize = 128;

impl Identifier {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is one; also for constants, where `parse` cannot be.
    pub(crate) const fn is_valid(text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let is_letter = bytes[at].is_ascii_alphabetic() || bytes[at] == b'_';
            if !is_letter && (at == 0 || !bytes[at].is_ascii_digit() && bytes[at] != b'-') {
                return false;
            }
            at += 1;
        }
        at > 0 && at <= LONGEST
    }

    /// The name of a constant, which was found good where it was made.
    pub(crate) fn constant(name: &'static str) -> Self {
        Self(name.to_owned())
    }
}

impl FromStr for Identifier {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if Self::is_valid(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnIdentifier(text.chars().take(LONGEST).collect()))
        }
    }
}

impl TryFrom<String> for Identifier {
    type Error = NotAnIdentifier;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Identifier> for String {
    fn from(name: Identifier) -> String {
        name.0
    }
}

impl AsRef<str> for Identifier {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Identifier {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
