//! The proof that a build can be repeated: a second one, from a copy of the sources in another folder.

use std::fs;
use std::path::Path;

use super::super::Failure;
use super::ReleaseBuild;

/// Folders that hold no source.
const NO_SOURCE: [&str; 3] = [".git", ".terraform", "target"];

/// Builds again and compares.
///
/// # Errors
/// When a byte differs; both binaries are kept then.
pub(in super::super) fn verify(build: &ReleaseBuild, path: &Path, binary: &[u8]) -> Result<(), Failure> {
    let folder = build.target_directory.join("again");
    let sources = folder.join("sources");
    // What an earlier run left would be taken for the second build.
    clear(&folder)?;
    copy(&build.workspace, &sources, &build.target_directory)?;
    let second = build.of_copy(&sources, &folder.join("target"))?.run()?;
    let again = fs::read(&second).map_err(Failure::file("read", &second))?;
    if let Some(at) = first_difference(binary, &again) {
        return Err(Failure::Differs { at, first: path.to_path_buf(), second });
    }
    clear(&folder)
}

fn first_difference(first: &[u8], second: &[u8]) -> Option<usize> {
    let common = first.iter().zip(second).position(|(first, second)| first != second);
    common.or_else(|| (first.len() != second.len()).then(|| first.len().min(second.len())))
}

fn clear(folder: &Path) -> Result<(), Failure> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).map_err(Failure::file("remove", folder)),
        false => Ok(()),
    }
}

fn copy(from: &Path, to: &Path, target_directory: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(Failure::file("create", to))?;
    for entry in fs::read_dir(from).map_err(Failure::file("read", from))? {
        let entry = entry.map_err(Failure::file("read", from))?;
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if !path.is_dir() {
            fs::copy(&path, &copied).map_err(Failure::file("copy", &path))?;
        } else if !NO_SOURCE.iter().any(|name| entry.file_name() == *name)
            && !target_directory.starts_with(&path)
        {
            copy(&path, &copied, target_directory)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        for (second, at) in [("same", None), ("sane", Some(2)), ("sam", Some(3)), ("sames", Some(4))] {
            assert_eq!(first_difference(b"same", second.as_bytes()), at);
        }
    }
}
