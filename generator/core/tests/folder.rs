//! Writing a tree: what is ours is changed, what is not is left alone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::render::Rendered;
use landform_generator::spec::Estate;
use landform_generator::tree::Layout;
use landform_generator::write::{Difference, WriteError, compare, read_ledger, read_units, write};
use tempfile::TempDir;

#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

const MAIN: &str = "accounts/dev/us-east-1/dev/main/main.tf";

fn estate() -> Estate {
    small::estate().unwrap()
}

fn rendered(estate: &Estate) -> Rendered {
    generate(estate, Layout::Terraform, &Ledger::default()).unwrap()
}

/// The small estate, with a change that touches one file, and without its last network.
fn changed() -> Rendered {
    let mut estate = estate();
    estate.networks[1].deletion_protection = true;
    estate.networks.pop();
    rendered(&estate)
}

fn written() -> TempDir {
    let root = TempDir::new().unwrap();
    write(root.path(), &rendered(&estate())).unwrap();
    root
}

/// Every file and link below the folder, with its content or target.
fn snapshot(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                found.insert(name, fs::read_link(&path).unwrap().to_str().unwrap().into());
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn differences(root: &Path, rendered: &Rendered) -> Vec<(String, Difference)> {
    compare(root, rendered)
        .unwrap()
        .into_iter()
        .map(|(path, difference)| (path.to_string(), difference))
        .collect()
}

/// Writing `rendered` is refused for just these files, and changes nothing.
#[track_caller]
fn refused(root: &Path, rendered: &Rendered, expected: &[(&str, Difference)]) {
    let before = snapshot(root);
    match write(root, rendered) {
        Err(WriteError::Refused(files)) => {
            let files: Vec<_> = files.iter().map(|(path, difference)| (path.as_str(), *difference)).collect();
            assert_eq!(files, expected);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(snapshot(root), before);
}

#[test]
fn the_first_run_writes_all_and_the_second_nothing() {
    let root = TempDir::new().unwrap();
    let tree = rendered(&estate());
    assert!(differences(root.path(), &tree).iter().all(|(_, difference)| *difference == Difference::Missing));
    let report = write(root.path(), &tree).unwrap();
    assert_eq!(report.created.len(), tree.files.len());
    for (path, bytes) in &tree.files {
        assert_eq!(fs::read(root.path().join(path.as_str())).unwrap(), *bytes);
    }

    let modified = || fs::metadata(root.path().join(".landform/manifest.json")).unwrap().modified().unwrap();
    let before = modified();
    assert!(write(root.path(), &tree).unwrap().is_empty());
    assert_eq!(modified(), before);
    assert_eq!(differences(root.path(), &tree), []);
}

#[test]
fn only_what_changed_is_written_and_orphans_go() {
    let root = written();
    let untouched = root.path().join("accounts/network/us-east-1/prod/hub/main.tf");
    let before = fs::metadata(&untouched).unwrap().modified().unwrap();
    let report = write(root.path(), &changed()).unwrap();
    let names = |paths: &[landform_generator::tree::TreePath]| {
        paths.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        names(&report.updated),
        [
            ".landform/state-keys.json",
            ".landform/units.json",
            MAIN,
            "atlantis.yaml",
            "docs/estate.md",
            "docs/estate.svg"
        ]
    );
    assert_eq!(names(&report.created), [""; 0]);
    assert_eq!(report.removed.len(), 4);
    assert!(!root.path().join("accounts/prod/eu-west-1").exists(), "empty folders go, too");
    assert!(root.path().join("accounts/prod/us-east-1").exists());
    assert_eq!(fs::metadata(&untouched).unwrap().modified().unwrap(), before);
}

#[test]
fn what_terraform_leaves_in_a_folder_stays() {
    let root = written();
    let folder = root.path().join("accounts/prod/eu-west-1/prod/main");
    fs::create_dir(folder.join(".terraform")).unwrap();
    for name in [".terraform.lock.hcl", ".terraform/x", "backend_override.tf", "notes.md"] {
        fs::write(folder.join(name), "").unwrap();
    }
    write(root.path(), &changed()).unwrap();
    assert_eq!(
        snapshot(&folder).into_keys().collect::<Vec<_>>(),
        [".terraform.lock.hcl", ".terraform/x", "backend_override.tf", "notes.md"]
    );
}

#[test]
fn edited_files_are_refused() {
    let root = written();
    let orphan = "accounts/prod/eu-west-1/prod/main/main.tf";
    for path in [MAIN, orphan] {
        fs::write(root.path().join(path), "# mine\n").unwrap();
    }
    refused(root.path(), &changed(), &[(MAIN, Difference::Edited), (orphan, Difference::Edited)]);
    // A file that was deleted is written again, which is how to give up an edit.
    fs::remove_file(root.path().join(MAIN)).unwrap();
    fs::remove_file(root.path().join(orphan)).unwrap();
    assert_eq!(write(root.path(), &changed()).unwrap().created.len(), 1);
}

#[test]
fn foreign_files_in_the_way_are_refused() {
    let root = TempDir::new().unwrap();
    fs::create_dir_all(root.path().join(MAIN)).unwrap();
    fs::write(root.path().join("modules"), "a file where a folder must be").unwrap();
    let files = ["main.tf", "outputs.tf", "variables.tf", "versions.tf"]
        .map(|name| format!("modules/network/{name}"));
    let mut expected = vec![(MAIN, Difference::Foreign)];
    expected.extend(files.iter().map(|path| (path.as_str(), Difference::Foreign)));
    refused(root.path(), &rendered(&estate()), &expected);
}

#[test]
fn configuration_beside_ours_is_refused() {
    let root = written();
    let extra = "accounts/dev/us-east-1/dev/main/extra.auto.tfvars";
    fs::write(root.path().join(extra), "").unwrap();
    refused(root.path(), &changed(), &[(extra, Difference::Foreign)]);
}

#[test]
#[cfg(unix)]
fn symbolic_links_are_refused_and_not_followed() {
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("main.tf"), "outside").unwrap();
    let before = snapshot(outside.path());

    let root = written();
    let folder = root.path().join("accounts/dev/us-east-1/dev");
    fs::remove_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(outside.path(), &folder).unwrap();
    let unit = "accounts/dev/us-east-1/dev/main";
    let paths = ["main.tf", "outputs.tf", "provider.tf", "terraform.tf"].map(|name| format!("{unit}/{name}"));
    let expected: Vec<_> = paths.iter().map(|path| (path.as_str(), Difference::Symlink)).collect();
    refused(root.path(), &changed(), &expected);

    let root = written();
    fs::remove_file(root.path().join(MAIN)).unwrap();
    std::os::unix::fs::symlink(outside.path().join("main.tf"), root.path().join(MAIN)).unwrap();
    refused(root.path(), &changed(), &[(MAIN, Difference::Symlink)]);

    let root = TempDir::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), root.path().join(".landform")).unwrap();
    refused(root.path(), &changed(), &[(".landform", Difference::Symlink)]);
    assert_eq!(snapshot(outside.path()), before);
}

