//! The command as people run it: output, exit codes, what is on disk afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod generate;
mod import_tree;
mod init;
mod look;
mod manual;
#[cfg(unix)]
mod orphans;
mod plan_guard;
#[cfg(unix)]
mod run;
mod spec;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const UNITS: [&str; 4] = [
    "dev/us-east-1/dev/main",
    "network/us-east-1/prod/hub",
    "prod/eu-west-1/prod/main",
    "prod/us-east-1/prod/main",
];

/// A folder with the small estate as its own spec.
struct Desk {
    folder: TempDir,
}

struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::copy(Path::new(PROJECT).join("examples/estates/small.yaml"), folder.path().join("landform.yaml"))
            .unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_landform"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env("LANDFORM_CACHE", self.path("cache"))
            .env_remove("LANDFORM_TERRAFORM");
        command
    }

    fn run(&self, arguments: &str) -> Outcome {
        outcome(&mut self.command(arguments))
    }

    fn edit(&self, from: &str, to: &str) {
        let path = self.path("landform.yaml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn json(outcome: &Outcome) -> Value {
    serde_json::from_str(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {}", outcome.stdout))
}

/// The spec without its last network; what comes after the networks stays.
fn without_the_last_network(text: &str) -> String {
    let (rest, last) = text.rsplit_once("\n  - name: main").unwrap();
    let (_, after) = last.split_once("\n\n").unwrap();
    format!("{rest}\n{after}")
}
