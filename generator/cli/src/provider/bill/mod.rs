//! The bill of materials: what a binary is made of, for those who look for known faults or licences in it.

mod document;
mod graph;
mod lock_file;

use std::collections::BTreeMap;

use cargo_metadata::{Metadata, Package};

use super::checksums::sha256;
use super::date::Date;
use super::platform::Platform;
use super::release::{NAME, VERSION};
use super::{Failure, build};
use document::{Component, Dependency, Document, Hash, Kind};
use graph::{Crate, Graph};

/// The document for the provider's binary: the crates that are compiled into it, with their licences, checksums and
/// dependencies. Same sources, same binary, same date: same bytes.
///
/// # Errors
/// When Cargo cannot tell the dependencies, or the lock file is out of date.
pub(super) fn of(
    metadata: &Metadata,
    platform: Platform,
    binary: &[u8],
    date: Date,
) -> Result<String, Failure> {
    let workspace = metadata.workspace_root.as_std_path();
    let graph = Graph::read(workspace, NAME, platform.target)?;
    let checksums = lock_file::checksums(workspace)?;
    let packages: BTreeMap<Crate, &Package> = metadata
        .packages
        .iter()
        .map(|package| (Crate::new(package.name.as_str(), &package.version.to_string()), package))
        .collect();

    let root = Crate::new(NAME, VERSION);
    let component = |name: &Crate| -> Result<Component, Failure> {
        let package = packages.get(name).ok_or_else(|| Failure::Line(format!("{name:?}")))?;
        Ok(library(name, package, checksums.get(name)))
    };
    let components =
        graph.crates.keys().filter(|name| **name != root).map(component).collect::<Result<_, _>>()?;
    let mut binary_of = component(&root)?;
    binary_of.kind = Kind::Application;
    binary_of.hashes = vec![Hash::sha256(sha256(binary))];
    let reference = |name: &Crate| reference(name, packages.get(name).copied());
    let dependencies = graph
        .crates
        .iter()
        .map(|(name, uses)| Dependency { of: reference(name), on: uses.iter().map(reference).collect() })
        .collect();
    Ok(Document::new(binary_of, platform.target, components, dependencies, date).to_json())
}

fn library(name: &Crate, package: &Package, checksum: Option<&String>) -> Component {
    Component {
        kind: Kind::Library,
        reference: reference(name, Some(package)),
        name: name.name.clone(),
        version: name.version.clone(),
        description: package
            .description
            .as_deref()
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
        hashes: checksum.cloned().map(Hash::sha256).into_iter().collect(),
        // `/` is the old way to write `OR`.
        licence: package.license.as_ref().map(|licence| licence.replace('/', " OR ").replace("  ", " ")),
        purl: package.source.as_ref().map(|_| purl(name)),
        repository: package.repository.clone(),
    }
}

/// How other places of the document name a crate: a crate of the registry by its package address.
fn reference(name: &Crate, package: Option<&Package>) -> String {
    match package {
        Some(package) if package.source.is_some() => purl(name),
        // A crate of this workspace is in no registry; there somebody else's could have its name.
        _ => format!("{}@{}", name.name, name.version),
    }
}

/// <https://github.com/package-url/purl-spec/blob/main/types-doc/cargo-definition.md>. `+` begins build metadata.
fn purl(name: &Crate) -> String {
    format!("pkg:cargo/{}@{}", name.name, name.version.replace('+', "%2B"))
}
