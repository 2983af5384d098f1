//! Bad specs: each gives an error that names the line and what to do, and nothing else goes wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_generator::check::ledger::Ledger;
use landform_generator::source::Source;
use landform_generator::tree::Layout;
use landform_generator::{GenerateError, generate};
use proptest::prelude::*;

#[path = "problems/ledger.rs"]
mod ledger;

const GOOD: &str = r#"organization:
  name: acme
  management_account_id: "109876543210"
  regions: [us-east-1, eu-west-1]
  state: { bucket: acme-terraform-state, region: us-east-1 }
accounts:
  dev: { id: "321098765432" }
  prod: { id: "432109876543" }
environments:
  dev:
  prod:
networks:
  - name: main
    environment: dev
    account: dev
    region: us-east-1
    cidr: 10.16.0.0/16
    azs: { a: use1-az1, b: use1-az2 }
    tiers: [public, private]
    egress: single_nat
  - name: main
    environment: prod
    account: prod
    region: eu-west-1
    cidr: 10.32.0.0/16
    azs: { a: euw1-az1 }
    tiers: [private]
"#;

/// All problems as people see them; none when the spec is good.
fn problems(text: &str, ledger: &Ledger) -> Vec<String> {
    let source = match Source::parse("estate.yaml", text) {
        Ok(source) => source,
        Err(error) => return vec![error.to_string()],
    };
    let problems = match source.estate() {
        Err(problems) => problems,
        Ok(estate) => match generate(&estate, Layout::Terraform, ledger) {
            Ok(_) => return Vec::new(),
            Err(GenerateError::Problems(problems)) => problems,
            Err(other) => panic!("{other}"),
        },
    };
    problems.iter().map(|problem| source.report(problem)).collect()
}

/// `GOOD` with its first `good` replaced; the one problem has all of `parts`.
#[track_caller]
fn one_problem(good: &str, bad: &str, parts: &[&str]) {
    assert!(GOOD.contains(good), "`{good}` is not in the spec");
    let found = problems(&GOOD.replacen(good, bad, 1), &Ledger::default());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    for part in parts {
        assert!(found[0].contains(part), "`{part}` is not in:\n{}", found[0]);
    }
}

#[test]
fn the_good_spec_is_good() {
    assert_eq!(problems(GOOD, &Ledger::default()), Vec::<String>::new());
}

#[test]
fn a_report_shows_line_caret_and_hint() {
    let found = problems(&GOOD.replacen("cidr: 10.16", "cdir: 10.16", 1), &Ledger::default());
    assert_eq!(
        found[0],
        "error: there is no field `cdir`
  --> estate.yaml:17:5
   |
17 |     cdir: 10.16.0.0/16
   |     ^^^^
  help: did you mean `cidr`?"
    );
}

#[test]
fn texts_that_are_not_yaml() {
    one_problem("accounts:", "accounts: [", &["estate.yaml:"]);
    one_problem(
        "  name: acme\n",
        "  name: acme\n  name: acme\n",
        &["estate.yaml:3:3", "duplicate mapping key: name\n"],
    );
    assert_eq!(problems("", &Ledger::default()).len(), 1);
}

#[test]
fn fields() {
    one_problem(
        "    tiers: [public",
        "    peering: x\n    tiers: [public",
        &["estate.yaml:19:5", "no field `peering`", "the fields here are `name`"],
    );
    one_problem(
        "organization:\n  name",
        "organization:\n  nam: x\n  name",
        &["estate.yaml:2:3", "did you mean `name`?"],
    );
    one_problem("    region: us-east-1\n", "", &["estate.yaml:13:5", "the field `region` is missing"]);
    one_problem("  name: acme\n", "", &["the field `name` is missing", "estate.yaml:1:1"]);
    one_problem(
        "tiers: [public, private]",
        "tiers: private",
        &["estate.yaml:19:12", "this is a text, not a list"],
    );
    one_problem("networks:\n", "networks:\n  - [a, b]\n", &["estate.yaml:13:5", "this is a list"]);
    one_problem("dev: { id:", "dev: { mail: x, id:", &["estate.yaml:7:10", "did you mean `email`?"]);
}

