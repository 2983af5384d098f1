//! `landform provider package`.

use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::Metadata;
use serde_json::{Value, json};

use super::arguments::Package;
use super::bill;
use super::build::{self, ReleaseBuild, machine_paths, verify};
use super::checksums::{self, sha256};
use super::date::Date;
use super::place::{Outcome, Placed, place};
use super::platform::Platform;
use super::release::{self, NAME, VERSION};
use super::{Failure, archive};
use crate::output::print;
use crate::source_tree;

/// Offered to the registry with every release
/// (<https://developer.hashicorp.com/terraform/registry/providers/publishing#terraform-registry-manifest-file>).
const MANIFEST: &[u8] = include_bytes!("../../../../terraform-registry-manifest.json");

/// Builds the provider, unless a binary is given, and writes the files of a release.
pub(super) fn package(arguments: &Package) -> Result<(), Failure> {
    let workspace = source_tree::find().ok_or(Failure::NoSource)?;
    let date = Date::of(&workspace)?;
    if source_tree::is_changed(&workspace) {
        anstream::eprintln!(
            "warning: files differ from the last commit: nobody else can make the same release"
        );
    }
    let metadata = build::metadata(&workspace)?;
    is_of_this_version(&metadata)?;
    let build = ReleaseBuild::new(&metadata, NAME, date)?;
    let path = match &arguments.from {
        Some(path) => path.clone(),
        None => build.run()?,
    };
    let binary = fs::read(&path).map_err(Failure::file("read", &path))?;
    let platform = Platform::of(&binary).ok_or_else(|| Failure::NotAProvider(path.clone()))?;
    let leaks = machine_paths(&binary, &build);
    if !leaks.is_empty() {
        if arguments.from.is_none() {
            return Err(Failure::MachinePaths { binary: path, paths: leaks });
        }
        anstream::eprintln!(
            "warning: {} names folders of this machine: {}",
            path.display(),
            leaks.join(", ")
        );
        anstream::eprintln!("  help: a build without --from has none");
    }
    if arguments.verify {
        verify(&build, &path, &binary)?;
    }

    let output = &arguments.output;
    let bill = bill::of(&metadata, platform, &binary, date)?;
    let placed = [
        place(&output.join(release::archive(platform)), &archive::pack(&binary, date)?)?,
        place(&output.join(release::bill(platform)), bill.as_bytes())?,
        place(&output.join(release::manifest()), MANIFEST)?,
        place(&output.join(release::checksums()), checksums::of_folder(output)?.as_bytes())?,
    ];
    let files = Files { platform, placed: &placed, verified: arguments.verify };
    match arguments.json {
        true => print(&files.as_value()?.to_string()),
        false => files.tell(output)?,
    }
    let signature = output.join(release::signature());
    if placed[3].outcome == Outcome::Replaced && signature.exists() {
        anstream::eprintln!(
            "warning: the checksums have changed: {} has to be made anew",
            signature.display()
        );
    }
    Ok(())
}

/// The names of the files have the version of this program, and their content that of the sources.
fn is_of_this_version(metadata: &Metadata) -> Result<(), Failure> {
    let provider = metadata.packages.iter().find(|package| package.name.as_str() == NAME);
    match provider.map(|package| package.version.to_string()) {
        Some(version) if version == VERSION => Ok(()),
        version => Err(Failure::OtherVersion { sources: version.unwrap_or_else(|| "unknown".to_owned()) }),
    }
}

/// What was made.
struct Files<'a> {
    platform: Platform,
    placed: &'a [Placed],
    verified: bool,
}

impl Files<'_> {
    fn tell(&self, output: &Path) -> Result<(), Failure> {
        print(&format!("{NAME} {VERSION} ({}) in {}", self.platform, output.display()));
        for (placed, digest) in self.placed.iter().zip(self.digests()?) {
            print(&format!("  {} {digest}  {}", placed.outcome.sign(), name(&placed.path)));
        }
        if self.verified {
            print("A second build in another folder gave the same binary.");
        }
        print(&format!(
            "\nWith the files of all platforms in the folder, sign the checksums, with an RSA or DSA key:\n\n  gpg --detach-sign {}",
            output.join(release::checksums()).display()
        ));
        Ok(())
    }

    fn as_value(&self) -> Result<Value, Failure> {
        let digests = self.digests()?;
        let files: Vec<Value> = self
            .placed
            .iter()
            .zip(digests)
            .map(|(placed, sha256)| {
                json!({ "path": placed.path, "outcome": placed.outcome.as_str(), "sha256": sha256 })
            })
            .collect();
        let is_clean = self.placed.iter().all(|placed| placed.outcome == Outcome::Unchanged);
        Ok(json!({
            "status": if is_clean { "clean" } else { "changed" },
            "version": VERSION,
            "platform": self.platform.to_string(),
            "verified": self.verified,
            "files": files,
        }))
    }

    fn digests(&self) -> Result<Vec<String>, Failure> {
        let digest = |path: &PathBuf| Ok(sha256(&fs::read(path).map_err(Failure::file("read", path))?));
        self.placed.iter().map(|placed| digest(&placed.path)).collect()
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
