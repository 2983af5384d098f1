//! Builds the provider that Terraform is to start.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::Error;

const PACKAGE: &str = "terraform-provider-landform";

/// A Cargo profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build: for tests.
    Dev,
    /// What users get: for the demo and for measurements.
    Release,
}

/// A build of the provider in a Cargo workspace.
#[derive(Clone, Debug)]
pub struct ProviderBuild {
    workspace: PathBuf,
    profile: Profile,
    with_tests: bool,
}

impl ProviderBuild {
    /// The provider of the workspace at `workspace`, built with `profile`.
    pub fn new(workspace: &Path, profile: Profile) -> Self {
        ProviderBuild { workspace: workspace.to_path_buf(), profile, with_tests: false }
    }

    /// Builds it together with all tests of the workspace, as `cargo test --workspace` does.
    ///
    /// Cargo unites the features that everything it builds asks of a dependency. Built alone, the provider would ask for
    /// fewer, and every test run would compile the AWS SDK a second time.
    #[must_use]
    pub fn along_with_tests(self) -> Self {
        ProviderBuild { with_tests: true, ..self }
    }

    /// Runs Cargo (which does nothing when the build is fresh) and returns the absolute path of the binary.
    /// `CARGO_TARGET_DIR` and the other settings of Cargo are the caller's.
    ///
    /// `LANDFORM_PROVIDER` names a binary that was built before and is used as it is.
    ///
    /// `progress` gets a line at the begin and the end, `on_crate` the name of each crate that is ready.
    pub fn build(&self, progress: &dyn Fn(&str), on_crate: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        if let Some(binary) = env::var_os("LANDFORM_PROVIDER").filter(|name| !name.is_empty()) {
            let binary = PathBuf::from(binary);
            return fs::canonicalize(&binary).map_err(Error::file("find LANDFORM_PROVIDER", &binary));
        }
        progress("Building the provider (some minutes the first time)");
        let begin = Instant::now();
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["build", "--message-format", "json-render-diagnostics"]);
        match self.with_tests {
            true => command.args(["--workspace", "--all-targets"]),
            false => command.args(["--package", PACKAGE]),
        };
        if self.profile == Profile::Release {
            command.arg("--release");
        }
        let mut cargo = command
            .current_dir(&self.workspace)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| Error::Start { program: "cargo".to_owned(), source })?;

        let errors = cargo.stderr.take().map(|mut stderr| {
            thread::spawn(move || {
                let mut text = Vec::new();
                let _ = stderr.read_to_end(&mut text);
                without_progress(&String::from_utf8_lossy(&text))
            })
        });
        let mut binary = None;
        if let Some(stdout) = cargo.stdout.take() {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let Ok(message) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
                if let Some(name) = message["target"]["name"].as_str() {
                    on_crate(name);
                }
                binary = executable(&message).or(binary);
            }
        }
        let output = errors.and_then(|reader| reader.join().ok()).unwrap_or_default();
        let built = cargo.wait().map(|status| status.success()).unwrap_or(false);
        match binary {
            Some(binary) if built => {
                progress(&format!("Built the provider in {:.0} s", begin.elapsed().as_secs_f64()));
                Ok(binary)
            }
            _ => Err(Error::ProviderBuild { output }),
        }
    }
}

/// The path in one of Cargo's messages, if it is about our binary
/// (<https://doc.rust-lang.org/cargo/reference/external-tools.html#artifact-messages>).
fn executable(message: &serde_json::Value) -> Option<PathBuf> {
    if message["target"]["name"] != PACKAGE || message["profile"]["test"] == true {
        return None;
    }
    message["executable"].as_str().map(PathBuf::from)
}

/// What Cargo says about work that went well is of no use beside an error.
fn without_progress(text: &str) -> String {
    let is_error = |line: &&str| {
        let first = line.split_whitespace().next().unwrap_or_default();
        !["Blocking", "Compiling", "Downloaded", "Downloading", "Locking", "Updating"].contains(&first)
    };
    text.lines().filter(is_error).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_executable_is_read_from_the_message_about_the_provider() {
        let path = |message: &str| executable(&serde_json::from_str(message).unwrap());
        let ours = r#"{"target":{"name":"terraform-provider-landform"},"executable":"/t/debug/provider"}"#;
        assert_eq!(path(ours), Some(PathBuf::from("/t/debug/provider")));
        assert_eq!(path(r#"{"target":{"name":"build-script-build"},"executable":"/t/x"}"#), None);
        assert_eq!(path(r#"{"reason":"build-finished","success":true}"#), None);
        let its_tests = r#"{"target":{"name":"terraform-provider-landform"},"profile":{"test":true},"executable":"/t/deps/x"}"#;
        assert_eq!(path(its_tests), None);
    }

    #[test]
    fn an_error_is_told_without_the_crates_that_went_well() {
        let text = "   Compiling syn v2.0.0\nerror[E0308]: mismatched types\n  --> src/main.rs:1:1\n";
        assert_eq!(without_progress(text), "error[E0308]: mismatched types\n  --> src/main.rs:1:1");
    }
}
