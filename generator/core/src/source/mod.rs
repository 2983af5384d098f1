//! Specs as text in YAML, TOML, JSON or HCL into an [`Estate`], and each problem back to its line.

mod decode;
mod explain;
mod hcl;
mod json;
mod layers;
mod node;
mod place;
mod report;
mod toml;
mod yaml;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde::de::DeserializeOwned;

pub use explain::{Explained, Origin};
pub(crate) use landform_model::nearest;
use layers::History;
use node::Node;

use crate::problem::Problem;
use crate::spec::Estate;

/// The longest spec that is read: 16 MiB, some 50,000 networks.
pub const LONGEST: usize = 16 << 20;

/// What a spec is written in. All formats have the same fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.1.
    Toml,
    /// JSON.
    Json,
    /// HCL, with values only.
    Hcl,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::Yaml, Format::Toml, Format::Json, Format::Hcl];

    /// The format of a file of this name; YAML when its ending tells nothing.
    pub fn of(name: &str) -> Self {
        match Path::new(name).extension().and_then(|ending| ending.to_str()) {
            Some("toml") => Format::Toml,
            Some("json") => Format::Json,
            Some("hcl") => Format::Hcl,
            _ => Format::Yaml,
        }
    }

    /// The usual ending of its files, such as `yaml`.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Yaml => "yaml",
            Format::Toml => "toml",
            Format::Json => "json",
            Format::Hcl => "hcl",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Format::Yaml => "YAML",
            Format::Toml => "TOML",
            Format::Json => "JSON",
            Format::Hcl => "HCL",
        })
    }
}

/// The text of a spec and where each value stands in it.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// With the layers applied.
    root: Node,
    history: History,
}

impl Source {
    /// The text of a spec; `name` is what messages call it, such as the path of the file. Its ending tells the format.
    ///
    /// # Errors
    /// When the text is not of its format, or larger than a spec can be. The failure prints with file, line and column.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, SyntaxError> {
        let (name, text) = (name.into(), text.into());
        let format = Format::of(&name);
        let parsed = match format {
            _ if text.len() > LONGEST => {
                Err(node::Unreadable::new(format!("the spec is larger than {} MiB", LONGEST >> 20), None)
                    .hint("split the estate"))
            }
            Format::Yaml => yaml::parse(&text),
            Format::Toml => toml::parse(&text),
            Format::Json => json::parse(&text),
            Format::Hcl => hcl::parse(&text),
        };
        match parsed {
            Ok(mut root) => {
                let history = layers::apply(&mut root);
                Ok(Self { name, text, root, history })
            }
            Err(error) => Err(SyntaxError {
                report: report::syntax(&name, &text, format, &error),
                position: error.place.map(|place| (place.line, place.column)),
                message: format!("this is not {format}: {}", error.message),
                file: name,
            }),
        }
    }

    /// The estate that the text describes.
    ///
    /// # Errors
    /// All unknown fields and bad values at once, and missing fields as far as they can be told.
    pub fn estate(&self) -> Result<Estate, Vec<Problem>> {
        self.decode().map_err(|problems: Vec<Problem>| {
            // A value of a layer is wrong in each unit that it reaches.
            let mut told = BTreeSet::new();
            let place = |problem: &Problem| (self.position(problem), problem.message.clone());
            problems.into_iter().filter(|problem| told.insert(place(problem))).collect()
        })
    }

    /// What messages call the text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of the problem, from 1.
    pub fn position(&self, problem: &Problem) -> (usize, usize) {
        let place = report::place(&self.text, &self.root, problem);
        (place.line, place.column)
    }

    /// The problem as people want to see it: message, file, line and column, the line itself, a caret and the hint.
    pub fn report(&self, problem: &Problem) -> String {
        report::problem(&self.name, &self.text, &self.root, problem)
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T, Vec<Problem>> {
        decode::decode(&self.root)
    }
}

/// The text of a spec is not of its format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{report}")]
pub struct SyntaxError {
    report: String,
    /// What messages call the text.
    pub file: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Line and column, from 1; none when it is about the whole text.
    pub position: Option<(usize, usize)>,
}
