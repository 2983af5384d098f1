//! Specs as text: YAML (and so JSON) into an [`Estate`], and each problem back to its line.

mod decode;
mod nearest;
mod node;
mod report;

use serde::de::DeserializeOwned;

pub(crate) use nearest::nearest;
use node::Node;

use crate::problem::Problem;
use crate::spec::Estate;

/// The text of a spec and where each value stands in it.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    root: Node,
}

impl Source {
    /// The text of a spec; `name` is what messages call it, such as the path of the file.
    ///
    /// # Errors
    /// When the text is not YAML. The failure prints with file, line and column.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, SyntaxError> {
        let (name, text) = (name.into(), text.into());
        match node::parse(&text) {
            Ok(root) => Ok(Self { name, text, root }),
            Err(error) => Err(SyntaxError { report: report::syntax(&name, &text, &error) }),
        }
    }

    /// The estate that the text describes.
    ///
    /// # Errors
    /// All unknown fields and bad values at once, and missing fields as far as they can be told.
    pub fn estate(&self) -> Result<Estate, Vec<Problem>> {
        self.decode()
    }

    /// What messages call the text.
    pub fn name(&self) -> &str {
        &self.name
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

/// The text of a spec is not YAML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{report}")]
pub struct SyntaxError {
    report: String,
}
