//! The source tree that landform is run in or was built from.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The source tree around the current folder, else the one that this program was built from.
pub(crate) fn find() -> Option<PathBuf> {
    let is_ours = |folder: &&Path| folder.join("provider/server/Cargo.toml").is_file();
    let current = env::current_dir().ok();
    let around = current.as_deref().into_iter().flat_map(Path::ancestors);
    around.chain(Path::new(env!("CARGO_MANIFEST_DIR")).ancestors()).find(is_ours).map(Path::to_path_buf)
}

/// Whether files differ from the last commit, so that nobody else can have the same sources. Not where there is no Git.
pub(crate) fn is_changed(folder: &Path) -> bool {
    let status = Command::new("git").args(["status", "--porcelain"]).current_dir(folder).output();
    status.is_ok_and(|output| output.status.success() && !output.stdout.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_is_not_committed_is_a_change() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_changed(folder.path()), "no repository");
        let git = |arguments: &[&str]| {
            let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
            let mut command = Command::new("git");
            command.args(identity).args(arguments).current_dir(folder.path());
            assert!(command.output().unwrap().status.success());
        };
        git(&["init"]);
        fs::write(folder.path().join("file"), "one").unwrap();
        assert!(is_changed(folder.path()));
        git(&["add", "file"]);
        git(&["commit", "--message", "one"]);
        assert!(!is_changed(folder.path()));
        fs::write(folder.path().join("file"), "two").unwrap();
        assert!(is_changed(folder.path()));
    }
}
