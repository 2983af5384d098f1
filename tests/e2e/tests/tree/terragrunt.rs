//! Real Terragrunt on the tree: what it reads of it is what the spec says, and it applies and destroys it.

use crate::desk::{Desk, UNITS};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The folders of units as Terragrunt names them, as ids.
fn id(path: &str) -> String {
    path.trim_start_matches("accounts/").to_owned()
}

#[test]
fn inputs_are_valid_for_the_modules() {
    let desk = Desk::new("terragrunt", "");
    desk.terragrunt(&["hcl", "validate", "--inputs", "--strict"]).must();
    desk.terragrunt(&["hcl", "validate"]).must();
    let formatted = desk.terragrunt(&["hcl", "fmt", "--check"]);
    assert_eq!(formatted.code, 0, "{}", formatted.stderr);

    // It would say so: an input that no module has.
    let unit = desk.path("accounts/app/eu-west-1/dev/main/terragrunt.hcl");
    let text = std::fs::read_to_string(&unit).unwrap();
    std::fs::write(&unit, text.replace("inputs = {", "inputs = {\n  nobodys = 1")).unwrap();
    let refused = desk.terragrunt(&["hcl", "validate", "--inputs", "--strict"]);
    assert_ne!(refused.code, 0);
    assert!(refused.stderr.contains("nobodys") || refused.stdout.contains("nobodys"), "{}", refused.stderr);
}

#[test]
fn the_graph_is_that_of_the_spec() {
    let desk = Desk::new("terragrunt", "");
    let found = desk.terragrunt(&["find", "--json", "--dag", "--dependencies"]).must().json();
    let theirs: BTreeMap<String, BTreeSet<String>> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| {
            let after = unit["dependencies"].as_array().into_iter().flatten();
            (id(unit["path"].as_str().unwrap()), after.map(|path| id(path.as_str().unwrap())).collect())
        })
        .collect();
    let graph = desk.landform("graph --format json").must().json();
    let ours: BTreeMap<String, BTreeSet<String>> = graph
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| {
            let after = unit["after"].as_array().into_iter().flatten();
            (
                unit["unit"].as_str().unwrap().to_owned(),
                after.map(|id| id.as_str().unwrap().to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(theirs, ours);
    assert_eq!(ours.len(), UNITS.len());
    assert_eq!(ours[UNITS[2]], BTreeSet::from([UNITS[1].to_owned()]));
}

#[test]
fn what_is_rendered_is_what_the_unit_says() {
    let desk = Desk::new("terragrunt", "");
    for unit in UNITS {
        let folder = desk.path("accounts").join(unit);
        let rendered =
            desk.terragrunt(&["render", "--json", "--working-dir", &folder.to_string_lossy()]).must().json();
        let identity: Value =
            serde_json::from_slice(&std::fs::read(folder.join("unit.json")).unwrap()).unwrap();
        let state = &rendered["remote_state"]["config"];
        for name in ["bucket", "key", "region"] {
            assert_eq!(state[name], identity["state"][name], "{unit} {name}");
        }
        let contents = rendered["generate"]["provider"]["contents"].as_str().unwrap();
        let provider: Value = serde_json::from_str(contents).unwrap();
        assert!(provider["provider"]["landform"].is_object(), "{unit}");
        assert_eq!(provider["provider"], identity["providers"], "{unit}");
    }
    // Each value has the type that the spec has for it.
    let folder = desk.path("accounts").join(UNITS[0]);
    let rendered =
        desk.terragrunt(&["render", "--json", "--working-dir", &folder.to_string_lossy()]).must().json();
    assert_eq!(rendered["inputs"]["cidr"], "10.32.0.0/16");
    assert_eq!(rendered["inputs"]["azs"], serde_json::json!({ "a": "euw1-az1" }));
    assert_eq!(rendered["inputs"]["tags"]["note"], "a.b: c/d");
}

#[test]
fn the_tree_is_applied_planned_empty_and_destroyed() {
    let desk = Desk::new("terragrunt", "");
    desk.terragrunt(&["run", "--all", "plan", "--", "-input=false"]).must();
    assert_eq!(desk.made(), 0);
    desk.terragrunt(&["run", "--all", "apply", "--", "-input=false"]).must();
    assert!(desk.made() > 10, "{}", desk.made());
    let plan = desk.landform("run plan --tree . --fail-on-changes");
    assert_eq!(plan.code, 0, "{}\n{}", plan.stdout, plan.stderr);
    desk.landform("orphans --tree .").must();
    // What Terragrunt left in the tree is not taken for an edit.
    desk.landform("generate --out . --check").must();
    desk.terragrunt(&["run", "--all", "destroy", "--", "-input=false"]).must();
    assert_eq!(desk.made(), 0);
}
