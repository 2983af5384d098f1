//! The page about the protocol names every call, and the tests that it names exist.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_workspace_tests::root;
use std::collections::BTreeSet;
use std::fs;

/// The calls of service `Provider` in the protocol's own file.
fn calls() -> BTreeSet<String> {
    let proto = fs::read_to_string(root().join("provider/proto/proto/tfplugin6.proto")).unwrap();
    let calls = proto.lines().filter_map(|line| line.trim().strip_prefix("rpc ")?.split(['(', ' ']).next());
    calls.map(ToOwned::to_owned).collect()
}

/// The page, with `Open-, CloseThing` written in full.
fn page() -> String {
    let page = fs::read_to_string(root().join("docs/architecture/protocol.md")).unwrap();
    let whole = "OpenEphemeralResource, RenewEphemeralResource, CloseEphemeralResource";
    page.replace("Open-, Renew-, CloseEphemeralResource", whole)
}

#[test]
fn every_call_is_on_the_page() {
    let (calls, page) = (calls(), page());
    assert!(calls.len() >= 36, "{calls:?}");
    let missing: Vec<&String> = calls.iter().filter(|call| !page.contains(call.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_tests_on_the_page_exist() {
    let mut found = 0;
    for row in page().lines().filter(|line| line.starts_with("| ") && line.matches('|').count() == 6) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let folders = ["provider/framework/src/tests", "tests/conformance/tests/conformance"];
        for (column, folder) in columns[4..6].iter().zip(folders) {
            for name in column.split('`').skip(1).step_by(2) {
                let file = root().join(folder).join(format!("{name}.rs"));
                assert!(file.is_file(), "{} is on the page and does not exist", file.display());
                found += 1;
            }
        }
    }
    assert!(found > 30, "{found}");
}
