//! Builds that give the same bytes on every machine.
//!
//! What would differ is where the sources are: the compiler writes their paths into messages of panics. It is told other
//! names for those folders. (Cargo's own `trim-paths` will do the same when it is stable:
//! <https://rust-lang.github.io/rfcs/3127-trim-paths.html>.)

mod remap;
#[cfg(test)]
mod tests;
mod verify;

use std::env;
use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::{Message, Metadata, MetadataCommand};

use super::Failure;
use super::date::{self, Date};
use remap::Remap;
pub(super) use verify::verify;

/// A build of one package for release.
#[derive(Clone, Debug)]
pub(super) struct ReleaseBuild {
    package: String,
    workspace: PathBuf,
    target_directory: PathBuf,
    remap: Vec<Remap>,
    date: Date,
}

impl ReleaseBuild {
    /// Of the package in the workspace, below a folder of its own in Cargo's target directory.
    pub(super) fn new(metadata: &Metadata, package: &str, date: Date) -> Result<ReleaseBuild, Failure> {
        let target_directory = metadata.target_directory.join("package");
        ReleaseBuild::below(metadata, target_directory.as_std_path(), package, date)
    }

    fn below(metadata: &Metadata, target: &Path, package: &str, date: Date) -> Result<Self, Failure> {
        Ok(ReleaseBuild {
            package: package.to_owned(),
            workspace: metadata.workspace_root.clone().into_std_path_buf(),
            target_directory: target.to_path_buf(),
            remap: remap::all(metadata, target)?,
            date,
        })
    }

    /// The same build of a copy of the sources.
    fn of_copy(&self, workspace: &Path, target: &Path) -> Result<ReleaseBuild, Failure> {
        ReleaseBuild::below(&metadata(workspace)?, target, &self.package, self.date)
    }

    /// Runs Cargo, with its progress on stderr, and returns the path of the binary.
    pub(super) fn run(&self) -> Result<PathBuf, Failure> {
        let mut command = cargo();
        command
            .args(["build", "--release", "--locked", "--package", &self.package])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(&self.workspace)
            .env("CARGO_TARGET_DIR", &self.target_directory)
            // Separated by a character that is in no path.
            .env("CARGO_ENCODED_RUSTFLAGS", remap::flags(&self.remap))
            .env(date::VARIABLE, self.date.seconds().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        for (name, _) in env::vars_os().filter(|(name, _)| is_personal(name)) {
            command.env_remove(name);
        }
        let mut cargo = command.spawn().map_err(|source| Failure::Start { program: "cargo", source })?;
        let mut binary = None;
        if let Some(stdout) = cargo.stdout.take() {
            for message in Message::parse_stream(BufReader::new(stdout)).map_while(Result::ok) {
                if let Message::CompilerArtifact(artifact) = message
                    && artifact.target.name == self.package
                {
                    binary = artifact.executable.map(PathBuf::from).or(binary);
                }
            }
        }
        let is_built = cargo.wait().is_ok_and(|status| status.success());
        binary.filter(|_| is_built).ok_or_else(|| Failure::ReleaseBuild { package: self.package.clone() })
    }
}

/// Cargo: the one that started this program, if one did.
pub(super) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What the workspace is made of.
///
/// # Errors
/// When Cargo cannot tell, or the lock file is out of date.
pub(super) fn metadata(workspace: &Path) -> Result<Metadata, Failure> {
    let mut command = MetadataCommand::new();
    command.current_dir(workspace).other_options(vec!["--locked".to_owned()]);
    Ok(command.exec()?)
}

/// Settings of the user's that would change the bytes.
fn is_personal(name: &OsString) -> bool {
    let name = name.to_string_lossy();
    ["RUSTFLAGS", "CARGO_INCREMENTAL"].contains(&&*name)
        || ["CARGO_PROFILE_", "CARGO_BUILD_"].iter().any(|prefix| name.starts_with(prefix))
}

/// The folders of this machine that the binary names.
pub(super) fn machine_paths(binary: &[u8], build: &ReleaseBuild) -> Vec<String> {
    build.remap.iter().filter(|remap| remap.is_in(binary)).map(|remap| remap.from.clone()).collect()
}
