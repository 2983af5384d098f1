//! Writing the tree and comparing it.

use std::fs;

use super::{Desk, json, without_the_last_network};

#[test]
fn generate_twice_then_check() {
    let desk = Desk::new();
    let first = desk.run("generate");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(first.stdout.contains("  + accounts/dev/root.hcl\n"), "{}", first.stdout);
    assert!(first.stdout.ends_with("created, 0 updated, 0 removed\n"), "{}", first.stdout);
    assert_eq!(desk.run("generate").stdout, "environments was already what the spec says\n");
    let check = desk.run("generate --check");
    assert_eq!((check.code, check.stdout.as_str()), (0, "environments is what the spec says\n"));
}

#[test]
fn check_lists_differences_and_exits_with_3() {
    let desk = Desk::new();
    desk.run("generate --layout terraform");
    desk.edit("deletion_protection: false", "deletion_protection: true");
    let check = desk.run("generate --check");
    assert_eq!(check.code, 3);
    assert!(check.stdout.contains("  stale     accounts/dev/us-east-1/dev/main/main.tf"), "{}", check.stdout);
    assert!(!check.stdout.contains("hub"), "the layout of the tree is kept: {}", check.stdout);
    let check = json(&desk.run("generate --check --json"));
    assert_eq!(check["status"], "differences");
    assert_eq!(check["differences"][1]["fix"], "run `landform generate`");
}

#[test]
fn differences_and_problems_are_told_to_those_who_show_them() {
    let desk = Desk::new();
    desk.run("generate");
    assert_eq!(desk.run("generate --check --format github").stdout, "");
    assert_eq!(
        json(&desk.run("generate --check --format sarif"))["runs"][0]["results"],
        serde_json::json!([])
    );
    fs::remove_file(desk.path("environments/CODEOWNERS")).unwrap();
    let github = desk.run("generate --check --format github");
    assert_eq!(
        (github.code, github.stdout.as_str()),
        (
            3,
            "::error file=environments/CODEOWNERS,line=1,col=1,title=landform::this file is missing: run `landform generate`\n"
        )
    );
    let sarif = desk.run("generate --check --format sarif");
    let result = json(&sarif)["runs"][0]["results"][0].clone();
    assert_eq!((sarif.code, &result["ruleId"]), (3, &"missing".into()));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "environments/CODEOWNERS");

    desk.edit("cidr: 10.16.0.0/16", "cdir: 10.16.0.0/16");
    let github = desk.run("generate --check --format github");
    assert_eq!(github.code, 1);
    assert!(github.stdout.contains("::error file=landform.yaml,line="), "{}", github.stdout);
    assert!(github.stdout.contains("did you mean `cidr`?"), "{}", github.stdout);
    let sarif = json(&desk.run("validate --format sarif"));
    assert!(sarif["runs"][0]["results"][0]["message"]["text"].as_str().unwrap().contains("cdir"));
}

#[test]
fn an_edited_file_is_named_and_nothing_is_written() {
    let desk = Desk::new();
    desk.run("generate --layout terraform");
    let edited = desk.path("environments/accounts/dev/us-east-1/dev/main/main.tf");
    fs::write(&edited, "# mine\n").unwrap();
    desk.edit("egress: zonal_nat", "egress: single_nat");
    let refused = desk.run("generate");
    assert_eq!(refused.code, 1);
    for part in [
        "nothing was written",
        "edited    accounts/dev/us-east-1/dev/main/main.tf",
        "move the change into the spec",
    ] {
        assert!(refused.stderr.contains(part), "{}", refused.stderr);
    }
    assert_eq!(fs::read_to_string(&edited).unwrap(), "# mine\n");
    assert_eq!(json(&desk.run("generate --json"))["status"], "refused");
    let other =
        fs::read_to_string(desk.path("environments/accounts/prod/us-east-1/prod/main/main.tf")).unwrap();
    assert!(other.contains("zonal_nat"));
}

#[test]
fn a_unit_that_leaves_the_spec_is_retired() {
    let desk = Desk::new();
    desk.run("generate");
    let path = desk.path("landform.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, without_the_last_network(&text)).unwrap();
    let retired = desk.run("generate");
    assert_eq!(retired.code, 0, "{}", retired.stderr);
    assert!(retired.stdout.contains("  ~ accounts/prod/eu-west-1/prod/main/unit.json"), "{}", retired.stdout);
    assert!(retired.stderr.contains("`prod/eu-west-1/prod/main` left the spec"), "{}", retired.stderr);
    assert!(
        retired.stderr.contains("`moved`") && retired.stderr.contains("landform prune"),
        "{}",
        retired.stderr
    );
    assert_eq!(desk.run("generate").stderr, "", "it is told once");
    assert_eq!(desk.run("generate --check").code, 0);
}
