//! A home folder of its own, and the command run with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A user: a home folder and variables of the environment, and nothing else of the machine's user.
pub(crate) struct Desk {
    folder: TempDir,
    variables: BTreeMap<&'static str, String>,
}

pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        let home = folder.path().join("home").display().to_string();
        Desk { folder, variables: [("HOME", home), ("CHECKPOINT_DISABLE", "1".to_owned())].into() }
    }

    /// The same user with one variable more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Desk {
        self.variables.insert(name, value.into());
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// `landform provider` with these arguments, and what Cargo needs of the environment.
    pub(crate) fn provider(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landform"));
        command.arg("provider").args(arguments).current_dir(self.folder.path());
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"] {
            command.env_remove(name);
        }
        // Cargo and rustup keep their own files below the user's home unless told where they are.
        for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            if std::env::var_os(variable).is_none() {
                command.env(variable, std::env::home_dir().unwrap().join(folder));
            }
        }
        outcome(command.envs(&self.variables).output().unwrap())
    }

    /// As [`Desk::provider`], which must go well and print one JSON object.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let outcome = self.provider(&[arguments, &["--json"]].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        serde_json::from_str(&outcome.stdout).unwrap()
    }

    /// Terraform or OpenTofu, with no variable but the user's own.
    pub(crate) fn terraform(&self, program: &Path, folder: &Path, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap());
        outcome(command.envs(&self.variables).output().unwrap())
    }
}

fn outcome(output: Output) -> Outcome {
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The first bytes of an executable for Linux, and some that are its own.
pub(crate) fn executable(machine: u8, rest: &str) -> Vec<u8> {
    [&b"\x7fELF\x02\x01\x01"[..], &[0; 9], &[3, 0, machine, 0], rest.as_bytes()].concat()
}

/// ELF's number for amd64.
pub(crate) const AMD64: u8 = 62;
/// ELF's number for arm64.
pub(crate) const ARM64: u8 = 183;
