//! The bare repository behind the host. Git itself does the work.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::BASE;

#[derive(Debug)]
pub(super) struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty one.
    ///
    /// # Panics
    /// When there is no Git.
    pub(super) fn new() -> Self {
        let made = TempDir::new().map_err(|error| error.to_string()).and_then(|folder| {
            git(folder.path(), &["init", "--quiet", "--bare", "--initial-branch", BASE])?;
            Ok(Self { folder })
        });
        made.unwrap_or_else(|error| panic!("no repository: {error}"))
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The commit that the branch is at; empty when there is no such branch.
    pub(super) fn commit(&self, branch: &str) -> String {
        self.git(&["rev-parse", "--verify", "--quiet", &format!("refs/heads/{branch}")]).unwrap_or_default()
    }

    /// The files that the branch changes, seen from where it left the other.
    pub(super) fn changed_files(&self, base: &str, branch: &str) -> Vec<String> {
        let files = self.git(&["diff", "--name-only", &format!("{base}...{branch}")]).unwrap_or_default();
        files.lines().map(str::to_owned).collect()
    }

    pub(super) fn is_mergeable(&self, base: &str, branch: &str) -> bool {
        self.git(&["merge-tree", "--write-tree", base, branch]).is_ok()
    }

    /// Merges the branch by a commit of its own.
    pub(super) fn merge(&self, base: &str, branch: &str) -> Result<(), String> {
        let tree = self.git(&["merge-tree", "--write-tree", base, branch])?;
        let commit = self.git(&["commit-tree", &tree, "-p", base, "-p", branch, "-m", "Merge"])?;
        self.git(&["update-ref", &format!("refs/heads/{base}"), &commit]).map(drop)
    }

    fn git(&self, arguments: &[&str]) -> Result<String, String> {
        git(self.folder.path(), arguments)
    }
}

/// What Git prints, without the last newline, or what it says against it.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "host"),
            ("GIT_AUTHOR_EMAIL", "host@acme.example"),
            ("GIT_COMMITTER_NAME", "host"),
            ("GIT_COMMITTER_EMAIL", "host@acme.example"),
        ])
        .output()
        .map_err(|error| format!("git does not start ({error}): install Git 2.38 or newer"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
    }
    Err(format!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)))
}
