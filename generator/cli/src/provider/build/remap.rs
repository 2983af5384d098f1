//! Other names for the folders of this machine.

use std::collections::BTreeSet;
use std::env;
use std::path::Path;
use std::process::Command;

use cargo_metadata::Metadata;

use super::super::Failure;

/// A folder and its name in the binary.
#[derive(Clone, Debug)]
pub(super) struct Remap {
    pub(super) from: String,
    to: String,
}

impl Remap {
    fn new(from: impl Into<String>, to: &str) -> Remap {
        Remap { from: from.into(), to: to.to_owned() }
    }

    /// Whether the binary names the folder. One at the top of the file system is too common a word to be looked for.
    pub(super) fn is_in(&self, binary: &[u8]) -> bool {
        let folder = self.from.as_bytes();
        self.from.matches('/').count() > 1 && binary.windows(folder.len()).any(|bytes| bytes == folder)
    }
}

/// The folders that sources of this build are in. Where one holds another, the inner one comes later: it wins.
pub(super) fn all(metadata: &Metadata, target_directory: &Path) -> Result<Vec<Remap>, Failure> {
    // Packages of the registry are two levels below a folder that is named after the registry's address.
    let registries: BTreeSet<String> = metadata
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .filter_map(|package| package.manifest_path.ancestors().nth(2))
        .map(ToString::to_string)
        .collect();
    let (sysroot, commit) = (rustc(&["--print", "sysroot"])?, rustc(&["-vV"])?);
    let commit = commit.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");

    let mut all = vec![Remap::new(metadata.workspace_root.as_str(), "/landform")];
    all.push(Remap::new(target_directory.to_string_lossy(), "/target"));
    all.extend(registries.into_iter().map(|registry| Remap::new(registry, "/registry")));
    // The standard library has this name already, unless its sources are installed.
    let library = format!("{}/lib/rustlib/src/rust", sysroot.trim());
    all.push(Remap::new(library, &format!("/rustc/{commit}")));
    Ok(all)
}

/// For `CARGO_ENCODED_RUSTFLAGS`
/// (<https://doc.rust-lang.org/rustc/command-line-arguments.html#--remap-path-prefix-remap-source-names-in-output>).
pub(super) fn flags(remaps: &[Remap]) -> String {
    let flag = |remap: &Remap| format!("--remap-path-prefix={}={}", remap.from, remap.to);
    remaps.iter().map(flag).collect::<Vec<_>>().join("\x1f")
}

fn rustc(arguments: &[&str]) -> Result<String, Failure> {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(program).args(arguments).output();
    let output = output.map_err(|source| Failure::Start { program: "rustc", source })?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
