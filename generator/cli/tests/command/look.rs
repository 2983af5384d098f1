//! What the spec comes to: graph, explanations, what a change affects, parity.

use std::fs;
use std::process::Command;

use super::{Desk, UNITS, json};

#[test]
fn environments_that_are_to_be_alike_are_compared() {
    let desk = Desk::new();
    assert_eq!(desk.run("parity").stdout, "landform.yaml: 0 difference(s) by 0 rule(s)\n");
    let text = fs::read_to_string(desk.path("landform.yaml")).unwrap();
    let rule = |rule: &str| {
        fs::write(
            desk.path("landform.yaml"),
            format!("{text}\nparity:\n  - {{ environments: [dev, prod], {rule} }}\n"),
        )
        .unwrap();
    };
    rule("may_differ: [cidr, azs, tags]");
    let found = desk.run("parity");
    assert_eq!(found.code, 3, "{}", found.stderr);
    for part in [
        "error: the environment `dev` has no network `hub`, and `prod` has one",
        "write `hub` into `except`",
        "error: `egress` of network `main` is",
        "write `egress` into `may_differ`",
        "`deletion_protection` of network `main` is true in `prod`, and false in `dev`",
        "`tiers` of network `main`",
        "note: landform.yaml:",
        "4 difference(s) by 1 rule(s)",
    ] {
        assert!(found.stdout.contains(part), "{part} is not in\n{}", found.stdout);
    }
    assert_eq!(json(&desk.run("parity --json"))["differences"].as_array().unwrap().len(), 4);
    assert_eq!(desk.run("parity --format github").stdout.lines().count(), 4);
    let sarif = json(&desk.run("parity --format sarif"));
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "parity");
    rule("may_differ: [cidr, azs, tags, egress, deletion_protection, tiers], except: [hub]");
    assert_eq!(desk.run("parity").code, 0);
    rule("may_differ: [cdir]");
    assert!(desk.run("parity").stderr.contains("did you mean `cidr`?"));
    fs::write(desk.path("landform.yaml"), format!("{text}\nparity: [{{ environments: [prd] }}]\n")).unwrap();
    let bad = desk.run("validate").stderr;
    assert!(bad.contains("did you mean `prod`?") && bad.contains("needs two environments"), "{bad}");
}

#[test]
fn explain_names_layer_and_line() {
    let desk = Desk::new();
    desk.edit(
        "\nnetworks:\n",
        "\nlayers:\n  environments:\n    prod:\n      networks:\n        tags: { merge: { tier: gold } }\n\nnetworks:\n",
    );
    let line = |part: &str| {
        let text = fs::read_to_string(desk.path("landform.yaml")).unwrap();
        text.lines().position(|line| line.contains(part)).unwrap() + 1
    };
    let hub = desk.run("explain network/us-east-1/prod/hub");
    assert_eq!(hub.code, 0, "{}", hub.stderr);
    for part in [
        format!(
            "tags = {{\"tier\":\"gold\"}}\n  landform.yaml:{}:24: environment prod: merge\n",
            line("merge")
        ),
        format!("cidr = \"10.0.0.0/22\"\n  landform.yaml:{}:5: unit: set\n", line("10.0.0.0/22")),
        "deletion_protection = true\n  default\n".to_owned(),
    ] {
        assert!(hub.stdout.contains(&part), "{part} is not in\n{}", hub.stdout);
    }
    let one = json(&desk.run("explain network/us-east-1/prod/hub/tags --format json"));
    assert_eq!(one[0]["origins"][0]["layer"], "environment prod");
    assert!(desk.run("explain network/us-east-1/prod/hub/tgas").stderr.contains("the fields are account"));
    assert!(desk.run("explain hub").stderr.contains("network/us-east-1/prod/hub"));
}

#[test]
fn the_graph_in_three_languages() {
    let desk = Desk::new();
    assert!(desk.run("graph").stdout.starts_with("flowchart LR\n"));
    let dot = desk.run("graph --format dot").stdout;
    assert!(dot.contains("\"network/us-east-1/prod/hub\" -> \"prod/eu-west-1/prod/main\";"), "{dot}");
    let units = json(&desk.run("graph --format json"));
    assert_eq!(units[3]["after"], serde_json::json!(["network/us-east-1/prod/hub"]));
    assert_eq!((&units[0]["group"], &units[3]["group"]), (&0.into(), &1.into()));
}

#[test]
fn affected_units_are_those_that_a_revision_has_otherwise() {
    let desk = Desk::new();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let mut command = Command::new("git");
        command.args(identity).args(arguments).current_dir(desk.folder.path());
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "landform.yaml"]);
    git(&["commit", "--quiet", "--message", "the spec alone"]);
    desk.run("generate");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "the tree"]);
    assert_eq!(desk.run("affected --base HEAD").stdout, "");
    assert_eq!(desk.run("affected --base HEAD~1").stdout.lines().count(), 4, "there was no tree");

    desk.edit("deletion_protection: false", "deletion_protection: true");
    assert_eq!(desk.run("affected --base HEAD").stdout, "dev/us-east-1/dev/main\n");
    assert_eq!(
        json(&desk.run("affected --base HEAD --format matrix")),
        serde_json::json!({ "include": [{ "unit": UNITS[0], "path": format!("accounts/{}", UNITS[0]) }] })
    );
    let terragrunt = desk.run("affected --base HEAD --format terragrunt").stdout;
    assert_eq!(terragrunt, "--filter={./accounts/dev/us-east-1/dev/main}\n");
    let atlantis = desk.run("affected --base HEAD --format atlantis").stdout;
    assert_eq!(atlantis, "atlantis plan -p dev/us-east-1/dev/main\n");
    for bad in ["nowhere", "--output=x"] {
        let outcome = desk.run(&format!("affected --base={bad}"));
        assert_eq!(outcome.code, 1, "{bad}");
        assert!(outcome.stderr.contains(bad), "{}", outcome.stderr);
    }
    assert!(!desk.path("x").exists());
}
