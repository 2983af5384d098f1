//! Every manifest: lints of the workspace, versions of the workspace.

use std::collections::BTreeSet;

use landform_workspace_tests::{SourceFile, files, members};

fn manifests() -> Vec<SourceFile> {
    let folders: BTreeSet<String> =
        members().values().map(|member| format!("{}/Cargo.toml", member.folder)).collect();
    let found: Vec<SourceFile> = files().into_iter().filter(|file| folders.contains(&file.path)).collect();
    assert_eq!(found.len(), folders.len());
    found
}

/// The lines of the dependency tables as (name, rest of the line).
fn dependencies(manifest: &str) -> Vec<(String, String)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let (name, rest) = line.split_once('=').unwrap_or((line, ""));
            found.push((name.trim().to_owned(), rest.trim().to_owned()));
        }
    }
    found
}

#[test]
fn every_crate_opts_into_the_lints_of_the_workspace() {
    for manifest in manifests() {
        let lints = manifest.text.split("[lints]").nth(1).map(str::trim_start);
        assert!(lints.is_some_and(|text| text.starts_with("workspace = true")), "{}", manifest.path);
    }
}

#[test]
fn versions_are_in_the_workspace_manifest_only() {
    for manifest in manifests() {
        for (name, rest) in dependencies(&manifest.text) {
            let inherited =
                (name.ends_with(".workspace") && rest == "true") || rest.contains("workspace = true");
            assert!(inherited, "{}: {name} = {rest}", manifest.path);
            assert!(!rest.contains("version"), "{}: {name} = {rest}", manifest.path);
        }
        for inherited in ["version", "edition", "rust-version", "license", "publish"] {
            let line = format!("\n{inherited}.workspace = true");
            assert!(manifest.text.contains(&line), "{}: {inherited} is the workspace's", manifest.path);
        }
    }
}

#[test]
fn every_version_in_the_workspace_manifest_is_used() {
    let used: BTreeSet<String> = manifests()
        .iter()
        .flat_map(|manifest| dependencies(&manifest.text))
        .map(|(name, _)| name.trim_end_matches(".workspace").to_owned())
        .collect();
    let root = files().into_iter().find(|file| file.path == "Cargo.toml").map(|file| file.text);
    let unused: Vec<String> = dependencies(&root.unwrap_or_default())
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !used.contains(name))
        .collect();
    assert!(unused.is_empty(), "nobody uses {unused:?}: remove the lines from Cargo.toml");
}

#[test]
fn versions_are_sorted_so_that_two_changes_do_not_meet() {
    let root = files().into_iter().find(|file| file.path == "Cargo.toml").map(|file| file.text);
    let names: Vec<String> =
        dependencies(&root.unwrap_or_default()).into_iter().map(|(name, _)| name).collect();
    let external: Vec<&String> = names.iter().filter(|name| !members().contains_key(name.as_str())).collect();
    assert!(external.len() > 10);
    assert!(external.is_sorted(), "{external:?}");
}
