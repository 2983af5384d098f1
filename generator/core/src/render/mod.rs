//! Documents into bytes. The same tree gives the same bytes.

pub mod hcl_text;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::tree::{Content, Layout, Tree, TreePath};

/// A tree as the bytes of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// How units are written.
    pub layout: Layout,
    /// The files by path.
    pub files: BTreeMap<TreePath, Vec<u8>>,
    /// SHA-256 of the spec, in hexadecimal.
    pub spec_digest: String,
}

/// A document cannot be written in its format: a fault of this crate.
#[derive(Debug, thiserror::Error)]
#[error("cannot render {path}")]
pub struct RenderError {
    path: TreePath,
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The bytes of all documents.
///
/// # Errors
/// When a document has a value that its format lacks.
pub fn render(tree: &Tree) -> Result<Rendered, RenderError> {
    let mut files = BTreeMap::new();
    for (path, document) in &tree.documents {
        let text = match &document.content {
            Content::Hcl(body) => hcl_text::file(&document.provenance, body)
                .map_err(|error| RenderError { path: path.clone(), source: error.into() })?,
            Content::Json(value) => {
                let json = serde_json::to_string_pretty(value);
                json.map_err(|error| RenderError { path: path.clone(), source: error.into() })? + "\n"
            }
            Content::Text(text) => (*text).to_owned(),
        };
        files.insert(path.clone(), text.into_bytes());
    }
    Ok(Rendered { layout: tree.layout, files, spec_digest: tree.spec_digest.clone() })
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