#[test]
fn values_of_another_shape() {
    one_problem("name: acme", "name: [acme]", &["estate.yaml:2:9", "this is a list, not a text"]);
    one_problem("egress: single_nat", "egress: no", &["estate.yaml:20:13", "`no` is not an egress mode"]);
    let protection = "egress: single_nat\n    deletion_protection: 1";
    one_problem(
        "egress: single_nat",
        protection,
        &["estate.yaml:21:26", "this is a number, not `true` or `false`"],
    );
    one_problem("name: acme", "name:", &["estate.yaml:2:3", "this is nothing, not a text"]);
    one_problem(
        "  dev: { id: \"321098765432\" }\n",
        "  dev: x\n",
        &["estate.yaml:7:8", "this is a text, not a map of fields"],
    );
}

#[test]
fn values_that_break_the_rule_of_their_type() {
    one_problem(
        "\"321098765432\"",
        "321098765432",
        &["estate.yaml:7:14", "this is a number, not a text", "write it in quotes"],
    );
    one_problem(
        "\"321098765432\"",
        "\"32109876543\"",
        &["estate.yaml:7:14", "^^^^^^^^", "exactly 12 digits"],
    );
    one_problem(
        "10.16.0.0/16",
        "10.16.4.0/16",
        &["estate.yaml:17:11", "write the network itself, `10.16.0.0/16`"],
    );
    one_problem("10.16.0.0/16", "ten", &["estate.yaml:17:11", "such as `10.0.0.0/16`"]);
    one_problem(
        "[us-east-1, eu-west-1]",
        "[us-east-1, eu-west]",
        &["estate.yaml:4:24", "`eu-west` is not an AWS region"],
    );
    one_problem("a: use1-az1,", "a: us-east-1a,", &["estate.yaml:18:15", "zone names such as"]);
    one_problem("a: use1-az1,", "i: use1-az1,", &["estate.yaml:18:12", "one of the letters `a`"]);
    one_problem("a: use1-az1,", "e: use1-az1,", &["estate.yaml:18:15", "profile `standard` has no slot `e`"]);
    one_problem(
        "single_nat",
        "double_nat",
        &["estate.yaml:20:13", "write `none`, `single_nat`, `zonal_nat`, `regional_nat` or `centralized`"],
    );
    one_problem("[public, private]", "[public, privat]", &["estate.yaml:19:21", "write `public`"]);
    one_problem("- name: main", "- name: Main_1", &["estate.yaml:13:11", "`a`-`z`, `0`-`9` and `-`"]);
    one_problem("acme-terraform-state", "Acme", &["estate.yaml:5:20", "not an S3 bucket name"]);
    one_problem(
        "accounts:\n",
        "roles: { deploy: \"arn:aws:iam::1:role/x\" }\naccounts:\n",
        &["estate.yaml:6:18", "not the ARN"],
    );
    one_problem("  dev:\n", "  dev: { tags: { \"aws:x\": y } }\n", &["estate.yaml:10:18", "are taken"]);
    one_problem(
        "  dev:\n",
        "  dev: { tags: { x: \"${path}\" } }\n",
        &["estate.yaml:10:21", "not a tag value"],
    );
    one_problem("  dev:\n", "  \"../x\":\n  dev:\n", &["estate.yaml:10:3", "not a resource name"]);
}

#[test]
fn references() {
    one_problem(
        "account: dev",
        "account: dve",
        &["estate.yaml:15:14", "there is no account `dve`", "did you mean `dev`?"],
    );
    one_problem(
        "environment: dev",
        "environment: staging",
        &["estate.yaml:14:18", "add it to `environments`, or use one of: dev, prod"],
    );
    one_problem(
        "regions: [us-east-1, eu-west-1]",
        "regions: [us-east-1]",
        &["estate.yaml:24:13", "there is no region `eu-west-1`", "organization.regions"],
    );
    one_problem(
        "432109876543",
        "321098765432",
        &["estate.yaml:8:15", "have the same ID", "note: estate.yaml:7:14"],
    );
    one_problem(
        "[us-east-1, eu-west-1]",
        "[us-east-1, eu-west-1, us-east-1]",
        &["estate.yaml:4:35", "listed twice"],
    );
}

