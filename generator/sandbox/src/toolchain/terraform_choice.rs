//! Which Terraform to use.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Flavour;
use crate::Error;

/// A Terraform that answered to `version`.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) flavour: Flavour,
    pub(super) version: String,
}

/// The user's choice, else the first usable one on PATH, else `None`: take the one from PyPI.
pub(super) fn find(choice: Option<&OsStr>) -> Result<Option<Found>, Error> {
    match choice {
        Some(word) if word == "pypi" => Ok(None),
        Some(path) if !path.is_empty() => {
            let path = on_path(path).unwrap_or_else(|| PathBuf::from(path));
            let found = probe(&path)?;
            match too_old(&found) {
                Some(reason) => Err(unusable(&path, reason)),
                None => Ok(Some(found)),
            }
        }
        _ => Ok(["terraform", "tofu"]
            .iter()
            .filter_map(|name| on_path(OsStr::new(name)))
            .filter_map(|path| probe(&path).ok())
            .find(|found| too_old(found).is_none())),
    }
}

/// Asks the program what it is.
pub(super) fn probe(path: &Path) -> Result<Found, Error> {
    let output = Command::new(path)
        .args(["version", "-json"])
        .env("CHECKPOINT_DISABLE", "1")
        .env_remove("TF_CLI_CONFIG_FILE")
        .env_remove("TF_CLI_ARGS")
        .stdin(Stdio::null())
        .output()
        .map_err(|source| Error::Start { program: path.display().to_string(), source })?;
    let about: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| unusable(path, "`version -json` printed no JSON".to_owned()))?;
    let version = about["terraform_version"]
        .as_str()
        .ok_or_else(|| unusable(path, "`version -json` names no version".to_owned()))?
        .to_owned();
    // OpenTofu prints the same keys; only the text form names the product.
    let text = Command::new(path)
        .arg("version")
        .env("CHECKPOINT_DISABLE", "1")
        .stdin(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let flavour = if text.contains("OpenTofu") { Flavour::OpenTofu } else { Flavour::Terraform };
    Ok(Found { path: path.to_path_buf(), flavour, version })
}

/// S3 state locking without DynamoDB came with Terraform 1.11 (<https://developer.hashicorp.com/terraform/language/backend/s3#state-locking>)
/// and OpenTofu 1.10 (<https://opentofu.org/docs/language/settings/backends/s3/>).
fn too_old(found: &Found) -> Option<String> {
    let (name, oldest) = match found.flavour {
        Flavour::Terraform => ("Terraform", (1, 11)),
        Flavour::OpenTofu => ("OpenTofu", (1, 10)),
    };
    let mut numbers = found.version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    (version < oldest).then(|| format!("it is {name} {}", found.version))
}

fn unusable(path: &Path, reason: String) -> Error {
    Error::TerraformChoice { path: path.display().to_string(), reason }
}

fn on_path(name: &OsStr) -> Option<PathBuf> {
    if Path::new(name).components().count() > 1 {
        return None;
    }
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(flavour: Flavour, version: &str) -> Found {
        Found { path: PathBuf::new(), flavour, version: version.to_owned() }
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
            assert_eq!(too_old(&found(flavour, version)).is_some(), old, "{flavour:?} {version}");
        }
    }

    #[test]
    fn a_choice_that_is_no_terraform_is_an_error() {
        let error = find(Some(OsStr::new("/bin/echo"))).unwrap_err();
        assert!(error.to_string().contains("printed no JSON"), "{error}");
        assert!(matches!(find(Some(OsStr::new("/no/such/file"))), Err(Error::Start { .. })));
    }

    #[test]
    fn pypi_means_none_of_the_installed_ones() {
        assert!(find(Some(OsStr::new("pypi"))).unwrap().is_none());
    }
}
