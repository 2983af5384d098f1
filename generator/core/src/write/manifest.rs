//! The manifest: which files of a folder are ours, and what they said when we wrote them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{WriteError, read_json};
use crate::render::{Rendered, sha256};
use crate::tree::{Layout, TreePath};

/// The parts of the manifest's path in a tree.
pub const PATH: [&str; 2] = [".landform", "manifest.json"];
const PENDING: [&str; 2] = [".landform", "pending.json"];

/// Where the manifest is.
pub(super) fn path() -> TreePath {
    TreePath::of(PATH)
}

/// Where the manifest to be is while files are written.
pub(super) fn pending_path() -> TreePath {
    TreePath::of(PENDING)
}

/// The files that are ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the generator that wrote the files.
    pub generator: String,
    /// How the units are written.
    pub layout: Layout,
    /// SHA-256 of the spec, in hexadecimal.
    pub spec: String,
    /// SHA-256 of each file, in hexadecimal.
    pub files: BTreeMap<TreePath, String>,
}

impl Manifest {
    /// The manifest of a folder that holds just what is rendered.
    pub(super) fn of(rendered: &Rendered) -> Self {
        let files = rendered.files.iter().map(|(path, bytes)| (path.clone(), sha256(bytes))).collect();
        Self {
            generator: env!("CARGO_PKG_VERSION").to_owned(),
            layout: rendered.layout,
            spec: rendered.spec_digest.clone(),
            files,
        }
    }

    /// The manifest of the folder `root`; none when there is none.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, WriteError> {
        read_json(root, &PATH.join("/"))
    }

    /// The manifest that a killed run was on its way to.
    pub(super) fn read_pending(root: &Path) -> Result<Option<Self>, WriteError> {
        read_json(root, &PENDING.join("/"))
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // Maps with text keys and texts always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
