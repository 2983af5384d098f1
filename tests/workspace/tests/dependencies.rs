//! What comes from outside: licences, banned crates, one source. `deny.toml` holds the lists; `cargo deny check` reads the
//! same file where it is installed.

use std::collections::BTreeMap;

use landform_workspace_tests::{Graph, allowed_list, is_allowed};

#[test]
fn every_licence_is_allowed() {
    let allowed = allowed_list("licenses", "allow");
    assert!(allowed.iter().any(|licence| licence == "Apache-2.0"), "deny.toml is not read: {allowed:?}");
    let graph = Graph::read();
    let wrong: Vec<String> = graph
        .metadata
        .packages
        .iter()
        .filter(|package| !is_allowed(package.license.as_deref().unwrap_or_default(), &allowed))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_banned_crate_is_in_the_build() {
    let banned = allowed_list("bans", "deny");
    assert!(banned.iter().any(|name| name == "openssl-sys"), "deny.toml is not read: {banned:?}");
    let graph = Graph::read();
    let used: Vec<&str> = graph
        .metadata
        .packages
        .iter()
        .map(|package| package.name.as_str())
        .filter(|name| banned.iter().any(|banned| banned == name))
        .collect();
    assert!(used.is_empty(), "{used:?}");
}

#[test]
fn every_crate_comes_from_the_one_registry() {
    let sources = allowed_list("sources", "allow-registry");
    assert_eq!(sources.len(), 1, "{sources:?}");
    let graph = Graph::read();
    for package in &graph.metadata.packages {
        // A crate of the workspace has no source.
        if let Some(source) = &package.source {
            assert!(source.repr.ends_with(&sources[0]), "{} comes from {}", package.name, source.repr);
        }
    }
}

/// Two major versions of one crate, each with the reason why that is so now.
const TWICE: [(&str, &str); 0] = [];

#[test]
fn what_runs_for_a_user_is_in_the_build_once() {
    let graph = Graph::read();
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in &graph.metadata.packages {
        versions.entry(package.name.as_str()).or_default().push(package.version.to_string());
    }
    // Crates that are expensive to build, or that break when two versions meet.
    for name in ["hyper", "prost", "rustls", "serde", "tokio", "tonic", "tracing"] {
        let found = versions.get(name).map_or(0, Vec::len);
        let listed = TWICE.iter().any(|(twice, _)| *twice == name);
        assert!(found <= 1 || listed, "{name} is there in versions {:?}", versions.get(name));
    }
}