#[test]
fn networks() {
    one_problem(
        "10.32.0.0/16",
        "10.16.16.0/20",
        &[
            "estate.yaml:25:11",
            "`dev/us-east-1/dev/main` and `prod/eu-west-1/prod/main` overlap: 10.16.0.0/16 and 10.16.16.0/20 share addresses",
            "help: 10.0.0.0/20 is free",
            "note: estate.yaml:17:11",
        ],
    );
    one_problem(
        "10.16.0.0/16",
        "10.16.0.0/24",
        &["estate.yaml:17:11", "too small for profile `standard`", "help: use a /16 to /20"],
    );
    one_problem("10.16.0.0/16", "10.0.0.0/15", &["estate.yaml:17:11", "too large for profile"]);
    let compact =
        "10.16.0.0/22\n    profile: compact\n    azs: { a: use1-az1 }\n    tiers: [public, private, intra]\n";
    let standard = "10.16.0.0/16\n    azs: { a: use1-az1, b: use1-az2 }\n    tiers: [public, private]\n";
    one_problem(standard, compact, &["estate.yaml:20:30", "profile `compact` has no place for tier `intra`"]);
    one_problem(
        "b: use1-az2",
        "b: use2-az2",
        &["estate.yaml:18:28", "not in the region `us-east-1`", "start with `use1-az`"],
    );
    one_problem("b: use1-az2", "b: use1-az1", &["estate.yaml:18:28", "have the same availability zone"]);
    one_problem(
        "azs: { a: euw1-az1 }",
        "azs: {}",
        &["estate.yaml:26:10", "has no availability zone", "a: euw1-az1"],
    );
    one_problem("tiers: [private]", "tiers: []", &["estate.yaml:27:12", "has no tier"]);
    one_problem("[public, private]", "[public, private, public]", &["estate.yaml:19:30", "listed twice"]);
    one_problem("[public, private]", "[private]", &["estate.yaml:20:13", "needs the tier `public`"]);
    one_problem("[public, private]", "[public]", &["estate.yaml:20:13", "needs the tier `private`"]);
}

#[test]
fn identities() {
    let second = "  - name: main\n    environment: prod\n    account: prod\n    region: eu-west-1";
    let twin = "  - name: main\n    environment: dev\n    account: dev\n    region: us-east-1";
    let text = GOOD.replacen(second, twin, 1).replacen("euw1-az1", "use1-az1", 1);
    let found = problems(&text, &Ledger::default());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    for part in ["estate.yaml:21:11", "two units `dev/us-east-1/dev/main`", "note: estate.yaml:13:11"] {
        assert!(found[0].contains(part), "{}", found[0]);
    }
    let long = "x".repeat(63);
    let text = GOOD.replace("dev:", &format!("{long}:")).replace(": dev", &format!(": {long}"));
    assert!(
        problems(&text.replacen("name: main", &format!("name: {long}"), 1), &Ledger::default()).is_empty()
    );
}

#[test]
fn orders() {
    let egress = "egress: single_nat\n";
    let after = |name: &str| format!("{egress}    after: [{name}]\n");
    one_problem(
        egress,
        &after("prod/eu-west-1/prod/man"),
        &["estate.yaml:21:13", "there is no unit", "did you mean `prod/eu-west-1/prod/main`?"],
    );
    one_problem(egress, &after("dev/us-east-1/dev/main"), &["estate.yaml:21:12", "comes after itself"]);
    let circle = GOOD.replacen(egress, &after("prod/eu-west-1/prod/main"), 1)
        + "    after: [dev/us-east-1/dev/main]\n";
    let found = problems(&circle, &Ledger::default());
    assert_eq!(found.len(), 1, "{}", found.join("\n"));
    let words = "`dev/us-east-1/dev/main` after `prod/eu-west-1/prod/main` after `dev/us-east-1/dev/main`";
    assert!(
        found[0].contains(words) && found[0].contains("note: estate.yaml:29:12: and here"),
        "{}",
        found[0]
    );
}

