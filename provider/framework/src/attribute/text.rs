//! Attribute types that are written as text, such as a CIDR block or an account id.

use std::fmt::{Debug, Display};
use std::ops::Deref;
use std::str::FromStr;

use tfplugin_proto::cty;

use super::Attribute;
use crate::schema::Shape;
use crate::{Diagnostic, Path, show};

/// Makes types that implement `FromStr` and `Display` usable as attributes. The text of the parse error is shown to
/// the user, with the path of the value.
///
/// The type must be local to the crate that calls the macro, or wrapped in one that is.
///
/// Text that is written differently but parses to the same value, as `FD00::/8` and `fd00::/8`, counts as unchanged:
/// plans and states keep it as the user wrote it. What tells two values apart is how they print, so equal values must
/// print alike.
#[macro_export]
macro_rules! string_attribute {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::Attribute for $type {
            fn shape() -> $crate::schema::Shape {
                $crate::attribute::text_shape()
            }

            fn decode(
                value: &$crate::cty::Value,
                path: &$crate::Path,
            ) -> ::std::result::Result<Self, $crate::Diagnostic> {
                $crate::attribute::decode_text(value, path)
            }

            fn encode(&self) -> $crate::cty::Value {
                $crate::attribute::encode_text(self)
            }
        }
    )+};
}

/// The shape of a text attribute.
pub fn text_shape() -> Shape {
    Shape::Type(cty::Type::String)
}

/// Parses the text at `path`.
///
/// # Errors
/// The value is no text, or the text does not parse.
pub fn decode_text<T: FromStr<Err: Display>>(value: &cty::Value, path: &Path) -> Result<T, Diagnostic> {
    let text = String::decode(value, path)?;
    text.parse().map_err(|error: T::Err| {
        Diagnostic::error(format!("Invalid value for {}", show::path(path)), error.to_string())
            .at(path.clone())
    })
}

/// Writes the value as text.
pub fn encode_text<T: Display>(value: &T) -> cty::Value {
    cty::Value::String(value.to_string())
}

/// A type of another crate that is written as text: `Value<Text<Cidr>>`.
///
/// Spelling is kept as with [`string_attribute!`](crate::string_attribute), which is shorter,
/// but works only for types of the crate that calls it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<T>(pub T);

impl<T> Attribute for Text<T>
where
    T: FromStr<Err: Display> + Display + Clone + PartialEq + Debug + Send + Sync + 'static,
{
    fn shape() -> Shape {
        text_shape()
    }

    fn decode(value: &cty::Value, path: &Path) -> Result<Text<T>, Diagnostic> {
        decode_text(value, path).map(Text)
    }

    fn encode(&self) -> cty::Value {
        encode_text(&self.0)
    }
}

impl<T> Deref for Text<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Text<T> {
    fn from(value: T) -> Text<T> {
        Text(value)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;

    #[test]
    fn the_parse_error_is_shown_at_the_path() {
        let path = Path::root().attribute("address");
        let diagnostic = Text::<Ipv6Addr>::decode(&cty::Value::from("nonsense"), &path).unwrap_err();
        let text = "error: Invalid value for \"address\" (at address)\ninvalid IPv6 address syntax";
        assert_eq!(diagnostic.to_string(), text);
    }

    #[test]
    fn two_spellings_are_one_value() {
        let decode = |text: &str| Text::<Ipv6Addr>::decode(&cty::Value::from(text), &Path::root()).unwrap();
        assert_eq!(decode("FD00::0"), decode("fd00::"));
        assert_eq!(decode("FD00::0").encode(), cty::Value::from("fd00::"));
    }
}
