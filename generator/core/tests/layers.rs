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
