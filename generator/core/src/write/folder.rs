//! Files below one folder, without following a symbolic link.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::WriteError;
use crate::tree::TreePath;

/// The folder of a tree. The folder itself may be a link; nothing below it may.
pub(super) struct Folder<'a> {
    root: &'a Path,
    /// Folders below it that are known to be no links: files of one folder ask the same of it.
    folders: RefCell<BTreeSet<TreePath>>,
}

/// What is at a path.
pub(super) enum Found {
    Nothing,
    /// A link, here or on the way here.
    Link,
    /// A folder, or a file where a folder must be.
    Other,
    File(Vec<u8>),
}

impl<'a> Folder<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, folders: RefCell::default() }
    }

    pub(super) fn read(&self, path: &TreePath) -> Result<Found, WriteError> {
        if self.link_on_the_way(path)?.is_some() {
            return Ok(Found::Link);
        }
        let full = self.full(path);
        match fs::symlink_metadata(&full) {
            Ok(found) if found.is_file() => {
                fs::read(&full).map(Found::File).map_err(|source| failure("reading", &full, source))
            }
            Ok(_) => Ok(Found::Other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Found::Other),
            Err(source) => Err(failure("reading", &full, source)),
        }
    }

    /// The first link on the way to `path`, `path` included.
    pub(super) fn link_on_the_way(&self, path: &TreePath) -> Result<Option<TreePath>, WriteError> {
        let mut ancestors = vec![path.clone()];
        while let Some(parent) = ancestors.last().and_then(TreePath::parent) {
            ancestors.push(parent);
        }
        for ancestor in ancestors.into_iter().rev() {
            if self.folders.borrow().contains(&ancestor) {
                continue;
            }
            let full = self.full(&ancestor);
            match fs::symlink_metadata(&full) {
                Ok(found) if found.is_symlink() => return Ok(Some(ancestor)),
                Ok(found) if found.is_dir() => drop(self.folders.borrow_mut().insert(ancestor)),
                Ok(_) => {}
                Err(error)
                    if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
                {
                    break;
                }
                Err(source) => return Err(failure("reading", &full, source)),
            }
        }
        Ok(None)
    }

    /// The files in the folder `path` that Terraform or Terragrunt would read as configuration.
    ///
    /// Left out are lock files, which the tools write, and override files, Terraform's own way to change a root module.
    pub(super) fn configuration(&self, path: &TreePath) -> Result<Vec<TreePath>, WriteError> {
        let full = self.full(path);
        if !full.is_dir() || self.link_on_the_way(path)?.is_some() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&full).map_err(|source| failure("listing", &full, source))?;
        let mut files = Vec::new();
        for entry in entries {
            let name = entry.map_err(|source| failure("listing", &full, source))?.file_name();
            let Some(name) = name.to_str().filter(|name| is_configuration(name)) else { continue };
            files.extend(TreePath::try_from(format!("{path}/{name}")));
        }
        files.sort();
        Ok(files)
    }

    /// The configuration in the folders of `files` that is not `ours`: Terraform would read it along with ours.
    pub(super) fn foreign<'b>(
        &self,
        files: impl Iterator<Item = &'b TreePath>,
        is_ours: impl Fn(&TreePath) -> bool,
    ) -> Result<Vec<TreePath>, WriteError> {
        let folders: BTreeSet<TreePath> = files.filter_map(TreePath::parent).collect();
        let mut foreign = Vec::new();
        for folder in &folders {
            foreign.extend(self.configuration(folder)?.into_iter().filter(|path| !is_ours(path)));
        }
        Ok(foreign)
    }

    /// Replaces the file at once, or makes it and the folders that it is in.
    pub(super) fn write(&self, path: &TreePath, bytes: &[u8]) -> Result<(), WriteError> {
        let full = self.full(path);
        let parent = full.parent().unwrap_or(self.root);
        fs::create_dir_all(parent).map_err(|source| failure("making", parent, source))?;
        let mut options = tempfile::Builder::new();
        options.prefix(".landform-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As for any new file: the umask takes away from this.
            options.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file =
            options.tempfile_in(parent).map_err(|source| failure("making a file in", parent, source))?;
        file.write_all(bytes).map_err(|source| failure("writing", &full, source))?;
        file.persist(&full).map_err(|error| failure("writing", &full, error.error))?;
        Ok(())
    }

    /// Removes the file, and the folders that are empty without it.
    pub(super) fn remove(&self, path: &TreePath) -> Result<(), WriteError> {
        let full = self.full(path);
        fs::remove_file(&full).map_err(|source| failure("removing", &full, source))?;
        let mut parent = path.parent();
        while let Some(folder) = parent {
            // A folder that is not empty stays, and so do those that hold it.
            if fs::remove_dir(self.full(&folder)).is_err() {
                break;
            }
            parent = folder.parent();
        }
        Ok(())
    }

    fn full(&self, path: &TreePath) -> PathBuf {
        path.parts().fold(self.root.to_owned(), |full, part| full.join(part))
    }
}

fn is_configuration(name: &str) -> bool {
    let stem = [".tf", ".tf.json", ".tofu", ".tofu.json", ".tfvars", ".tfvars.json", ".hcl", ".hcl.json"]
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .next_back();
    match stem {
        Some(".terraform.lock") | None => false,
        Some(stem) => stem != "override" && !stem.ends_with("_override"),
    }
}

pub(super) fn failure(doing: &'static str, path: &Path, source: io::Error) -> WriteError {
    WriteError::Io { doing, path: path.to_owned(), source }
}
