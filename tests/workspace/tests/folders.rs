//! The folders are the architecture.

use landform_workspace_tests::files;

/// Every folder that a newcomer is told about, with something in it.
const FOLDERS: [&str; 28] = [
    "provider/proto",
    "provider/framework",
    "provider/framework/derive",
    "provider/cloud",
    "provider/aws",
    "provider/resources",
    "provider/server",
    "landing-zone/model",
    "generator/core",
    "generator/cli",
    "generator/sandbox",
    "modules",
    "environments",
    "examples",
    "examples/estates",
    "tests/support",
    "tests/tools",
    "tests/workspace",
    "tests/e2e",
    "tests/bench",
    "tests/conformance",
    "tests/fuzz",
    "docs",
    "docs/decisions",
    "docs/functions",
    "docs/guides",
    "docs/how-to",
    "docs/resources",
];

#[test]
fn every_folder_of_the_architecture_exists_and_holds_something() {
    let files = files();
    let missing: Vec<&str> =
        FOLDERS.into_iter().filter(|folder| !files.iter().any(|file| file.is_below(&[folder]))).collect();
    assert!(missing.is_empty(), "missing or empty: {missing:?}");
}

#[test]
fn the_first_pages_exist() {
    let files = files();
    for page in ["README.md", "LICENSE", "docs/architecture.md", "docs/style.md"] {
        assert!(files.iter().any(|file| file.path == page), "{page} is missing");
    }
}

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 6] = ["common", "helper", "helpers", "manager", "misc", "utils"];

#[test]
fn names_of_files_and_folders_say_what_is_inside() {
    for file in files().iter().filter(|file| file.is_rust()) {
        let parts = file.path.trim_end_matches(".rs").split('/');
        let empty: Vec<&str> = parts.filter(|part| EMPTY_NAMES.contains(part)).collect();
        assert!(empty.is_empty(), "{}", file.path);
    }
}