#[test]
fn automation() {
    let with = |text: &str| format!("{GOOD}automation:\n{text}");
    for (text, parts) in [
        ("  owners: [acme]\n", ["estate.yaml:29:12", "`@organization/team`"]),
        ("  owners: [\"@a b\"]\n", ["estate.yaml:29:12", "not an owner"]),
        ("  atlantis: { repository: acme }\n", ["estate.yaml:29:27", "host, owner and name"]),
        (
            "  atlantis: { repository: a.b/c/d, apply_requirements: [aproved] }\n",
            ["estate.yaml:29:", "did you mean `approved`?"],
        ),
        ("  atlantis: { repository: a.b/c/d, apply_requirements: [1] }\n", ["estate.yaml:29:", "not a text"]),
        (
            "  github: { image: \"landform:latest\", plan_role: \"arn:aws:iam::109876543210:role/a\", apply_role: \"arn:aws:iam::109876543210:role/b\" }\n",
            ["estate.yaml:29:20", "not an image with its digest"],
        ),
        ("  gitlab: {}\n", ["estate.yaml:29:", "is missing"]),
    ] {
        let found = problems(&with(text), &Ledger::default());
        for part in parts {
            assert!(found[0].contains(part), "`{part}` is not in:\n{}", found.join("\n"));
        }
    }
}

#[test]
fn names_that_no_folder_can_have() {
    one_problem("- name: main", "- name: con", &["estate.yaml:13:11", "`con` is a device on Windows"]);
}

#[test]
fn too_many_tags() {
    let tags: Vec<String> = (0..47).map(|number| format!("t{number}: x")).collect();
    let tags = format!("    tags: {{ {} }}\n    region: us-east-1", tags.join(", "));
    one_problem("    region: us-east-1", &tags, &["estate.yaml:16:11", "has 47 tags", "AWS takes 50"]);
}

#[test]
fn all_problems_at_once_in_the_order_of_the_spec() {
    let text = GOOD
        .replacen("  name: acme", "  nam: acme\n  name: Acme", 1)
        .replacen("dev: { id: \"321098765432\" }", "dev: { id: \"1\", mail: x }", 1)
        .replacen("10.16.0.0/16", "10.16.0.1/16", 1)
        .replacen("single_nat", "nat", 1)
        .replacen("[private]", "[secret]", 1);
    let found = problems(&text, &Ledger::default());
    let lines: Vec<&str> = found.iter().map(|report| report.lines().nth(1).unwrap().trim()).collect();
    let expected = ["2:3", "3:9", "8:14", "8:19", "18:11", "21:13", "28:13"];
    assert_eq!(lines, expected.map(|place| format!("--> estate.yaml:{place}")), "{}", found.join("\n"));

    let text = GOOD
        .replacen("account: dev", "account: x", 1)
        .replacen("euw1-az1", "use1-az1", 1)
        .replace("10.32", "10.16");
    assert_eq!(problems(&text, &Ledger::default()).len(), 3);
}

proptest! {
    /// Whatever an editor does to a spec, each problem has a place in the file, and nothing panics.
    #[test]
    fn damaged_specs_give_reports(
        from in 0..GOOD.len(),
        length in 0_usize..40,
        piece in prop::sample::select(vec!["", " ", "\n", ":", "- ", "{", "[", "&a ", "*a", "<<: ", "~", "\t", "\"", "é", "| "]),
    ) {
        let mut text = GOOD.to_owned();
        text.replace_range(from..(from + length).min(GOOD.len()), piece);
        for report in problems(&text, &Ledger::default()) {
            prop_assert!(report.starts_with("error: "), "{}", report);
            prop_assert!(report.contains("--> estate.yaml"), "{}", report);
        }
    }
}

#[test]
fn overlaps_are_found_however_blocks_nest() {
    let text = GOOD.replacen("10.16.0.0/16", "10.0.0.0/16", 1).replacen("10.32.0.0/16", "10.0.240.0/20", 1)
        + "  - { name: a, environment: dev, account: dev, region: us-east-1, cidr: 10.0.240.0/24, profile: compact, azs: { a: use1-az1 }, tiers: [private] }
  - { name: b, environment: dev, account: dev, region: us-east-1, cidr: 10.1.0.0/16, azs: { a: use1-az1 }, tiers: [private] }
";
    let found = problems(&text, &Ledger::default());
    let help: Vec<&str> = found.iter().filter_map(|report| report.lines().last()).map(str::trim).collect();
    assert_eq!(help, ["help: 10.2.0.0/20 is free", "help: 10.2.0.0/24 is free", "help: 10.2.0.0/24 is free"]);
}
