//! From the tree to typed values, through serde, with the path of each failure; and on after a failure.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::nearest;
use super::node::{Key, Node, Value};
use crate::problem::{Problem, SpecPath, Step};

/// Each problem costs a look at the whole tree, and nobody mends more at once.
const MOST_PROBLEMS: usize = 100;

/// The value that the tree describes, or all that is wrong with it.
///
/// Serde stops at the first failure. To find the next one, the value that failed is left out and all is tried again;
/// when the lack of that value is the next failure, what holds it is left out, too, without a word.
pub(super) fn decode<T: DeserializeOwned>(root: &Node) -> Result<T, Vec<Problem>> {
    let mut left_out = BTreeSet::new();
    let mut problems = Vec::new();
    loop {
        let failure =
            match T::deserialize(Decoder { node: root, left_out: &left_out, path: SpecPath::root() }) {
                Ok(value) if problems.is_empty() => return Ok(value),
                Ok(_) => return Err(problems),
                Err(failure) => failure,
            };
        let at = failure.path.unwrap_or_default();
        let follows = failure.missing.is_some_and(|field| left_out.contains(&at.field(field)));
        if !follows {
            let problem = Problem::new(at.clone(), failure.message);
            let problem = if failure.of_key { problem.of_key() } else { problem };
            problems.push(match failure.hint {
                Some(hint) => problem.hint(hint),
                None => problem,
            });
        }
        if at.steps().is_empty() || !left_out.insert(at) || problems.len() == MOST_PROBLEMS {
            return Err(problems);
        }
    }
}

/// Why a value could not be decoded.
#[derive(Debug)]
struct Failure {
    message: String,
    hint: Option<String>,
    /// None until the failure has passed the deserializer of the value that it is about.
    path: Option<SpecPath>,
    of_key: bool,
    missing: Option<&'static str>,
}

impl Failure {
    fn at(self, path: &SpecPath) -> Self {
        Self { path: self.path.or_else(|| Some(path.clone())), ..self }
    }

    fn of_key_at(self, path: &SpecPath) -> Self {
        if self.path.is_some() { self } else { Self { path: Some(path.clone()), of_key: true, ..self } }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), hint: None, path: None, of_key: false, missing: None }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let hint = match nearest(field, expected.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the fields here are {}", list(expected)),
        };
        Self { hint: Some(hint), ..Self::custom(format_args!("there is no field `{field}`")) }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let hint = match nearest(variant, expected.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("write one of {}", list(expected)),
        };
        Self { hint: Some(hint), ..Self::custom(format_args!("there is no `{variant}` here")) }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::custom(format_args!("the field `{field}` is missing")) }
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let (found, is_scalar) = match found {
            de::Unexpected::Signed(_) | de::Unexpected::Float(_) => ("a number", true),
            de::Unexpected::Bool(_) => ("`true` or `false`", true),
            de::Unexpected::Str(_) => ("a text", false),
            de::Unexpected::Seq => ("a list", false),
            de::Unexpected::Map => ("a map", false),
            _ => ("nothing", false),
        };
        let expected = match expected.to_string().as_str() {
            "a string" => "a text".to_owned(),
            "a sequence" => "a list".to_owned(),
            "a boolean" => "`true` or `false`".to_owned(),
            other if other.starts_with("struct ") => "a map of fields".to_owned(),
            other => other.to_owned(),
        };
        let hint = (is_scalar && expected == "a text").then(|| "write it in quotes".to_owned());
        Self { hint, ..Self::custom(format_args!("this is {found}, not {expected}")) }
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The deserializer of one node.
struct Decoder<'a> {
    node: &'a Node,
    left_out: &'a BTreeSet<SpecPath>,
    path: SpecPath,
}

impl Decoder<'_> {
    fn list<'de, V: Visitor<'de>>(&self, nodes: &[Node], visitor: V) -> Result<V::Value, Failure> {
        let children = nodes.iter().enumerate().map(|(index, node)| (self.path.index(index), node)).collect();
        visitor.visit_seq(Children { children: self.present(children), left_out: self.left_out })
    }

    fn map<'de, V: Visitor<'de>>(&self, entries: &[(Key, Node)], visitor: V) -> Result<V::Value, Failure> {
        let children = entries.iter().map(|(key, node)| (self.path.field(&key.name), node)).collect();
        visitor.visit_map(Children { children: self.present(children), left_out: self.left_out })
    }

    /// The children that are not left out, the last first.
    fn present<'a>(&self, mut children: Vec<(SpecPath, &'a Node)>) -> Vec<(SpecPath, &'a Node)> {
        children.retain(|(path, _)| !self.left_out.contains(path));
        children.reverse();
        children
    }
}

impl<'de> de::Deserializer<'de> for Decoder<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let result = match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_str(value),
            Value::List(nodes) => self.list(nodes, visitor),
            Value::Map(entries) => self.map(entries, visitor),
            Value::Blocks(blocks) => match blocks.as_slice() {
                [Node { value: Value::Map(entries), .. }] => self.map(entries, visitor),
                _ => Err(<Failure as de::Error>::custom("this block is there more than once")),
            },
        };
        result.map_err(|failure| failure.at(&self.path))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// Nothing after the colon is an empty map: `environments: { dev: }`.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.value {
            Value::Null => self.map(&[], visitor).map_err(|failure| failure.at(&self.path)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.value {
            // A derived struct would also take a list of its fields in order. No spec is meant that way.
            Value::List(_) => {
                Err(<Failure as de::Error>::custom("this is a list, not a map of fields").at(&self.path))
            }
            _ => self.deserialize_map(visitor),
        }
    }

    /// Nothing after the colon is an empty list.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Null => self.list(&[], visitor).map_err(|failure| failure.at(&self.path)),
            Value::Blocks(blocks) => self.list(blocks, visitor).map_err(|failure| failure.at(&self.path)),
            _ => self.deserialize_any(visitor),
        }
    }

    /// A word out of a few.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.value {
            Value::Text(word) => {
                let word: StringDeserializer<Failure> = word.clone().into_deserializer();
                visitor.visit_enum(word).map_err(|failure| failure.at(&self.path))
            }
            _ => Err(<Failure as de::Error>::custom("this is not a text").at(&self.path)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct tuple tuple_struct identifier ignored_any
    }
}

/// The elements of a list, or the entries of a map; the last is the next.
struct Children<'a> {
    children: Vec<(SpecPath, &'a Node)>,
    left_out: &'a BTreeSet<SpecPath>,
}

impl Children<'_> {
    fn value<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let Some((path, node)) = self.children.pop() else { return Ok(None) };
        let decoder = Decoder { node, left_out: self.left_out, path: path.clone() };
        // A type with a rule of its own fails only after its text was read, outside of the decoder.
        seed.deserialize(decoder).map(Some).map_err(|failure| failure.at(&path))
    }
}

impl<'de> SeqAccess<'de> for Children<'_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        self.value(seed)
    }
}

impl<'de> MapAccess<'de> for Children<'_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let Some((path, _)) = self.children.last() else { return Ok(None) };
        let Some(Step::Field(name)) = path.steps().last() else { return Ok(None) };
        let key: StringDeserializer<Failure> = name.clone().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|failure| failure.of_key_at(path))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        self.value(seed)?.ok_or_else(|| de::Error::custom("a key without a value"))
    }
}
