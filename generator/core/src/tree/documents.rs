//! What a document of the tree can be.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Layout, TreePath};

/// One document of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it comes from: a unit, an account, a module. Written at its top where the format has comments.
    pub provenance: String,
    /// What it says.
    pub content: Content,
}

impl Document {
    pub(super) fn new(provenance: impl Into<String>, content: Content) -> Self {
        Self { provenance: provenance.into(), content }
    }
}

/// What a document says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Terraform or Terragrunt configuration.
    Hcl(hcl::Body),
    /// JSON, its fields in this order.
    Json(hcl::Value),
    /// YAML, its fields in this order.
    Yaml(hcl::Value),
    /// Lines of a format whose comments begin with `#`.
    Lines(Vec<String>),
    /// A page in Markdown.
    Page(Vec<Part>),
    /// A picture.
    Picture(Picture),
    /// The file of a module, as it is.
    Bytes(Cow<'static, [u8]>),
}

impl From<&'static str> for Content {
    fn from(text: &'static str) -> Self {
        Content::Bytes(Cow::Borrowed(text.as_bytes()))
    }
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading of this level, from 1.
    Heading(usize, String),
    /// A table: its header and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Lines of code in this language.
    Code(&'static str, Vec<String>),
}

/// A picture of boxes, words and arrows, in whole pixels from the left upper corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// What it is made of; the first is at the back.
    pub shapes: Vec<Shape>,
}

/// A part of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Box {
        /// How it looks.
        class: &'static str,
        /// Its left upper corner.
        at: (usize, usize),
        /// Width and height.
        size: (usize, usize),
    },
    /// One line of text.
    Words {
        /// How they look.
        class: &'static str,
        /// The left end of their base line.
        at: (usize, usize),
        /// The text.
        words: String,
    },
    /// An arrow that begins and ends on a left side, and swings out to the left.
    Arc {
        /// Where it begins.
        from: (usize, usize),
        /// Where it points.
        to: (usize, usize),
    },
    /// An arrow from a right side to a left one.
    Arrow {
        /// Where it begins.
        from: (usize, usize),
        /// Where it points.
        to: (usize, usize),
    },
}

/// The units of a tree, for those who run them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitIndex {
    /// How the units are written.
    pub layout: Layout,
    /// The units in the order in which they are applied.
    pub units: Vec<UnitPlace>,
}

/// One unit and its folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPlace {
    /// The identity, `account/region/environment/name`.
    pub id: String,
    /// The kind, such as `network`.
    pub kind: String,
    /// The folder in the tree.
    pub path: String,
    /// The units that are applied before this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The folders of the tree that hold its module, and the modules that this one calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<TreePath>,
}

/// The value in the order of its fields.
pub(super) fn json(value: &impl Serialize) -> hcl::Value {
    // Only types of this crate come here, and they have text keys and no numbers: they always have this form.
    hcl::value::to_value(value).unwrap_or_default()
}