#[test]
fn check_tells_all_kinds_apart_and_changes_nothing() {
    let root = written();
    fs::write(root.path().join("accounts/network/us-east-1/prod/hub/main.tf"), "# mine\n").unwrap();
    fs::write(root.path().join("modules/network/more.tf"), "").unwrap();
    fs::remove_file(root.path().join("modules/network/outputs.tf")).unwrap();
    let before = snapshot(root.path());
    let found = differences(root.path(), &changed());
    let hub = "accounts/network/us-east-1/prod/hub/main.tf".to_owned();
    for expected in [
        (hub, Difference::Edited),
        (MAIN.to_owned(), Difference::Stale),
        ("accounts/prod/eu-west-1/prod/main/main.tf".to_owned(), Difference::Orphaned),
        ("modules/network/more.tf".to_owned(), Difference::Foreign),
        ("modules/network/outputs.tf".to_owned(), Difference::Missing),
        (".landform/manifest.json".to_owned(), Difference::Stale),
    ] {
        assert!(found.contains(&expected), "{expected:?} is not in {found:?}");
    }
    assert_eq!(snapshot(root.path()), before);
}

#[test]
fn a_killed_run_goes_on_even_with_another_spec() {
    let tree = rendered(&estate());
    // A run that was killed after it wrote some files left the pending manifest and those files, nothing else.
    let whole = written();
    let manifest = fs::read(whole.path().join(".landform/manifest.json")).unwrap();
    for spec in [&tree, &changed()] {
        let root = TempDir::new().unwrap();
        for (path, bytes) in tree.files.iter().filter(|(path, _)| path.as_str() < "accounts/prod/us") {
            let full = root.path().join(path.as_str());
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, bytes).unwrap();
        }
        fs::write(root.path().join(".landform/pending.json"), &manifest).unwrap();
        write(root.path(), spec).unwrap();
        let fresh = TempDir::new().unwrap();
        write(fresh.path(), spec).unwrap();
        assert_eq!(snapshot(root.path()), snapshot(fresh.path()));
    }
}

#[test]
fn a_manifest_cannot_name_files_outside() {
    let root = written();
    let path = root.path().join(".landform/manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(&path, manifest.replacen("modules/network/main.tf", "../outside.tf", 1)).unwrap();
    let error = write(root.path(), &changed()).unwrap_err();
    assert!(matches!(error, WriteError::Damaged { .. }), "{error:?}");
}

#[test]
fn changing_the_layout_replaces_the_files_and_keeps_the_keys() {
    let root = written();
    let before = read_ledger(root.path()).unwrap();
    let tree = generate(&estate(), Layout::Terragrunt, &before).unwrap();
    write(root.path(), &tree).unwrap();
    assert!(!root.path().join(MAIN).exists());
    assert_eq!(read_ledger(root.path()).unwrap(), before);
    let units = read_units(root.path()).unwrap().unwrap();
    assert_eq!(units.layout, Layout::Terragrunt);
    assert_eq!(units.units[0].path, "accounts/dev/us-east-1/dev/main");
}

#[test]
fn a_folder_without_a_tree_has_an_empty_ledger_and_no_units() {
    let root = TempDir::new().unwrap();
    assert_eq!(read_ledger(root.path()).unwrap(), Ledger::default());
    assert_eq!(read_units(root.path()).unwrap(), None);
}
