//! Removes what earlier runs left behind.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What was not touched for this long belongs to no running process.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the entries of `folder` that `ours` accepts by name and that are older than a day. Best effort: a leftover only
/// costs space.
pub(crate) fn remove(folder: &Path, ours: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| ours(&entry.file_name().to_string_lossy())) {
        let Ok(about) = entry.metadata() else { continue };
        let age = about.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
        if age.is_some_and(|age| age > LIFE) {
            let _ =
                if about.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_entries_of_ours_go() {
        let folder = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - LIFE - Duration::from_secs(60);
        for (name, time) in [("a.log", old), ("b.log", SystemTime::now()), ("c.txt", old)] {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            file.set_modified(time).unwrap();
        }
        remove(folder.path(), |name| name.ends_with(".log"));
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        assert_eq!(left, ["b.log", "c.txt"]);
    }
}
