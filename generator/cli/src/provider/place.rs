//! Puts a file in its place: whole or not at all, and only when it is another.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::Failure;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// There was none.
    Created,
    /// There was another.
    Replaced,
    /// It was there already, byte for byte.
    Unchanged,
}

impl Outcome {
    /// Its word in JSON.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Outcome::Created => "created",
            Outcome::Replaced => "replaced",
            Outcome::Unchanged => "unchanged",
        }
    }

    /// Its sign at the begin of a line.
    pub(super) const fn sign(self) -> char {
        match self {
            Outcome::Created => '+',
            Outcome::Replaced => '~',
            Outcome::Unchanged => '=',
        }
    }
}

/// A file that was placed.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Where it is.
    pub(super) path: PathBuf,
    /// What became of it.
    pub(super) outcome: Outcome,
}

/// Writes beside the place, then renames: a Terraform that reads the old file meanwhile goes on reading it.
pub(super) fn place(path: &Path, bytes: &[u8]) -> Result<Placed, Failure> {
    let path = path.to_path_buf();
    let outcome = match fs::read(&path) {
        Ok(old) if old == bytes => return Ok(Placed { path, outcome: Outcome::Unchanged }),
        Ok(_) => Outcome::Replaced,
        Err(_) => Outcome::Created,
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    let mut draft = tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o644))
        .tempfile_in(folder)
        .map_err(Failure::file("write into", folder))?;
    draft.write_all(bytes).map_err(Failure::file("write", draft.path()))?;
    draft.persist(&path).map_err(|error| Failure::file("replace", &path)(error.error))?;
    Ok(Placed { path, outcome })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_by_another_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        for (bytes, outcome) in
            [("one", Outcome::Created), ("one", Outcome::Unchanged), ("two", Outcome::Replaced)]
        {
            assert_eq!(place(&path, bytes.as_bytes()).unwrap().outcome, outcome);
            assert_eq!(fs::read_to_string(&path).unwrap(), bytes);
        }
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o644);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_in_the_way_is_told_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("taken");
        fs::create_dir(&path).unwrap();
        let error = place(&path, b"new").unwrap_err().to_string();
        assert!(error.starts_with("cannot replace") && error.ends_with("taken"), "{error}");
    }
}
