//! The layers: who may import whom.

use std::collections::{BTreeMap, BTreeSet};

use landform_workspace_tests::{Graph, files, members};

/// Crates that do input and output, run threads or keep time. Pure crates reach none of them.
const IMPURE: [&str; 8] = ["hyper", "mio", "reqwest", "rustix", "socket2", "tokio", "tonic", "ureq"];

#[test]
fn the_table_names_exactly_the_members_of_the_workspace() {
    let graph = Graph::read();
    let found: BTreeMap<String, String> = graph
        .metadata
        .workspace_packages()
        .iter()
        .map(|package| {
            let folder = package.manifest_path.strip_prefix(&graph.metadata.workspace_root);
            let folder = folder.ok().and_then(|path| path.parent()).map(ToString::to_string);
            (package.name.to_string(), folder.unwrap_or_default())
        })
        .collect();
    let table: BTreeMap<String, String> =
        members().values().map(|member| (member.name.to_owned(), member.folder.to_owned())).collect();
    assert_eq!(found, table);
}

#[test]
fn a_crate_imports_only_what_the_table_allows() {
    let graph = Graph::read();
    let table = members();
    let ours = |names: BTreeSet<String>| -> BTreeSet<String> {
        names.into_iter().filter(|name| table.contains_key(name.as_str())).collect()
    };
    let mut wrong = Vec::new();
    for member in table.values() {
        for name in ours(graph.direct(member.name, false)) {
            if !member.imports.contains(&name.as_str()) {
                wrong.push(format!("{} -> {name}", member.name));
            }
        }
        for name in ours(graph.direct(member.name, true)) {
            // A crate's tests may ask for a feature of the crate itself.
            let allowed = name == member.name
                || member.imports.contains(&name.as_str())
                || member.tests_import.contains(&name.as_str());
            if !allowed {
                wrong.push(format!("tests of {} -> {name}", member.name));
            }
        }
    }
    assert!(wrong.is_empty(), "not in the import table: {wrong:?}");
}

#[test]
fn only_the_aws_adapter_names_the_aws_sdk() {
    let graph = Graph::read();
    for member in members().keys().filter(|name| **name != "landform-aws") {
        let named: Vec<String> = graph
            .direct(member, false)
            .into_iter()
            .chain(graph.direct(member, true))
            .filter(|name| name.starts_with("aws-"))
            .collect();
        assert!(named.is_empty(), "{member} names {named:?}: ports and types go through landform-cloud");
    }
}

#[test]
fn the_daily_loop_never_builds_the_aws_sdk() {
    let graph = Graph::read();
    for member in [
        "landform",
        "landform-cloud",
        "landform-framework",
        "landform-generator",
        "landform-resources",
        "landform-test-cloud",
    ] {
        let reached: Vec<String> =
            graph.reachable(member).into_iter().filter(|name| name.starts_with("aws-")).collect();
        assert!(reached.is_empty(), "{member} reaches {reached:?}");
    }
}

#[test]
fn the_model_and_the_generator_reach_no_input_or_output() {
    let graph = Graph::read();
    assert_eq!(reached(&graph, "landform-model"), Vec::<String>::new());
    // The generator writes files, with its own module for it; `tempfile` brings `rustix`.
    let generator: Vec<String> =
        reached(&graph, "landform-generator").into_iter().filter(|name| name != "rustix").collect();
    assert_eq!(generator, Vec::<String>::new());
    assert!(!reached(&graph, "landform-sandbox").is_empty(), "the check finds what is there");
}

/// Modules that are data in, data out, and the words of the standard library that they may not say.
const PURE: [(&str, &[&str]); 8] = [
    ("landing-zone/model/src", &[]),
    ("generator/core/src/spec", &[]),
    ("generator/core/src/check", &[]),
    ("generator/core/src/contract", &[]),
    ("generator/core/src/import", &[]),
    ("generator/core/src/units", &[]),
    ("generator/core/src/tree", &[]),
    ("generator/core/src/render", &[]),
];

const EFFECTS: [&str; 9] = [
    "std::fs",
    "std::io::stdin",
    "std::process",
    "std::net::Tcp",
    "std::net::Udp",
    "std::thread",
    "env::var",
    "SystemTime",
    "Instant::now",
];

#[test]
fn pure_modules_name_no_effects() {
    let files = files();
    for (folder, allowed) in PURE {
        let inside: Vec<_> = files.iter().filter(|file| file.is_rust() && file.is_below(&[folder])).collect();
        assert!(!inside.is_empty(), "{folder} does not exist any more");
        for file in inside {
            let own = file.text.split("#[cfg(test)]").next().unwrap_or_default();
            for effect in EFFECTS.iter().filter(|effect| own.contains(**effect)) {
                assert!(allowed.contains(&file.path.as_str()), "{} says {effect}", file.path);
            }
        }
    }
}

fn reached(graph: &Graph, member: &str) -> Vec<String> {
    graph
        .reachable(member)
        .into_iter()
        .filter(|name| IMPURE.contains(&name.as_str()) || name.starts_with("aws-"))
        .collect()
}
