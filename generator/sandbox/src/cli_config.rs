//! A Terraform command-line configuration that installs providers from this machine and nothing from elsewhere.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::hash::short_hash;
use crate::{Error, Flavour, leftovers};

/// A short address belongs to the default registry of whoever reads it: both are laid out.
const FLAVOURS: [Flavour; 2] = [Flavour::Terraform, Flavour::OpenTofu];

/// The version in the mirror: the workspace's.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A provider's binary, and the address that configurations name it by.
#[derive(Clone, Debug)]
pub struct LocalProvider {
    /// `<namespace>/<type>`.
    address: String,
    binary: PathBuf,
}

impl LocalProvider {
    /// `address` is the short form, such as `landform/toy`: Terraform reads it as `registry.terraform.io/landform/toy` and
    /// OpenTofu as `registry.opentofu.org/landform/toy`, and either of these works with both. The binary may have any name.
    pub fn new(address: &str, binary: &Path) -> Self {
        LocalProvider { address: address.to_owned(), binary: binary.to_path_buf() }
    }

    /// What stands for this build of it: its address, size and time.
    fn fingerprint(&self) -> Result<String, Error> {
        let about = fs::metadata(&self.binary).map_err(Error::file("read", &self.binary))?;
        Ok(format!("{} {} {} {}\n", self.address, about.len(), about.mtime(), about.mtime_nsec()))
    }

    /// The folder of the package in a mirror (<https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror>).
    fn package(&self, mirror: &Path, flavour: Flavour) -> PathBuf {
        let platform = format!("{}_{}", operating_system(), architecture());
        mirror.join(flavour.registry()).join(&self.address).join(VERSION).join(platform)
    }

    fn place_into(&self, mirror: &Path) -> Result<(), Error> {
        let name = self.address.rsplit('/').next().unwrap_or(&self.address);
        for flavour in FLAVOURS {
            let package = self.package(mirror, flavour);
            fs::create_dir_all(&package).map_err(Error::file("create", &package))?;
            place(&self.binary, &package.join(format!("terraform-provider-{name}_v{VERSION}")))?;
        }
        Ok(())
    }
}

/// A written configuration file (<https://developer.hashicorp.com/terraform/cli/config/config-file>).
///
/// No provider but those it was made for can be installed: any other is an error, never a download.
#[derive(Clone, Debug)]
pub struct CliConfig {
    path: PathBuf,
}

impl CliConfig {
    /// [`CliConfig::mirror`] with the provider `landform/landform`.
    pub fn write(directory: &Path, provider_binary: &Path) -> Result<CliConfig, Error> {
        Self::mirror(directory, &[LocalProvider::new("landform/landform", provider_binary)])
    }

    /// Providers as users have them: `init` installs them, version 0.1.0, and writes a lock file. No command prints a warning.
    ///
    /// Lays out a mirror below `directory` and writes the file beside it. The mirror is named after the binaries' sizes and
    /// times, so a rebuilt provider never changes under a Terraform that is running.
    pub fn mirror(directory: &Path, providers: &[LocalProvider]) -> Result<CliConfig, Error> {
        let mirror = lay_out(directory, providers)?;
        Self::with_installation(mirror.join("terraform.rc"), &filesystem_mirror(&mirror))
    }

    /// Providers as their developers have them: they work without `init` and without a lock file, and every command prints a
    /// warning about it (<https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers>).
    ///
    /// Saves a second per configuration. Modules and backends still need `init`, which finds the providers in the mirror:
    /// Terraform before 1.15 and OpenTofu fail there for a provider that is nowhere else.
    pub fn overrides(directory: &Path, providers: &[LocalProvider]) -> Result<CliConfig, Error> {
        let mirror = lay_out(directory, providers)?;
        let mut text = "  dev_overrides {\n".to_owned();
        for (provider, flavour) in providers.iter().flat_map(|one| FLAVOURS.map(|flavour| (one, flavour))) {
            let address = format!("{}/{}", flavour.registry(), provider.address);
            let package = provider.package(&mirror, flavour);
            text.push_str(&format!("    \"{address}\" = {}\n", quoted(&package)));
        }
        text.push_str("  }\n");
        text.push_str(&filesystem_mirror(&mirror));
        Self::with_installation(mirror.join("overrides.rc"), &text)
    }

    fn with_installation(path: PathBuf, installation: &str) -> Result<CliConfig, Error> {
        let text = format!("disable_checkpoint = true\n\nprovider_installation {{\n{installation}}}\n");
        write_whole(&path, &text)?;
        Ok(CliConfig { path })
    }

    /// The file, for `TF_CLI_CONFIG_FILE`.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The mirror of exactly these providers, absolute.
fn lay_out(directory: &Path, providers: &[LocalProvider]) -> Result<PathBuf, Error> {
    let fingerprints: Vec<String> =
        providers.iter().map(LocalProvider::fingerprint).collect::<Result<_, Error>>()?;
    let name = short_hash(&[fingerprints.concat().as_bytes()]);
    let folder = directory.join("providers");
    let mirror = folder.join(&name);
    fs::create_dir_all(&mirror).map_err(Error::file("create", &mirror))?;
    let mirror = fs::canonicalize(&mirror).map_err(Error::file("resolve", &mirror))?;
    providers.iter().try_for_each(|provider| provider.place_into(&mirror))?;
    // The file that the caller writes next makes this mirror young again.
    leftovers::remove(&folder, |other| other != name);
    Ok(mirror)
}

fn filesystem_mirror(mirror: &Path) -> String {
    format!("  filesystem_mirror {{\n    path = {}\n  }}\n", quoted(mirror))
}

/// As a string of Terraform's language.
fn quoted(path: &Path) -> serde_json::Value {
    serde_json::Value::from(path.to_string_lossy())
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
        let mirror = first.path().parent().unwrap();
        let placed = LocalProvider::new("landform/landform", &binary)
            .package(mirror, Flavour::OpenTofu)
            .join("terraform-provider-landform_v0.1.0");
        assert_eq!(fs::read_to_string(placed).unwrap(), "one", "the running Terraform's provider stays");
    }

    #[test]
    fn mirrors_of_different_providers_are_apart() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("provider");
        fs::write(&binary, "one").unwrap();
        let mirror = |address: &str| {
            let provider = LocalProvider::new(address, &binary);
            CliConfig::mirror(folder.path(), &[provider]).unwrap().path().to_path_buf()
        };
        assert_ne!(mirror("landform/toy"), mirror("landform/landform"));
    }

    #[test]
    fn overrides_name_a_provider_as_both_products_do() {
        let folder = tempfile::tempdir().unwrap();
        let binary = folder.path().join("any-name");
        fs::write(&binary, "").unwrap();
        let provider = LocalProvider::new("landform/toy", &binary);
        let config = CliConfig::overrides(folder.path(), std::slice::from_ref(&provider)).unwrap();
        let text = fs::read_to_string(config.path()).unwrap();
        for flavour in FLAVOURS {
            let package = provider.package(config.path().parent().unwrap(), flavour);
            let line = format!("\"{}/landform/toy\" = {}", flavour.registry(), quoted(&package));
            assert!(text.contains(&line), "{text}");
            assert!(package.join("terraform-provider-toy_v0.1.0").is_file());
        }
    }
}
