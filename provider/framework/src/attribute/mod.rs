//! Rust types that are Terraform attribute types.

mod collections;
mod dynamic;
mod object;
mod rules;
mod scalars;
mod text;

use std::fmt::Debug;

use tfplugin_proto::cty;

use crate::schema::{ObjectSchema, Shape};
use crate::{Diagnostic, Diagnostics, Path, Value};

pub use dynamic::Dynamic;
#[doc(hidden)]
pub use object::{Fields, check_known, object, respelled};
#[doc(hidden)]
pub use rules::{Given, check_conflict, check_group, check_needed};
pub use text::Text;
#[doc(hidden)]
pub use text::{decode_text, encode_text, text_shape};

/// A Rust type that is a Terraform attribute type.
///
/// Implemented for `bool`, `i64`, `f64`, [`cty::Number`], `String`, [`Dynamic`], [`Value<T>`](Value), `Vec<T>` (list), `BTreeSet<T>` (set),
/// `BTreeMap<String, T>` (map), and every `#[derive(Model)]` struct (object). [`string_attribute!`](crate::string_attribute)
/// adds types that are written as text.
///
/// Encoding and decoding are each other's inverse for whatever `encode` can produce.
pub trait Attribute: Sized + Clone + PartialEq + Debug + Send + Sync + 'static {
    /// The form of the value in the schema.
    fn shape() -> Shape;

    /// Reads the value found at `path`.
    ///
    /// # Errors
    /// The value is not one of this type; the diagnostic has the path of the part that is wrong. Null and unknown
    /// are errors for every type but [`Value`].
    fn decode(value: &cty::Value, path: &Path) -> Result<Self, Diagnostic>;

    /// Writes the value.
    fn encode(&self) -> cty::Value;

    /// `value` as this type writes it: what decoding and encoding makes of it, but with every element of a set in its
    /// place, even if several are equal. So parts of it can be compared with what they are made of. What does not
    /// decode stays as it is.
    fn respelled(value: &cty::Value) -> cty::Value {
        Self::decode(value, &Path::root()).map_or_else(|_| value.clone(), |value| value.encode())
    }

    /// Runs the validators of everything inside this value, which was found at `path`.
    fn check(&self, path: &Path, diagnostics: &mut Diagnostics) {
        let _ = (path, diagnostics);
    }
}

/// A struct whose fields are attributes. `#[derive(Model)]` implements it.
pub trait Model: Attribute {
    /// The attributes.
    fn schema() -> ObjectSchema;
}

/// The summary by which [`Value`] recognises that something inside it is unknown, so that it is unknown as a whole.
const NOT_KNOWN: &str = "Value is not known yet";

impl<T: Attribute> Attribute for Value<T> {
    fn shape() -> Shape {
        T::shape()
    }

    /// A value whose type has no room for an unknown part, such as `Vec<String>` with one unknown element, decodes
    /// as unknown altogether. The plan gives Terraform the configuration's own value back, so nothing gets lost.
    fn decode(value: &cty::Value, path: &Path) -> Result<Value<T>, Diagnostic> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        if value.is_unknown() {
            return Ok(Value::Unknown);
        }
        match T::decode(value, path) {
            Ok(known) => Ok(Value::Known(known)),
            Err(diagnostic) if diagnostic.summary == NOT_KNOWN => Ok(Value::Unknown),
            Err(diagnostic) => Err(diagnostic),
        }
    }

    fn encode(&self) -> cty::Value {
        match self {
            Value::Null => cty::Value::Null,
            Value::Unknown => cty::Value::unknown(),
            Value::Known(value) => value.encode(),
        }
    }

    fn respelled(value: &cty::Value) -> cty::Value {
        match Self::decode(value, &Path::root()) {
            Ok(Value::Known(_)) => T::respelled(value),
            Ok(open) => open.encode(),
            Err(_) => value.clone(),
        }
    }

    fn check(&self, path: &Path, diagnostics: &mut Diagnostics) {
        if let Value::Known(value) = self {
            value.check(path, diagnostics);
        }
    }
}

/// The error for a value that is not `expected`.
fn wrong_type(value: &cty::Value, path: &Path, expected: &str) -> Diagnostic {
    let diagnostic = if value.is_unknown() {
        Diagnostic::error(NOT_KNOWN, format!("{expected} is needed here, and it is known only after apply."))
    } else if value.is_null() {
        Diagnostic::error("Missing value", format!("{expected} is needed here, and the value is null."))
    } else {
        Diagnostic::error("Wrong type of value", format!("{expected} is needed here."))
    };
    diagnostic.at(path.clone())
}

/// What a value of a dynamic type holds; any other value is itself.
fn plain(value: &cty::Value) -> &cty::Value {
    match value {
        cty::Value::Dynamic(_, inner) => plain(inner),
        other => other,
    }
}
