//! Filesystem mirrors: folders that Terraform and OpenTofu install providers from.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Failure;
use super::place::{Placed, place};
use super::platform::Platform;
use super::release::{self, HOSTS, SOURCE};

/// A filesystem mirror.
#[derive(Clone, Debug)]
pub(super) struct Mirror {
    /// Its folder, absolute.
    pub(super) folder: PathBuf,
    /// It has to be named in the CLI configuration: nobody looks there by itself.
    pub(super) needs_configuration: bool,
}

impl Mirror {
    /// The named folder, else the one that both programs search without any configuration.
    ///
    /// # Errors
    /// When none is named and the user has no home.
    pub(super) fn choose(named: Option<&Path>) -> Result<Mirror, Failure> {
        let Some(folder) = named else {
            let folder = implied(&|name| env::var_os(name)).ok_or(Failure::NoHome)?;
            return Ok(Mirror { folder, needs_configuration: false });
        };
        let folder = std::path::absolute(folder).map_err(Failure::file("find", folder))?;
        Ok(Mirror { folder, needs_configuration: true })
    }

    /// Puts the archive in the packed layout below each host
    /// (<https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror>).
    pub(super) fn add(&self, platform: Platform, archive: &[u8]) -> Result<Vec<Placed>, Failure> {
        let name = release::archive(platform);
        HOSTS.iter().map(|host| place(&self.folder.join(host).join(SOURCE).join(&name), archive)).collect()
    }
}

/// The implied local mirror (<https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories>).
///
/// Where the user keeps files by the XDG rules and has no `~/.terraform.d`, making one would move OpenTofu's whole
/// configuration there. Then it is the folder below `XDG_DATA_HOME`, which both search as well
/// (<https://opentofu.org/docs/cli/config/config-file/#implied-local-mirror-directories>).
fn implied(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = path("HOME")?;
    let usual = home.join(".terraform.d");
    let data = path("XDG_DATA_HOME");
    if usual.exists() || (data.is_none() && path("XDG_CONFIG_HOME").is_none()) || cfg!(target_os = "macos") {
        return Some(usual.join("plugins"));
    }
    Some(data.unwrap_or_else(|| home.join(".local/share")).join("terraform/plugins"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_implied_mirror_is_where_both_programs_look() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().to_str().unwrap().to_owned();
        let at = |variables: &[(&str, &str)]| {
            let value = |name: &str| match name {
                "HOME" => Some(OsString::from(&home)),
                _ => {
                    variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
                }
            };
            implied(&value).unwrap()
        };
        let usual = folder.path().join(".terraform.d/plugins");
        assert_eq!(at(&[]), usual);
        assert_eq!(at(&[("XDG_DATA_HOME", "")]), usual);
        assert_eq!(at(&[("XDG_DATA_HOME", "/data")]), Path::new("/data/terraform/plugins"));
        let local = folder.path().join(".local/share/terraform/plugins");
        assert_eq!(at(&[("XDG_CONFIG_HOME", "/config")]), local);
        std::fs::create_dir_all(&usual).unwrap();
        assert_eq!(at(&[("XDG_DATA_HOME", "/data")]), usual);
        assert_eq!(implied(&|_| None), None);
    }
}
