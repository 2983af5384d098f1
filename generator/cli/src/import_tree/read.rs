//! The configuration below a folder. No link is followed, and what is hidden stays out: caches, `.terraform`, `.git`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use landform_generator::import::Note;

use crate::failure::Failure;

/// The most bytes in one file, as in a module, and in all of them.
const LONGEST: u64 = 4 << 20;
const LARGEST: usize = 64 << 20;
/// Folders inside each other.
const DEEPEST: usize = 32;

/// What was read, and what of it was not.
#[derive(Default)]
pub(super) struct Files {
    /// The text of each file by its path from the top, with `/` between its parts.
    pub(super) texts: BTreeMap<String, String>,
    /// What was left out and may be missed.
    pub(super) notes: Vec<Note>,
}

/// Reads all configuration in HCL below `root`, which may be a link itself.
///
/// # Errors
/// When a folder or file cannot be read, is too deep or too large, or a file is not UTF-8: a tree that is known by half
/// could give a unit another place.
pub(super) fn files(root: &Path) -> Result<Files, Failure> {
    let mut found = Files::default();
    let mut size = 0;
    let mut open = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, before, depth)) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|source| failure(&folder, source))? {
            let entry = entry.map_err(|source| failure(&folder, source))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let below = format!("{before}{name}");
            let mut note = |what: &str| found.notes.push(Note { path: below.clone(), what: what.to_owned() });
            let kind = entry.file_type().map_err(|source| failure(&path, source))?;
            if kind.is_symlink() {
                note("it is a symbolic link, and no link is followed");
            } else if kind.is_dir() && depth == DEEPEST {
                return Err(failure(&path, io::Error::other("it is more than 32 folders deep")));
            } else if kind.is_dir() {
                open.push((path, format!("{below}/"), depth + 1));
            } else if [".tf.json", ".hcl.json", ".tofu", ".tofu.json"].iter().any(|end| name.ends_with(end)) {
                note("only `.tf` and `.hcl` files are read");
            } else if kind.is_file() && (name.ends_with(".tf") || name.ends_with(".hcl")) {
                let text = text(&path).map_err(|source| failure(&path, source))?;
                size += text.len();
                if size > LARGEST {
                    return Err(failure(root, io::Error::other("its configuration is larger than 64 MiB")));
                }
                found.texts.insert(below, text);
            }
        }
    }
    Ok(found)
}

fn text(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
        return Err(io::Error::other("it is larger than 4 MiB"));
    }
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn failure(path: &Path, source: io::Error) -> Failure {
    Failure::ReadTree { path: path.to_owned(), source }
}
