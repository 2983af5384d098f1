//! Layers: weak to strong, by operations, each value with its place.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_generator::source::Source;
use landform_generator::spec::{Estate, Network};
use serde_json::json;

const SPEC: &str = r#"organization:
  name: acme
  management_account_id: "109876543210"
  regions: [us-east-1, eu-west-1]
  state: { bucket: acme-terraform-state, region: us-east-1 }
accounts:
  dev: { id: "321098765432" }
  prod: { id: "432109876543", class: production }
environments: { dev: , prod: }
layers:
  organization:
    networks:
      tiers: { set: [public, private] }
      tags: { set: { owner: platform, cost: low } }
      deletion_protection: { set: false }
  classes:
    production:
      networks:
        tiers: { append: [private, database] }
        deletion_protection: { set: true }
  accounts:
    prod:
      networks:
        tags: { merge: { cost: high } }
  regions:
    us-east-1:
      networks:
        azs: { set: { a: use1-az1, b: use1-az2 } }
    eu-west-1:
      networks:
        azs: { set: { a: euw1-az1 } }
  environments:
    prod:
      networks:
        egress: { set: single_nat }
        tags: { remove: [owner] }
        tiers: { remove: [private], append: [intra, private] }
networks:
  - { name: main, environment: dev, account: dev, region: us-east-1, cidr: 10.0.0.0/16 }
  - { name: main, environment: prod, account: prod, region: eu-west-1, cidr: 10.1.0.0/16 }
  - { name: own, environment: prod, account: prod, region: us-east-1, cidr: 10.2.0.0/16, tiers: [private], egress: none, tags: {} }
"#;

fn source(text: &str) -> Source {
    Source::parse("estate.yaml", text).unwrap()
}

fn estate(text: &str) -> Estate {
    let source = source(text);
    source.estate().unwrap_or_else(|problems| panic!("{}", source.report(&problems[0])))
}

fn shown(network: &Network) -> serde_json::Value {
    let mut value = serde_json::to_value(network).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields
        .retain(|name, _| ["azs", "tiers", "egress", "deletion_protection", "tags"].contains(&name.as_str()));
    value
}

#[test]
fn stronger_layers_win_and_a_unit_wins_over_all() {
    let networks = estate(SPEC).networks;
    assert_eq!(
        shown(&networks[0]),
        json!({
            "azs": { "a": "use1-az1", "b": "use1-az2" },
            "tiers": ["public", "private"],
            "egress": "none",
            "deletion_protection": false,
            "tags": { "owner": "platform", "cost": "low" },
        })
    );
    assert_eq!(
        shown(&networks[1]),
        json!({
            "azs": { "a": "euw1-az1" },
            "tiers": ["public", "database", "intra", "private"],
            "egress": "single_nat",
            "deletion_protection": true,
            "tags": { "cost": "high" },
        })
    );
    assert_eq!(
        shown(&networks[2]),
        json!({
            "azs": { "a": "use1-az1", "b": "use1-az2" },
            "tiers": ["private"],
            "egress": "none",
            "deletion_protection": true,
            "tags": {},
        })
    );
}

#[test]
fn what_was_read_reads_the_same_again() {
    let once = estate(SPEC);
    let json = serde_json::to_string(&once).unwrap();
    assert_eq!(Source::parse("estate.json", json).unwrap().estate().unwrap(), once);
}

#[test]
fn each_value_knows_its_layers() {
    let source = source(SPEC);
    let estate = source.estate().unwrap();
    let explained = source.explain(&estate, "prod/eu-west-1/prod/main").unwrap();
    let of = |field: &str| {
        let found = explained.iter().find(|value| value.field == field).unwrap();
        let origins = found.origins.iter();
        origins.map(|at| format!("{} {} {}", at.line, at.layer, at.operation)).collect::<Vec<_>>()
    };
    assert_eq!(
        of("tiers"),
        [
            "13 organization set",
            "19 class production append",
            "37 environment prod remove",
            "37 environment prod append"
        ]
    );
    assert_eq!(of("tags"), ["14 organization set", "24 account prod merge", "36 environment prod remove"]);
    assert_eq!(of("azs"), ["31 region eu-west-1 set"]);
    assert_eq!(of("cidr"), ["40 unit set"]);
    assert_eq!(of("profile"), [""; 0]);
    assert_eq!(source.explain(&estate, "prod/eu-west-1/prod/other"), None);
}

#[track_caller]
fn problem(from: &str, to: &str, parts: &[&str]) {
    assert!(SPEC.contains(from));
    let source = source(&SPEC.replacen(from, to, 1));
    let found: Vec<String> =
        source.estate().unwrap_err().iter().map(|problem| source.report(problem)).collect();
    for part in parts {
        assert!(found.iter().any(|report| report.contains(part)), "{part} is not in\n{}", found.join("\n"));
    }
}

