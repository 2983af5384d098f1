//! What the user pastes, and what of the user's own stands in the way.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::release::{HOSTS, SOURCE, VERSION};

/// For the root module.
pub(super) fn required_providers() -> String {
    format!(
        "terraform {{\n  required_providers {{\n    landform = {{\n      source  = \"{SOURCE}\"\n      version = \"{VERSION}\"\n    }}\n  }}\n}}"
    )
}

/// For `~/.terraformrc` or `~/.tofurc`: this provider from the mirror, all others as before
/// (<https://developer.hashicorp.com/terraform/cli/config/config-file#explicit-installation-method-configuration>).
pub(super) fn installation(mirror: &Path) -> String {
    let addresses = HOSTS.map(|host| format!("\"{host}/{SOURCE}\"")).join(", ");
    // A string of JSON is one of HCL, but for templates.
    let path = Value::from(mirror.to_string_lossy()).to_string().replace("${", "$${").replace("%{", "%%{");
    format!(
        "provider_installation {{\n  filesystem_mirror {{\n    path    = {path}\n    include = [{addresses}]\n  }}\n  direct {{\n    exclude = [{addresses}]\n  }}\n}}"
    )
}

/// The CLI configuration that says itself where providers come from: with it nobody looks into the implied mirrors.
pub(super) fn explicit() -> Option<PathBuf> {
    let path = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below = |name: &str, file: &str| path(name).map(|folder| folder.join(file));
    let named = [path("TF_CLI_CONFIG_FILE"), path("TERRAFORM_CONFIG")];
    let usual = [
        below("HOME", ".terraformrc"),
        below("HOME", ".tofurc"),
        below("XDG_CONFIG_HOME", "opentofu/tofurc"),
    ];
    let files = named.into_iter().chain(usual).flatten();
    files.into_iter().find(|file| fs::read_to_string(file).is_ok_and(|text| is_explicit(&text)))
}

fn is_explicit(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("provider_installation"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_as_hcl_does() {
        assert!(installation(Path::new("/a \"b\"/${c}")).contains(r#"path    = "/a \"b\"/$${c}""#));
    }

    #[test]
    fn a_block_counts_and_a_comment_does_not() {
        assert!(is_explicit("disable_checkpoint = true\n  provider_installation {\n}"));
        assert!(!is_explicit("# provider_installation { }\n"));
    }
}
