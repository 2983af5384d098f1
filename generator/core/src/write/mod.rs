//! The folder of a tree: compared with what is rendered, and changed. The only module with effects.
//!
//! A file is ours when the manifest lists it. What is ours and unedited is written and removed as the spec says; what
//! is edited, foreign or a symbolic link is never touched: then nothing at all is written, and all such files are named.

mod compare;
mod folder;
mod known;
mod manifest;
mod modules;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

pub use compare::{Difference, compare};
pub use known::{Findings, Inputs};
pub use manifest::{Manifest, PATH as MANIFEST};
pub use modules::read_modules;

use crate::check::ledger::Ledger;
use crate::render::Rendered;
use crate::tree::{LEDGER, TreePath, UNITS, UnitIndex};
use folder::Folder;

/// What a run of [`write()`] changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub created: Vec<TreePath>,
    /// Files that said something else.
    pub updated: Vec<TreePath>,
    /// Files that the spec no longer asks for.
    pub removed: Vec<TreePath>,
}

impl Report {
    /// Whether no file changed.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.updated.is_empty() && self.removed.is_empty()
    }
}

/// Why a folder was not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Files that are not ours to change are in the way. Nothing was written.
    #[error("{} file(s) are in the way, and nothing was written", .0.len())]
    Refused(BTreeMap<TreePath, Difference>),
    /// A file of ours cannot be understood.
    #[error("{} is damaged: restore it from version control", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A module beside the spec cannot be taken into the tree.
    #[error("the module cannot be taken into the tree because of {}: {why}", .path.display())]
    Module {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The operating system refused.
    #[error("{doing} {}", .path.display())]
    Io {
        /// What was being done, such as "writing".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The answer of the system.
        source: io::Error,
    },
}

/// Brings the folder `root` to what is rendered. A second run changes nothing.
///
/// Each file is replaced at once, by a rename. After a kill, the next run goes on: it knows its files by the digests in
/// `.landform/pending.json`, which is there only while files are written.
///
/// # Errors
/// When files that are not ours to change are in the way (all are named, nothing is written), or on a failure of the
/// system.
pub fn write(root: &Path, rendered: &Rendered) -> Result<Report, WriteError> {
    let differences = compare(root, rendered)?;
    let refused: BTreeMap<_, _> = differences
        .iter()
        .filter(|(_, difference)| difference.is_refused())
        .map(|(path, difference)| (path.clone(), *difference))
        .collect();
    if !refused.is_empty() {
        return Err(WriteError::Refused(refused));
    }
    if differences.is_empty() {
        return Ok(Report::default());
    }
    let folder = Folder::new(root);
    let manifest = Manifest::of(rendered);
    folder.write(&manifest::pending_path(), &manifest.to_bytes())?;
    let mut report = Report::default();
    for (path, difference) in differences {
        match rendered.files.get(&path) {
            Some(bytes) => {
                folder.write(&path, bytes)?;
                let list =
                    if difference == Difference::Missing { &mut report.created } else { &mut report.updated };
                list.push(path);
            }
            None if path == manifest::path() => {}
            None => {
                folder.remove(&path)?;
                report.removed.push(path);
            }
        }
    }
    folder.write(&manifest::path(), &manifest.to_bytes())?;
    folder.remove(&manifest::pending_path())?;
    Ok(report)
}

/// The ledger of the tree in `root`; an empty one when there is no tree yet.
///
/// # Errors
/// When the file cannot be read or understood.
pub fn read_ledger(root: &Path) -> Result<Ledger, WriteError> {
    Ok(read_json(root, &LEDGER.join("/"))?.unwrap_or_default())
}

/// The units of the tree in `root`; none when there is no tree.
///
/// # Errors
/// When the file cannot be read or understood.
pub fn read_units(root: &Path) -> Result<Option<UnitIndex>, WriteError> {
    read_json(root, &UNITS.join("/"))
}

/// The manifest of a tree from its bytes, such as those of another revision.
///
/// # Errors
/// When they are not a manifest.
pub fn parse_manifest(bytes: &[u8]) -> Result<Manifest, serde_json::Error> {
    serde_json::from_slice(bytes)
}

fn read_json<T: serde::de::DeserializeOwned>(root: &Path, path: &str) -> Result<Option<T>, WriteError> {
    let path = root.join(path);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(WriteError::Io { doing: "reading", path, source }),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|source| WriteError::Damaged { path, source })
}
