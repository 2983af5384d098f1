/// The value of one attribute.
///
/// Unlike `Option`, it tells a value that was left out ([`Null`](Value::Null)) from one that nobody knows before
/// apply ([`Unknown`](Value::Unknown)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value<T> {
    /// Not set.
    #[default]
    Null,
    /// Known only after apply.
    Unknown,
    /// Set to this.
    Known(T),
}

impl<T> Value<T> {
    /// The value, when there is one and it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Value::Known(value) => Some(value),
            Value::Null | Value::Unknown => None,
        }
    }

    /// The value itself, when there is one and it is known.
    pub fn into_known(self) -> Option<T> {
        match self {
            Value::Known(value) => Some(value),
            Value::Null | Value::Unknown => None,
        }
    }

    /// Whether the attribute is not set.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether the value is known only after apply.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Unknown)
    }

    /// Whether there is a value and it is known.
    pub fn is_known(&self) -> bool {
        matches!(self, Value::Known(_))
    }

    /// The same, borrowed.
    pub fn as_ref(&self) -> Value<&T> {
        match self {
            Value::Null => Value::Null,
            Value::Unknown => Value::Unknown,
            Value::Known(value) => Value::Known(value),
        }
    }

    /// Applies `f` to a known value; null and unknown stay what they are.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Value<U> {
        match self {
            Value::Null => Value::Null,
            Value::Unknown => Value::Unknown,
            Value::Known(value) => Value::Known(f(value)),
        }
    }
}

impl<T> From<T> for Value<T> {
    fn from(value: T) -> Value<T> {
        Value::Known(value)
    }
}

/// `None` is null.
impl<T> From<Option<T>> for Value<T> {
    fn from(value: Option<T>) -> Value<T> {
        value.map_or(Value::Null, Value::Known)
    }
}

impl From<&str> for Value<String> {
    fn from(value: &str) -> Value<String> {
        Value::Known(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_unknown_survive_map_and_known_is_mapped() {
        assert_eq!(Value::<i64>::Null.map(|n| n + 1), Value::Null);
        assert_eq!(Value::<i64>::Unknown.map(|n| n + 1), Value::Unknown);
        assert_eq!(Value::from(1).map(|n| n + 1), Value::Known(2));
    }

    #[test]
    fn an_option_becomes_null_or_known() {
        assert_eq!(Value::<bool>::from(None), Value::Null);
        assert_eq!(Value::<bool>::from(Some(true)), Value::Known(true));
        assert_eq!(Value::<String>::from("a").as_ref().into_known().map(String::as_str), Some("a"));
    }
}
