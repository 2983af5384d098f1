//! What was found before: that a tree made of these inputs has this manifest. The next look at the same inputs needs no tree
//! in memory, only the files on the disk.
//!
//! It is kept outside of all trees. A manifest lies in its tree, where whoever changes the tree, such as a pull request, can
//! change it as well; so it is believed only when its own digest was seen by a whole check on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::folder::{Folder, Found};
use super::manifest::{self, Manifest};
use super::{WriteError, modules};
use crate::render::sha256;
use crate::spec::ModuleFiles;
use crate::tree::{LEDGER, TreePath, UNITS};

/// More than that are not kept: one is some 200 bytes.
const MOST: usize = 200;

/// The inputs of a tree but for its modules, as one digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs(String);

impl Inputs {
    /// `generator` says which program makes the tree, `layout` what was asked for; `root` is the folder of the tree.
    ///
    /// # Errors
    /// When a file of the tree cannot be read.
    pub fn of(
        generator: &str,
        layout: &str,
        name: &str,
        spec: &str,
        root: &Path,
    ) -> Result<Self, WriteError> {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            // With its length, so that no two lists of parts are the same bytes.
            digest.update(bytes.len().to_le_bytes());
            digest.update(bytes);
        };
        [generator, layout, name, spec].map(str::as_bytes).into_iter().for_each(&mut add);
        let folder = Folder::new(root);
        for path in [LEDGER, UNITS] {
            match folder.read(&TreePath::of(path))? {
                Found::File(bytes) => add(&bytes),
                _ => add(b""),
            }
        }
        Ok(Self(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
    }
}

/// What one whole check found.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    /// The digest of each folder of a module.
    modules: BTreeMap<TreePath, String>,
    /// The digest of the manifest.
    manifest: String,
}

/// The folder that findings are kept in.
#[derive(Clone, Debug)]
pub struct Findings {
    folder: PathBuf,
}

impl Findings {
    /// Those in this folder, which is made when there is something to keep.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether the tree in `root` is known to be what comes of the inputs, and each of its files is as it was. `beside` is
    /// the folder of the spec.
    ///
    /// `false` says nothing of the tree but that a whole check is needed.
    ///
    /// # Errors
    /// When a file of the tree or of a module cannot be read.
    pub fn know(&self, inputs: &Inputs, beside: &Path, root: &Path) -> Result<bool, WriteError> {
        let found = fs::read(self.folder.join(&inputs.0)).ok();
        let Some(finding) = found.and_then(|bytes| serde_json::from_slice::<Finding>(&bytes).ok()) else {
            return Ok(false);
        };
        for (folder, digest) in &finding.modules {
            match modules::read(beside, folder)? {
                Some(files) if digest_of(&files) == *digest => {}
                _ => return Ok(false),
            }
        }
        let folder = Folder::new(root);
        let Found::File(bytes) = folder.read(&manifest::path())? else { return Ok(false) };
        if sha256(&bytes) != finding.manifest
            || !matches!(folder.read(&manifest::pending_path())?, Found::Nothing)
        {
            return Ok(false);
        }
        let Ok(manifest) = super::parse_manifest(&bytes) else { return Ok(false) };
        is_as_it_was(&folder, &manifest)
    }

    /// Keeps that a whole check has found no difference. Best effort: the next check is slower without it.
    pub fn keep(&self, inputs: &Inputs, modules: &ModuleFiles, root: &Path) {
        let Ok(Found::File(bytes)) = Folder::new(root).read(&manifest::path()) else { return };
        let modules = modules.iter().map(|(folder, files)| (folder.clone(), digest_of(files))).collect();
        let finding = Finding { modules, manifest: sha256(&bytes) };
        let _ = fs::create_dir_all(&self.folder);
        self.forget_when_many();
        // By a rename, so that nobody reads half of it.
        let kept = tempfile::NamedTempFile::new_in(&self.folder).and_then(|file| {
            serde_json::to_writer(&file, &finding)?;
            file.persist(self.folder.join(&inputs.0)).map_err(|error| error.error)
        });
        let _ = kept;
    }

    fn forget_when_many(&self) {
        let files: Vec<PathBuf> =
            fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
        if files.len() >= MOST {
            files.iter().for_each(|file| drop(fs::remove_file(file)));
        }
    }
}

/// Whether each file of the manifest says what it said, and no other file is where Terraform would read it.
fn is_as_it_was(folder: &Folder<'_>, manifest: &Manifest) -> Result<bool, WriteError> {
    for (path, digest) in &manifest.files {
        match folder.read(path)? {
            Found::File(bytes) if sha256(&bytes) == *digest => {}
            _ => return Ok(false),
        }
    }
    Ok(folder.foreign(manifest.files.keys(), |path| manifest.files.contains_key(path))?.is_empty())
}

fn digest_of(files: &BTreeMap<TreePath, Vec<u8>>) -> String {
    let all: Vec<String> = files.iter().map(|(path, bytes)| format!("{} {path}\n", sha256(bytes))).collect();
    sha256(all.concat().as_bytes())
}
