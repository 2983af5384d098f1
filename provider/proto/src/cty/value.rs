use std::collections::BTreeMap;

use super::nfc::{into_nfc, nfc, same_map, same_text};
use super::same_set::same_set;
use super::{Number, Refinement, Type};

/// A Terraform value, null and unknown values included.
///
/// Two sets are equal when each holds the elements of the other, whatever their order; two texts, when they are the same
/// in Unicode's normal form C.
#[derive(Debug, Clone)]
pub enum Value {
    /// The absence of a value, of any type.
    Null,
    /// A value that will be known after apply, and what is promised about it.
    Unknown(Refinement),
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(String),
    /// Elements in order.
    List(Vec<Value>),
    /// Elements without order; duplicates count once.
    Set(Vec<Value>),
    /// Elements by key.
    Map(BTreeMap<String, Value>),
    /// Attributes by name.
    Object(BTreeMap<String, Value>),
    /// Elements in order, each of its own type.
    Tuple(Vec<Value>),
    /// A value in a place of type [`Type::Dynamic`], with the type it has there.
    Dynamic(Box<Type>, Box<Value>),
}

impl Value {
    /// An unknown value about which nothing is promised.
    pub fn unknown() -> Value {
        Value::Unknown(Refinement::default())
    }

    /// An object with these attributes.
    pub fn object<N: Into<String>>(attributes: impl IntoIterator<Item = (N, Value)>) -> Value {
        Value::Object(attributes.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Whether this is null; a dynamic value is null when what it holds is.
    pub fn is_null(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Dynamic(_, inner) => inner.is_null(),
            _ => false,
        }
    }

    /// Whether this value itself is unknown. Unknown elements do not make a list unknown; see [`Value::is_wholly_known`].
    pub fn is_unknown(&self) -> bool {
        match self {
            Value::Unknown(_) => true,
            Value::Dynamic(_, inner) => inner.is_unknown(),
            _ => false,
        }
    }

    /// Whether nothing in this value is unknown, at any depth.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Value::Unknown(_) => false,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
            Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
                elements.iter().all(Value::is_wholly_known)
            }
            Value::Map(elements) | Value::Object(elements) => elements.values().all(Value::is_wholly_known),
            Value::Dynamic(_, inner) => inner.is_wholly_known(),
        }
    }

    /// What kind of value this is, for error messages: `a list`, `null`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Unknown(_) => "an unknown value",
            Value::Bool(_) => "a bool",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Set(_) => "a set",
            Value::Map(_) => "a map",
            Value::Object(_) => "an object",
            Value::Tuple(_) => "a tuple",
            Value::Dynamic(..) => "a dynamic value",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Unknown(a), Value::Unknown(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => same_text(a, b),
            (Value::List(a), Value::List(b)) | (Value::Tuple(a), Value::Tuple(b)) => a == b,
            (Value::Set(a), Value::Set(b)) => same_set(a, b),
            (Value::Map(a), Value::Map(b)) | (Value::Object(a), Value::Object(b)) => same_map(a, b),
            (Value::Dynamic(a, x), Value::Dynamic(b, y)) => a == b && x == y,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Number(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::String(nfc(value).into_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::String(into_nfc(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_compare_without_order_and_lists_with_it() {
        let forth = vec![Value::from("a"), Value::from("b")];
        let back = vec![Value::from("b"), Value::from("a")];
        assert_eq!(Value::Set(forth.clone()), Value::Set(back.clone()));
        assert_ne!(Value::List(forth.clone()), Value::List(back));
        assert_ne!(Value::Set(forth), Value::Set(vec![Value::from("a"), Value::from("a")]));
    }

    #[test]
    fn two_spellings_of_a_text_are_one_value() {
        let (one, two) = ("caf\u{e9}", "cafe\u{301}");
        assert_eq!(Value::String(one.to_owned()), Value::String(two.to_owned()));
        assert!(matches!(Value::from(two), Value::String(text) if text == one));
        assert!(matches!(Value::from(two.to_owned()), Value::String(text) if text == one));
        assert_eq!(
            Value::Map([(one.to_owned(), Value::Null)].into()),
            Value::Map([(two.to_owned(), Value::Null)].into())
        );
    }

    #[test]
    fn a_value_is_small() {
        assert!(size_of::<Value>() <= 40, "lists of millions of them are sent: {}", size_of::<Value>());
    }

    #[test]
    fn an_unknown_element_leaves_its_list_known_but_not_wholly() {
        let list = Value::List(vec![Value::Bool(true), Value::unknown()]);
        assert!(!list.is_unknown());
        assert!(!list.is_wholly_known());
        assert!(Value::Dynamic(Box::new(Type::Bool), Box::new(Value::unknown())).is_unknown());
    }
}
