//! A Terraform command-line configuration that installs our provider from this machine and nothing from elsewhere.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::{Error, leftovers};

/// Where Terraform and OpenTofu look for `landform/landform`. OpenTofu's own default host is laid out too, so that the
/// short address works with both.
const HOSTS: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// The version in the mirror: the workspace's.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A written configuration file (<https://developer.hashicorp.com/terraform/cli/config/config-file>).
///
/// A file-system mirror and not `dev_overrides`: with overrides `init` still asks the registry and every command
/// prints a warning. There is no `direct` block, so a provider that is not in the mirror is an error, never a download.
#[derive(Clone, Debug)]
pub struct CliConfig {
    path: PathBuf,
}

impl CliConfig {
    /// Lays out the mirror with `provider_binary` below `directory` and writes the file beside it. The mirror is named
    /// after the binary's size and time, so a rebuilt provider never changes under a Terraform that is running.
    pub fn write(directory: &Path, provider_binary: &Path) -> Result<CliConfig, Error> {
        let about = fs::metadata(provider_binary).map_err(Error::file("read", provider_binary))?;
        let providers = directory.join("providers");
        let name = format!("{:x}-{:x}-{:x}", about.len(), about.mtime(), about.mtime_nsec());
        let mirror = providers.join(&name);
        for host in HOSTS {
            let package = mirror.join(host).join("landform/landform").join(VERSION).join(format!(
                "{}_{}",
                operating_system(),
                architecture()
            ));
            fs::create_dir_all(&package).map_err(Error::file("create", &package))?;
            place(provider_binary, &package.join(format!("terraform-provider-landform_v{VERSION}")))?;
        }
        leftovers::remove(&providers, |mirror| mirror != name);

        let mirror = fs::canonicalize(&mirror).map_err(Error::file("resolve", &mirror))?;
        let path = mirror.join("terraform.rc");
        let text = format!(
            "disable_checkpoint = true\n\nprovider_installation {{\n  filesystem_mirror {{\n    path = {}\n  }}\n}}\n",
            serde_json::Value::from(mirror.to_string_lossy())
        );
        write_whole(&path, &text)?;
        Ok(CliConfig { path })
    }

    /// The file, for `TF_CLI_CONFIG_FILE`.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A hard link where the file system allows it, else a copy; whole or not at all.
fn place(binary: &Path, target: &Path) -> Result<(), Error> {
    if target.exists() {
        return Ok(());
    }
    let draft = target.with_extension(format!("draft-{}", std::process::id()));
    let _ = fs::remove_file(&draft);
    if fs::hard_link(binary, &draft).is_err() {
        fs::copy(binary, &draft).map_err(Error::file("copy", binary))?;
    }
    fs::rename(&draft, target).map_err(Error::file("rename to", target))
}

fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    fs::write(&draft, text).map_err(Error::file("write", &draft))?;
    fs::rename(&draft, path).map_err(Error::file("rename to", path))
}

fn operating_system() -> &'static str {
    if cfg!(target_os = "macos") { "darwin" } else { "linux" }
}

fn architecture() -> &'static str {
    if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rebuilt_provider_gets_a_mirror_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("provider");
        fs::write(&binary, "one").unwrap();
        let first = CliConfig::write(folder.path(), &binary).unwrap();
        let again = CliConfig::write(folder.path(), &binary).unwrap();
        assert_eq!(first.path(), again.path());

        fs::remove_file(&binary).unwrap();
        fs::write(&binary, "another").unwrap();
        let second = CliConfig::write(folder.path(), &binary).unwrap();
        assert_ne!(first.path(), second.path());
        let placed = fs::read_dir(
            first.path().parent().unwrap().join("registry.terraform.io/landform/landform/0.1.0"),
        )
        .unwrap()
        .flatten()
        .next()
        .unwrap()
        .path()
        .join("terraform-provider-landform_v0.1.0");
        assert_eq!(fs::read_to_string(placed).unwrap(), "one", "the running Terraform's provider stays");
    }
}
