//! What a provider tells Terraform about its objects. `#[derive(Model)]` writes these.

mod attribute;
mod deprecations;
mod respelled;
mod shape;
mod walk;

use std::collections::BTreeMap;

use tfplugin_proto::cty;

pub use attribute::{AttributeSchema, Change};
pub(crate) use deprecations::deprecations;
pub(crate) use respelled::Respelled;
pub use shape::{Nesting, Shape};
pub(crate) use walk::{conform, without_unknowns};

/// The attributes of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectSchema {
    /// What the object is, in Markdown.
    pub description: String,
    /// The attributes by name.
    pub attributes: BTreeMap<String, AttributeSchema>,
    /// How the model writes such objects; by this one finds an element of a set in another spelling.
    pub(crate) respelled: Respelled,
}

impl ObjectSchema {
    /// A schema without attributes.
    pub fn new(description: impl Into<String>) -> ObjectSchema {
        ObjectSchema {
            description: description.into(),
            attributes: BTreeMap::new(),
            respelled: Respelled::default(),
        }
    }

    /// The same, of a model that writes objects as `respelled` does:
    /// [`Attribute::respelled`](crate::Attribute::respelled). `#[derive(Model)]` says so.
    #[must_use]
    pub fn respelled_by(mut self, respelled: fn(&cty::Value) -> cty::Value) -> ObjectSchema {
        self.respelled = Respelled(respelled);
        self
    }

    /// Adds an attribute.
    pub fn attribute(mut self, name: impl Into<String>, attribute: AttributeSchema) -> ObjectSchema {
        self.attributes.insert(name.into(), attribute);
        self
    }

    /// The same for a block that is only configuration: provider, list and action blocks. Nobody but the user sets its
    /// attributes; defaults apply on the way to the provider's code.
    pub(crate) fn set_by_the_user(mut self) -> ObjectSchema {
        for attribute in self.attributes.values_mut() {
            attribute.computed = false;
            if let Shape::Nested(_, object) = &mut attribute.shape {
                *object = std::mem::take(object).set_by_the_user();
            }
        }
        self
    }

    /// The type of a whole object.
    pub fn cty_type(&self) -> cty::Type {
        cty::Type::Object(
            self.attributes
                .iter()
                .map(|(name, attribute)| (name.clone(), attribute.shape.cty_type()))
                .collect(),
        )
    }
}
