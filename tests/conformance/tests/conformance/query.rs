//! `terraform query`: which things exist, and the configuration to import them.

use landform_conformance::world::{Fault, Kind};
use serde_json::{Value as Json, json};

use crate::feature::Feature;
use crate::stage::{Stage, words};

/// Three things that exist and are in no state.
fn lost(stage: &Stage) {
    stage.configure(
        "resource \"toy_thing\" \"a\" {\n  for_each = toset([\"x-1\", \"x-2\", \"y\"])\n  name = each.key\n  size = 7\n  \
         labels = { k = each.key }\n  parts = { p = { text = \"1\" } }\n}",
    );
    stage.apply();
    stage.succeeds(&["state", "rm", "toy_thing.a"]);
    stage.configure("");
    stage.changes();
}

/// A program that knows no query says so.
fn refuses(stage: &Stage) {
    let output = stage.run(&["query"]);
    assert_ne!(output.code, 0);
    let said = words(&output.text());
    assert!(said.contains("has no command named \"query\""), "{said}");
}

fn list(stage: &Stage, block: &str) {
    stage.write(
        "all.tfquery.hcl",
        &format!("list \"toy_thing\" \"all\" {{\n  provider = toy\n  {block}\n}}\n"),
    );
}

/// What was found, of the lines that `query -json` prints.
fn found(stage: &Stage) -> Vec<Json> {
    let output = stage.run(&["query", "-json"]);
    assert_eq!(output.code, 0, "{}", output.text());
    let lines = output.stdout.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
    lines
        .filter(|line| line["type"] == "list_resource_found")
        .map(|line| line["list_resource_found"].clone())
        .collect()
}

scenarios! {
    fn finds_what_there_is(stage) {
        lost(stage);
        list(stage, "");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        let all = found(stage);
        let names: Vec<&Json> = all.iter().map(|it| &it["display_name"]).collect();
        assert_eq!(names, ["Thing x-1", "Thing x-2", "Thing y"]);
        assert_eq!(all[0]["identity"], json!({"name": "x-1", "zone": "home"}));
        assert_eq!(all[0]["resource_object"], json!(null));
        let said = stage.succeeds(&["query"]);
        assert!(said.contains("list.toy_thing.all") && said.contains("Thing y"), "{said}");
    }

    fn only_what_the_configuration_asks_for(stage) {
        lost(stage);
        list(stage, "config { prefix = \"x-\" }");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        assert_eq!(found(stage).len(), 2);
        list(stage, "config { suffix = \"x-\" }");
        stage.fails(&["query"], &["suffix"]);
    }

    /// The limit ends the listing: nothing beyond it is looked at.
    fn no_more_than_the_limit(stage) {
        lost(stage);
        list(stage, "limit = 2");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        assert_eq!(found(stage).len(), 2);
        assert_eq!(stage.changes(), ["find thing x-1", "find thing x-2"]);
    }

    fn with_all_attributes(stage) {
        lost(stage);
        list(stage, "include_resource = true");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        let object = &found(stage)[1]["resource_object"];
        assert_eq!((&object["name"], &object["size"], &object["labels"]), (&json!("x-2"), &json!(7), &json!({"k": "x-2"})));
    }

    /// The generated configuration imports everything, and then there is nothing to do.
    fn to_an_empty_plan(stage) {
        lost(stage);
        list(stage, "");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        stage.succeeds(&["query", "-generate-config-out=generated.tf"]);
        let generated = stage.read("generated.tf");
        assert!(generated.contains("resource \"toy_thing\"") && generated.contains("identity = {"), "{generated}");
        for left_out in ["status", "revision", "token", "color", "material"] {
            let line = generated.lines().find(|line| line.trim_start().starts_with(left_out));
            assert!(line.is_none_or(|line| line.ends_with("= null") || line.contains("# sensitive")), "{line:?}\n{generated}");
        }
        std::fs::remove_file(stage.folder().join("all.tfquery.hcl")).unwrap();
        let said = stage.apply();
        assert!(said.contains("3 imported, 0 added, 0 changed"), "{said}");
        stage.plan_is_empty();
    }

    /// A warning does not hide what was found; an error ends it.
    fn warnings_and_errors(stage) {
        lost(stage);
        list(stage, "");
        if !stage.can(Feature::Query) {
            return refuses(stage);
        }
        stage.drift("x-2", "status", "incomplete");
        let said = stage.succeeds(&["query"]);
        assert!(said.contains("Thing x-2 is not finished") && said.contains("Thing y"), "{said}");
        stage.faults(&[Fault::next("find thing", Kind::Fail).of("y")]);
        stage.fails(&["query"], &["find thing y", "The world said no."]);
        stage.faults(&[Fault::next("find thing", Kind::Panic).of("y")]);
        stage.fails(&["query"], &["The provider crashed while listing toy_thing"]);
    }
}
