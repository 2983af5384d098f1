//! How a folder differs from what is rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use super::WriteError;
use super::folder::{Folder, Found};
use super::manifest::{self, Manifest};
use crate::render::{Rendered, sha256};
use crate::tree::TreePath;

/// How one file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The spec asks for it, and it is not there.
    Missing,
    /// It is as we wrote it, and the spec now asks for something else.
    Stale,
    /// It is as we wrote it, and the spec no longer asks for it.
    Orphaned,
    /// It is ours, and somebody changed it.
    Edited,
    /// It is not ours, and it is where a file of ours belongs, or Terraform would read it along with ours.
    Foreign,
    /// It, or a folder on the way to it, is a symbolic link.
    Symlink,
}

impl Difference {
    /// Whether the file is not ours to change.
    pub const fn is_refused(self) -> bool {
        matches!(self, Difference::Edited | Difference::Foreign | Difference::Symlink)
    }

    /// The difference in one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Difference::Missing => "missing",
            Difference::Stale => "stale",
            Difference::Orphaned => "orphaned",
            Difference::Edited => "edited",
            Difference::Foreign => "foreign",
            Difference::Symlink => "symlink",
        }
    }

    /// What to do about it.
    pub const fn fix(self) -> &'static str {
        match self {
            Difference::Missing | Difference::Stale | Difference::Orphaned => "run `landform generate`",
            Difference::Edited => "move the change into the spec, then delete the file or restore it",
            Difference::Foreign => "move the file out of the tree",
            Difference::Symlink => "replace the link by a folder or file of its own",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// All differences between the folder `root` and what is rendered. Changes nothing.
///
/// # Errors
/// When the folder cannot be read, or its manifest is damaged.
pub fn compare(root: &Path, rendered: &Rendered) -> Result<BTreeMap<TreePath, Difference>, WriteError> {
    let folder = Folder::new(root);
    if let Some(link) = folder.link_on_the_way(&manifest::path())? {
        return Ok(BTreeMap::from([(link, Difference::Symlink)]));
    }
    let kept = Manifest::read(root)?;
    let pending = Manifest::read_pending(root)?;
    let known = |path: &TreePath, digest: &str| {
        [&kept, &pending]
            .into_iter()
            .flatten()
            .any(|manifest| manifest.files.get(path).is_some_and(|is| is == digest))
    };
    let owned: BTreeSet<&TreePath> =
        [&kept, &pending].into_iter().flatten().flat_map(|known| known.files.keys()).collect();

    let mut differences = BTreeMap::new();
    for (path, bytes) in &rendered.files {
        let difference = match folder.read(path)? {
            Found::Nothing => Difference::Missing,
            Found::Link => Difference::Symlink,
            Found::File(found) if found == *bytes => continue,
            Found::File(found) if known(path, &sha256(&found)) => Difference::Stale,
            Found::File(_) if owned.contains(path) => Difference::Edited,
            Found::File(_) | Found::Other => Difference::Foreign,
        };
        differences.insert(path.clone(), difference);
    }
    for path in &owned {
        if rendered.files.contains_key(*path) {
            continue;
        }
        let difference = match folder.read(path)? {
            Found::Nothing => continue,
            Found::Link => Difference::Symlink,
            Found::Other => Difference::Foreign,
            Found::File(found) if known(path, &sha256(&found)) => Difference::Orphaned,
            Found::File(_) => Difference::Edited,
        };
        differences.insert((*path).clone(), difference);
    }
    let is_ours = |path: &TreePath| rendered.files.contains_key(path) || owned.contains(path);
    for path in folder.foreign(rendered.files.keys(), is_ours)? {
        differences.insert(path, Difference::Foreign);
    }
    match kept {
        Some(kept) if kept == Manifest::of(rendered) && pending.is_none() => {}
        Some(_) => {
            differences.entry(manifest::path()).or_insert(Difference::Stale);
        }
        None => {
            differences.entry(manifest::path()).or_insert(Difference::Missing);
        }
    }
    Ok(differences)
}
