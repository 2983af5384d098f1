//! Every source file: short, finished, and free of traces of the machine it was written on.

use landform_workspace_tests::{SourceFile, files};

/// A file longer than this is two ideas.
const LONGEST: usize = 500;

/// Longer files, each with its reason.
const LONG: [(&str, &str); 2] = [
    ("provider/proto/src/generated/plugin.rs", "generated from the plugin library's .proto files"),
    ("provider/proto/src/generated/tfplugin6.rs", "generated from Terraform's tfplugin6.proto"),
];

#[test]
fn files_are_short() {
    let rust: Vec<SourceFile> = files().into_iter().filter(SourceFile::is_rust).collect();
    for file in &rust {
        let lines = file.text.lines().count();
        let listed = LONG.iter().any(|(path, _)| *path == file.path);
        assert!(
            lines <= LONGEST || listed,
            "{} has {lines} lines: split it, or list it with a reason",
            file.path
        );
        assert!(lines > LONGEST || !listed, "{} has only {lines} lines: take it off the list", file.path);
    }
    for (path, _) in LONG {
        assert!(rust.iter().any(|file| file.path == path), "{path} is listed and does not exist");
    }
}

/// Words of unfinished work; written apart here, so that this file does not find itself.
const UNFINISHED: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("#[ig", "nore"),
];

/// Folders that hold other people's text.
const FOREIGN: [&str; 1] = ["provider/proto/proto"];

#[test]
fn nothing_is_unfinished() {
    assert_absent(&UNFINISHED);
}

/// Where packages were fetched from and which folders the author used: of no meaning elsewhere.
const MACHINE: [&str; 8] = [
    concat!("arti", "factory"),
    concat!("index.crates", ".io"),
    concat!("/opt/", "wheels"),
    concat!("/ro", "ot/"),
    concat!("/work", "/main"),
    concat!("/work", "/shared"),
    concat!("/work", "/t/"),
    concat!("/Use", "rs/"),
];

#[test]
fn nothing_remembers_the_machine_it_was_made_on() {
    assert_absent(&MACHINE);
}

fn assert_absent(words: &[&str]) {
    let mut found = Vec::new();
    for file in files()
        .iter()
        // Checksums name the modules of others, who call them what they like.
        .filter(|file| !file.path.ends_with("/go.sum"))
        .filter(|file| !file.is_below(&FOREIGN) && !LONG.iter().any(|(path, _)| *path == file.path))
    {
        for (number, line) in file.lines() {
            found.extend(
                words
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{number} says {word}", file.path)),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Crates whose output people compare: schemas, plans, emitted files, reports.
const RENDERING: [&str; 7] = [
    "generator/cli",
    "generator/core",
    "generator/sandbox",
    "landing-zone/model",
    "provider/framework",
    "provider/resources",
    "tests/support",
];

/// Lines that may name a map without order, with the reason why no order can reach any output.
const UNORDERED_ALLOWED: [(&str, &str); 0] = [];

#[test]
fn no_unordered_map_where_order_could_reach_output() {
    let files = files();
    for file in files.iter().filter(|file| file.is_rust() && file.is_below(&RENDERING)) {
        for (number, line) in file.lines() {
            let unordered = ["HashMap", "HashSet", "RandomState"].iter().any(|name| line.contains(name));
            let allowed = UNORDERED_ALLOWED.iter().any(|(path, _)| *path == file.path);
            assert!(!unordered || allowed, "{}:{number} {line}", file.path);
        }
    }
}