#[test]
fn a_bad_layer_is_told_once_at_its_own_line() {
    problem(
        "egress: { set: single_nat }",
        "egress: { set: nat }",
        &["estate.yaml:35:24", "not an egress mode"],
    );
    problem(
        "egress: { set: single_nat }",
        "egress: single_nat",
        &["estate.yaml:35:17", "not a map of fields"],
    );
    problem("tiers: { append:", "tiers: { apend:", &["estate.yaml:19:18", "did you mean `append`?"]);
    problem("tags: { merge:", "tgas: { merge:", &["estate.yaml:24:9", "did you mean `tags`?"]);
    problem(
        "    us-east-1:\n      networks:",
        "    us-east-1:\n      netwroks:",
        &["did you mean `networks`?"],
    );
    let source = source(&SPEC.replacen("{ set: single_nat }", "{ set: nat }", 1));
    assert_eq!(source.estate().unwrap_err().len(), 1);
}

/// A module that says what it takes, and units of it: one that says little itself, and one that says much.
const UNITS: &str = r#"
modules:
  queue:
    source: acme/queue/aws
    version: 1.2.3
    inputs: { size: number, zones: "optional(list(string))", alarms: "optional(map(string))", vpc: "optional(string)" }
    outputs: { url: string }
units:
  - { name: quiet, kind: queue, environment: prod, account: prod, region: eu-west-1 }
  - name: own
    kind: queue
    environment: prod
    account: prod
    region: eu-west-1
    inputs: { size: 9 }
    references: { vpc: { from: quiet, output: url } }
    after: []
"#;

fn with_units() -> String {
    let organization = "    units:\n      queue:\n        inputs: { size: { set: 1 }, zones: { set: [a, b] }, vpc: { set: none } }\n        after: { set: [prod/eu-west-1/prod/main] }\n";
    let production = "    units:\n      queue:\n        inputs: { zones: { append: [c] }, alarms: { merge: { high: on } } }\n";
    let prod = "    units:\n      queue:\n        inputs: { size: { set: 3 }, zones: { remove: [a] } }\n";
    let indented = |text: &str| text.lines().map(|line| format!("  {line}\n")).collect::<String>();
    SPEC.replacen("layers:\n  organization:\n", &format!("layers:\n  organization:\n{organization}"), 1)
        .replacen("    production:\n", &format!("    production:\n{}", indented(production)), 1)
        .replacen(
            "    prod:\n      networks:\n        egress",
            &format!("    prod:\n{}      networks:\n        egress", indented(prod)),
            1,
        )
        + UNITS
}

#[test]
fn each_input_of_a_unit_is_layered_by_itself() {
    let estate = estate(&with_units());
    let inputs = |index: usize| serde_json::to_value(&estate.units[index].inputs).unwrap();
    assert_eq!(
        inputs(0),
        json!({ "size": 3, "zones": ["b", "c"], "alarms": { "high": "on" }, "vpc": "none" })
    );
    assert_eq!(estate.units[0].after.len(), 1);
    // What it refers to is not given a value as well, and its own list takes the place of that of the layers.
    assert_eq!(inputs(1), json!({ "size": 9, "zones": ["b", "c"], "alarms": { "high": "on" } }));
    assert_eq!(estate.units[1].after, []);
}

#[test]
fn each_input_knows_its_layers() {
    let text = with_units();
    let source = source(&text);
    let explained = source.explain(&source.estate().unwrap(), "prod/eu-west-1/prod/quiet").unwrap();
    let of = |field: &str| {
        let found = explained.iter().find(|value| value.field == field).unwrap_or_else(|| panic!("{field}"));
        let line = |line: usize| text.lines().nth(line - 1).unwrap().to_owned();
        let origins = found.origins.iter();
        for origin in origins.clone() {
            assert!(line(origin.line).contains(field.rsplit('.').next().unwrap()), "{}", line(origin.line));
        }
        origins.map(|at| format!("{} {}", at.layer, at.operation)).collect::<Vec<_>>()
    };
    assert_eq!(of("inputs.size"), ["organization set", "environment prod set"]);
    assert_eq!(
        of("inputs.zones"),
        ["organization set", "class production append", "environment prod remove"]
    );
    assert_eq!(of("inputs.alarms"), ["class production merge"]);
    assert_eq!(of("after"), ["organization set"]);
}

#[test]
fn a_bad_layer_of_a_unit_is_told_at_its_own_line() {
    let text = with_units();
    for (from, to, parts) in [
        ("size: { set: 3 }", "size: { put: 3 }", &["there is no field `put`"][..]),
        ("alarms: { merge", "alarm: { merge", &["did you mean `alarms`?", "alarm: { merge"]),
        ("size: { set: 3 }", "size: { set: many }", &["size: { set: many }", "a number"]),
        (
            "    units:\n      queue:\n        inputs: { size: { set: 1 }",
            "    units:\n      queues:\n        inputs: { size: { set: 1 }",
            &["there is no kind `queues`", "did you mean `queue`?"],
        ),
    ] {
        assert!(text.contains(from), "{from}\n{text}");
        let source = source(&text.replacen(from, to, 1));
        let problems = source.estate().map_or_else(
            |problems| problems,
            |estate| landform_generator::check::check(&estate, &Default::default()).unwrap_err(),
        );
        let found: Vec<String> = problems.iter().map(|problem| source.report(problem)).collect();
        for part in parts {
            assert!(
                found.iter().any(|report| report.contains(part)),
                "{part} is not in\n{}",
                found.join("\n")
            );
        }
    }
}
