//! Reads the folders of modules that a spec names.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use super::WriteError;
use super::folder::failure;
use crate::check::kinds::neighbour;
use crate::contract::module;
use crate::spec::{Estate, ModuleFiles, ModuleSource};
use crate::tree::TreePath;

/// The most files in one module, and bytes in one file. A module is text; archives and images belong elsewhere.
const MOST_FILES: usize = 1_000;
const LONGEST: u64 = 4 << 20;
/// Folders inside each other.
const DEEPEST: usize = 16;

/// Reads the modules that are folders beside the spec, in the folder `root`, and those beside them that they call. A
/// folder that is not there is left out: the check says so at its line.
///
/// # Errors
/// When a folder cannot be read, has a symbolic link, a file that is too large, or one whose name has other letters
/// than `A`-`Z`, `a`-`z`, `0`-`9`, `.`, `_` and `-`.
pub fn read_modules(root: &Path, estate: &Estate) -> Result<ModuleFiles, WriteError> {
    let mut modules = ModuleFiles::new();
    let mut open: Vec<TreePath> = estate
        .modules
        .values()
        .filter_map(|module| match &module.source {
            ModuleSource::Folder(folder) => Some(folder.clone()),
            _ => None,
        })
        .collect();
    while let Some(folder) = open.pop() {
        if modules.contains_key(&folder) {
            continue;
        }
        if let Some(files) = read(root, &folder)? {
            let texts = files
                .iter()
                .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)));
            let calls = module::read(texts).map(|module| module.calls).unwrap_or_default();
            open.extend(calls.iter().filter_map(|call| neighbour(&folder, call)));
            modules.insert(folder, files);
        }
    }
    Ok(modules)
}

/// The files of one folder; none when it is not there.
pub(super) fn read(
    root: &Path,
    folder: &TreePath,
) -> Result<Option<BTreeMap<TreePath, Vec<u8>>>, WriteError> {
    let top = super::folder::Folder::new(root);
    if let Some(link) = top.link_on_the_way(folder)? {
        return Err(WriteError::Module { path: root.join(link.as_str()), why: "it is a symbolic link" });
    }
    let path = root.join(folder.as_str());
    if !path.is_dir() {
        return Ok(None);
    }
    let mut files = BTreeMap::new();
    let mut open = vec![(path, String::new(), 0)];
    while let Some((path, before, depth)) = open.pop() {
        for entry in fs::read_dir(&path).map_err(|source| failure("listing", &path, source))? {
            let entry = entry.map_err(|source| failure("listing", &path, source))?;
            let path = entry.path();
            let name = entry.file_name();
            let Some(name) = name.to_str() else { return Err(bad_name(&path)) };
            if is_left_out(name) {
                continue;
            }
            let kind = entry.file_type().map_err(|source| failure("reading", &path, source))?;
            let below = format!("{before}{name}");
            if kind.is_dir() && depth < DEEPEST {
                open.push((path, format!("{below}/"), depth + 1));
                continue;
            }
            if !kind.is_file() {
                let why =
                    if kind.is_symlink() { "it is a symbolic link" } else { "it is no file, or too deep" };
                return Err(WriteError::Module { path, why });
            }
            let key = TreePath::try_from(below).map_err(|_| bad_name(&path))?;
            files.insert(key, bytes(&path)?);
            if files.len() > MOST_FILES {
                return Err(WriteError::Module { path, why: "the module has more than 1,000 files" });
            }
        }
    }
    Ok(Some(files))
}

fn bytes(path: &Path) -> Result<Vec<u8>, WriteError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|source| failure("reading", path, source))?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|source| failure("reading", path, source))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= LONGEST => Ok(bytes),
        _ => Err(WriteError::Module { path: path.to_owned(), why: "it is larger than 4 MiB" }),
    }
}

fn bad_name(path: &Path) -> WriteError {
    WriteError::Module {
        path: path.to_owned(),
        why: "its name has other letters than A-Z, a-z, 0-9, `.`, `_` and `-`",
    }
}

/// What Terraform and people leave beside a module: states, variables of a run, hidden files.
fn is_left_out(name: &str) -> bool {
    name.starts_with('.')
        || [".tfstate", ".tfstate.backup", ".tfvars", ".tfvars.json"].iter().any(|end| name.ends_with(end))
}
