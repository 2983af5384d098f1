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

/// A folder with the reference estate, which has modules, and its tree.
fn reference() -> Desk {
    let desk = Desk::new();
    let estates = std::path::Path::new(super::PROJECT).join("examples/estates");
    fs::copy(estates.join("reference.yaml"), desk.path("landform.yaml")).unwrap();
    for module in ["database", "queue"] {
        let folder = estates.join("modules").join(module);
        fs::create_dir_all(desk.path("modules").join(module)).unwrap();
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), desk.path("modules").join(module).join(file.file_name())).unwrap();
        }
    }
    desk.run("generate");
    desk
}

#[test]
fn what_was_found_before_hides_no_change() {
    let desk = reference();
    assert_eq!(desk.run("generate --check").code, 0);
    assert_eq!(fs::read_dir(desk.path("cache/checked")).unwrap().count(), 1, "it is known");
    let unit = "environments/accounts/prod/us-east-1/prod/orders";
    for (path, from, to) in [
        ("landform.yaml", "max_deletions: 20", "max_deletions: 21"),
        ("modules/queue/main.tf", "resource", "# changed\nresource"),
        ("environments/vendor/modules/queue/main.tf", "resource", "# changed\nresource"),
        (&format!("{unit}/terragrunt.hcl"), "500", "501"),
        ("environments/.landform/state-keys.json", "orders", "others"),
        ("environments/ops/atlantis/repos.yaml", "- approved", "- mergeable"),
    ] {
        let before = fs::read_to_string(desk.path(path)).unwrap();
        assert!(before.contains(from), "{path}");
        fs::write(desk.path(path), before.replace(from, to)).unwrap();
        let check = desk.run("generate --check");
        assert_eq!(check.code, 3, "{path}: {}", check.stderr);
        fs::write(desk.path(path), before).unwrap();
        assert_eq!(desk.run("generate --check").code, 0, "{path} is as it was");
    }
    fs::write(desk.path(unit).join("more.tf"), "").unwrap();
    assert_eq!(desk.run("generate --check").code, 3, "Terraform would read it");
}

#[test]
fn a_manifest_that_was_changed_along_with_a_file_is_not_believed() {
    let desk = reference();
    assert_eq!(desk.run("generate --check").code, 0);
    let (file, manifest) = ("ops/atlantis/repos.yaml", desk.path("environments/.landform/manifest.json"));
    let path = desk.path("environments").join(file);
    let text = fs::read_to_string(&path).unwrap().replace("- approved", "- mergeable");
    fs::write(&path, &text).unwrap();
    let mut forged: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    forged["files"][file] = landform_generator::render::sha256(text.as_bytes()).into();
    fs::write(&manifest, serde_json::to_string_pretty(&forged).unwrap() + "\n").unwrap();
    for _ in 0..2 {
        let check = desk.run("generate --check");
        assert_eq!(check.code, 3, "{}", check.stdout);
        assert!(check.stdout.contains(file), "{}", check.stdout);
    }
}
