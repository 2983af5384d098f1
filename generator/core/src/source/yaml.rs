//! YAML 1.2, with bounds against texts that grow when they are read.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::node::{Key, Node, Unreadable, Value};
use super::place::Place;

/// Values in one spec; 10,000 networks are some 400,000.
const MOST_NODES: usize = 2_000_000;
/// Values that aliases repeat: an anchor is for a few lines, not for a bomb.
const MOST_REPEATED: usize = 100_000;

/// Levels inside each other; a spec has six.
const MOST_LEVELS: usize = 64;

/// The tree of `text`.
pub(super) fn parse(text: &str) -> Result<Node, Unreadable> {
    if let Some(line) = too_deep(text) {
        return Err(Unreadable::new("the levels go too deep here", Place { line, column: 1, length: 1 }));
    }
    let options = serde_saphyr::options! {
        with_snippet: false,
        // `no` and `off` are texts, as in YAML 1.2.
        strict_booleans: true,
        budget: serde_saphyr::budget! {
            max_nodes: MOST_NODES,
            max_events: 3 * MOST_NODES,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MOST_REPEATED },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| unreadable(&error))
}

/// The first line on which too many levels are open.
///
/// The parser goes some calls deeper for each level before it looks at its own limit, so this is counted here: a level
/// per indentation, and one for each indicator before a line's first text, as in `- - x`.
fn too_deep(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let rest = line[indentation..].trim_end();
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        while open.last().is_some_and(|(other, _)| *other >= indentation) {
            open.pop();
        }
        let words = rest.split([' ', '\t']).filter(|word| !word.is_empty());
        let levels = 1 + words.take_while(|word| ["-", "?", ":"].contains(word)).count();
        let outside = open.last().map_or(0, |(_, sum)| *sum);
        if outside + levels > MOST_LEVELS {
            return Some(index + 1);
        }
        open.push((indentation, outside + levels));
    }
    None
}

fn unreadable(error: &serde_saphyr::Error) -> Unreadable {
    let message = error.without_snippet().to_string();
    // The message repeats the place that the next line gives.
    let message = message.split(" at line ").next().unwrap_or(&message);
    // Nor does it help people to hear of the parser's options.
    let message = message.split(", set DuplicateKeyPolicy").next().unwrap_or(message);
    Unreadable::new(message, error.location().map(Place::from))
}

impl From<Location> for Place {
    fn from(location: Location) -> Self {
        let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
        Self {
            line: number(location.line()),
            column: number(location.column()),
            length: number(location.span().len()),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, referenced, .. } = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { value, place: referenced.into() })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;

        impl<'de> Visitor<'de> for AnyValue {
            type Value = Value;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a YAML value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Integer(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
                #[allow(clippy::cast_precision_loss, reason = "no digit of such a number is ever used")]
                Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
            }

            fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
                #[allow(clippy::cast_precision_loss, reason = "no digit of such a number is ever used")]
                Ok(Value::Float(value as f64))
            }

            fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
                #[allow(clippy::cast_precision_loss, reason = "no digit of such a number is ever used")]
                Ok(Value::Float(value as f64))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
                Ok(Value::Float(value))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
                Ok(Value::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(node) = access.next_element()? {
                    list.push(node);
                }
                Ok(Value::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
                let mut map = Vec::new();
                while let Some(Spanned { value, referenced, .. }) = access.next_key::<Spanned<String>>()? {
                    map.push((Key { name: value, place: referenced.into() }, access.next_value()?));
                }
                Ok(Value::Map(map))
            }
        }

        deserializer.deserialize_any(AnyValue)
    }
}
