//! The checksums of a release, in the form of `sha256sum`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Failure, release};

/// The SHA-256 digest in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A line for every file of this version in the folder, sorted by name: archives that were packaged before, for other
/// platforms, are in it.
pub(super) fn of_folder(folder: &Path) -> Result<String, Failure> {
    let (prefix, own) = (release::prefix(), release::checksums());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::file("read", folder))? {
        let entry = entry.map_err(Failure::file("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&prefix) && !name.starts_with(&own) {
            names.push(name);
        }
    }
    names.sort();
    let mut text = String::new();
    for name in names {
        let path = folder.join(&name);
        let bytes = fs::read(&path).map_err(Failure::file("read", &path))?;
        text += &format!("{}  {name}\n", sha256(&bytes));
    }
    Ok(text)
}
