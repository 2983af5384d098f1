//! The program that runs a unit.

use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use landform_generator::tree::Layout;

use crate::failure::Failure;

/// The variable that names another Terraform, such as a wrapper or OpenTofu.
const TERRAFORM: &str = "LANDFORM_TERRAFORM";

/// The variable that names another Terragrunt.
const TERRAGRUNT: &str = "LANDFORM_TERRAGRUNT";

/// Terraform, OpenTofu or Terragrunt.
pub(crate) struct Program {
    path: PathBuf,
}

impl Program {
    /// The program for a tree in this layout.
    pub(crate) fn find(layout: Layout) -> Result<Self, Failure> {
        let found = match layout {
            Layout::Terraform => from_variable(TERRAFORM)
                .or_else(|| on_path("terraform"))
                .or_else(|| on_path("tofu"))
                .ok_or(Failure::NoProgram {
                    program: "neither terraform nor tofu",
                    hint: "install Terraform 1.11 or later, or name it in LANDFORM_TERRAFORM",
                }),
            Layout::Terragrunt => from_variable(TERRAGRUNT)
                .or_else(|| on_path("terragrunt"))
                .ok_or(Failure::NoProgram {
                    program: "terragrunt",
                    hint: "this tree is in the terragrunt layout: install Terragrunt 1.1 or later, or write a tree of plain Terraform with `landform generate --layout terraform`",
                }),
        };
        found.map(|path| Self { path })
    }

    /// Runs the program in the folder, on the caller's terminal. The exit code; none when a signal ended it.
    pub(crate) fn run(&self, folder: &Path, arguments: &[&str]) -> Result<Option<i32>, Failure> {
        let status = self.command(folder, arguments).status();
        Ok(status.map_err(|source| self.cannot_start(source))?.code())
    }

    /// The same beside others: what it says is added to `said`, and it asks nobody.
    pub(crate) fn run_beside(
        &self,
        folder: &Path,
        arguments: &[&str],
        said: &mut Vec<u8>,
    ) -> Result<Option<i32>, Failure> {
        let mut run = || {
            let (mut reader, writer) = io::pipe()?;
            let mut command = self.command(folder, arguments);
            command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
            // Two inits at a time break it: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
            command.env_remove("TF_PLUGIN_CACHE_DIR");
            let mut child = command.spawn()?;
            // Its ends of the pipe, without which reading would not end.
            drop(command);
            reader.read_to_end(said)?;
            child.wait()
        };
        Ok(run().map_err(|source| self.cannot_start(source))?.code())
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.path);
        // Terraform then leaves out advice on what to type next.
        command.args(arguments).current_dir(folder).env("TF_IN_AUTOMATION", "1");
        command
    }

    fn cannot_start(&self, source: io::Error) -> Failure {
        Failure::Start { program: self.path.clone(), source }
    }

    /// The state of the unit in the folder, as `state pull` prints it: nothing for a unit that was never applied. None when it
    /// cannot be read, and the reason is on stderr then.
    pub(crate) fn state(&self, folder: &Path) -> Result<Option<Vec<u8>>, Failure> {
        match self.read(folder, &["init", "-input=false"])? {
            Some(_) => self.read(folder, &["state", "pull"]),
            None => Ok(None),
        }
    }

    /// Runs the program in the folder and returns what it says on stdout; none when it went wrong.
    pub(crate) fn read(&self, folder: &Path, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
        let output = self
            .command(folder, arguments)
            .env(PLAIN_OUTPUT, "true")
            .stderr(Stdio::inherit())
            .output()
            .map_err(|source| self.cannot_start(source))?;
        Ok(output.status.success().then_some(output.stdout))
    }
}

/// Makes Terragrunt hand on what Terraform says as it is.
const PLAIN_OUTPUT: &str = "TG_TF_FORWARD_STDOUT";

fn from_variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).and_then(|value| named(Path::new(&value)))
}

/// A path as it is from here, or a bare name as it is on the PATH.
fn named(program: &Path) -> Option<PathBuf> {
    match program.to_str() {
        Some(name) if program.components().count() == 1 => on_path(name),
        _ => std::path::absolute(program).ok(),
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    // The child starts in another folder, where a relative entry would mean something else.
    let absolute = |folder: PathBuf| std::path::absolute(folder.join(name)).ok();
    env::split_paths(&folders).filter_map(absolute).find(|file| file.is_file())
}
