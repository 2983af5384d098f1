//! What `#[derive(Model)]` generates calls to.

use std::collections::BTreeMap;
use std::fmt::Display;

use tfplugin_proto::cty;

use super::{Attribute, plain, wrong_type};
use crate::{Diagnostic, Diagnostics, Path, show};

/// The attributes of an object that is being decoded.
#[derive(Debug)]
pub struct Fields<'a> {
    attributes: &'a BTreeMap<String, cty::Value>,
    path: &'a Path,
}

impl<'a> Fields<'a> {
    /// The attributes of `value`, which was found at `path`.
    ///
    /// # Errors
    /// The value is not an object.
    pub fn new(value: &'a cty::Value, path: &'a Path) -> Result<Fields<'a>, Diagnostic> {
        match plain(value) {
            cty::Value::Object(attributes) | cty::Value::Map(attributes) => Ok(Fields { attributes, path }),
            other => Err(wrong_type(other, path, "An object")),
        }
    }

    /// Decodes the attribute `name`; a missing one is null.
    ///
    /// # Errors
    /// The attribute does not have a value of type `T`.
    pub fn field<T: Attribute>(&self, name: &str) -> Result<T, Diagnostic> {
        T::decode(self.attributes.get(name).unwrap_or(&cty::Value::Null), &self.path.attribute(name))
    }
}

/// [`Attribute::respelled`] of some type.
type Respelling = fn(&cty::Value) -> cty::Value;

/// The attributes of an object, each as its type writes it; `None` when `value` is no object.
pub fn respelled<const N: usize>(
    value: &cty::Value,
    attributes: [(&str, Respelling); N],
) -> Option<cty::Value> {
    let (cty::Value::Object(fields) | cty::Value::Map(fields)) = plain(value) else { return None };
    let each = attributes
        .into_iter()
        .map(|(name, respelled)| (name.to_owned(), respelled(fields.get(name).unwrap_or(&cty::Value::Null))));
    Some(cty::Value::Object(each.collect()))
}

/// The object with these attributes.
pub fn object<const N: usize>(attributes: [(&str, cty::Value); N]) -> cty::Value {
    cty::Value::Object(attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Reports what a validator said about the value at `path`.
pub fn check_known<E: Display>(result: Result<(), E>, path: &Path, diagnostics: &mut Diagnostics) {
    if let Err(text) = result {
        diagnostics.error_at(
            path.clone(),
            format!("Invalid value for {}", show::path(path)),
            text.to_string(),
        );
    }
}
