//! One estate in YAML, TOML, JSON and HCL: the same bytes, and errors with their places in each.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use landform_generator::check::ledger::Ledger;
use landform_generator::generate;
use landform_generator::source::{Format, LONGEST, Source};
use landform_generator::spec::{Account, Environment, Estate, Network, Place};
use landform_generator::tree::Layout;
use landform_model::network::{EgressMode, Tier};
use proptest::prelude::*;

#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

fn read(format: Format, text: &str) -> Estate {
    let name = format!("estate.{}", format.ending());
    let source = Source::parse(name, text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    source.estate().unwrap_or_else(|problems| panic!("{}", source.report(&problems[0])))
}

#[test]
fn the_small_estate_is_the_same_in_every_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/estates");
    for format in Format::ALL {
        let text = std::fs::read_to_string(folder.join(format!("small.{}", format.ending()))).unwrap();
        assert_eq!(read(format, &text), small::estate().unwrap(), "{format}");
    }
}

fn written(format: Format, estate: &Estate) -> String {
    match format {
        Format::Yaml => serde_saphyr::to_string(estate).unwrap(),
        Format::Toml => toml::to_string(estate).unwrap(),
        Format::Json => serde_json::to_string(estate).unwrap(),
        Format::Hcl => hcl::to_string(estate).unwrap(),
    }
}

/// Tag values of what AWS allows, among it what has a meaning in one of the formats.
fn tag_value() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "yes",
        "null",
        "~",
        "1e3",
        "0x10",
        "12:30",
        "2026-01-01",
        " ",
        "=",
        "+",
        "-",
        ".",
        "/",
        "@",
        "_",
        "é",
        "日",
        "true",
        "- ",
        ": ",
        "a",
    ]);
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn estates() -> impl Strategy<Value = Estate> {
    let network = (0_u8..4, any::<bool>(), any::<bool>(), prop::collection::vec(tag_value(), 0..3));
    prop::collection::vec(network, 0..6).prop_map(|networks| {
        let mut estate = Estate::new(small::estate().unwrap().organization)
            .account("prod".parse().unwrap(), Account::new("432109876543".parse().unwrap()))
            .environment("null".parse().unwrap(), Environment::default());
        for (index, (tiers, is_protected, has_egress, tags)) in networks.into_iter().enumerate() {
            let place = Place {
                environment: "null".parse().unwrap(),
                account: "prod".parse().unwrap(),
                region: "eu-west-1".parse().unwrap(),
            };
            let cidr = format!("10.{index}.0.0/16").parse().unwrap();
            let mut network = Network::new(format!("n{index}").parse().unwrap(), place, cidr)
                .az("a".parse().unwrap(), "euw1-az1".parse().unwrap())
                .deletion_protection(is_protected);
            let (count, egress) =
                if has_egress { (4, EgressMode::Single) } else { (usize::from(tiers) + 1, EgressMode::None) };
            network = network.tiers(Tier::ALL.into_iter().take(count)).egress(egress);
            for (key, value) in ["on", "1", "a.b"].iter().zip(tags) {
                if let Ok(value) = value.parse() {
                    network = network.tag(key.parse().unwrap(), value);
                }
            }
            estate = estate.network(network);
        }
        estate
    })
}

proptest! {
    #[test]
    fn any_estate_gives_the_same_tree_in_every_format(estate in estates()) {
        let expected = generate(&estate, Layout::Terragrunt, &Ledger::default()).unwrap();
        for format in Format::ALL {
            let text = written(format, &estate);
            let same = read(format, &text);
            prop_assert_eq!(&same, &estate, "{}: {}", format, text);
            let rendered = generate(&same, Layout::Terragrunt, &Ledger::default()).unwrap();
            prop_assert_eq!(&rendered, &expected, "{}: {}", format, text);
        }
    }

    /// Whatever an editor does to a spec, each problem has a place in the file, and nothing panics.
    #[test]
    fn damaged_specs_give_reports(
        format in prop::sample::select(Format::ALL.to_vec()),
        at in 0.0..1.0_f64,
        length in 0_usize..40,
        piece in prop::sample::select(vec![
            "", " ", "\n", ":", "=", "[", "[[", "{", "}", "\"", "'", "\"\"\"", "${", "<<E\n", "\\u", "#", "//", "/*", "é", "1e999", ",",
        ]),
    ) {
        let mut text = written(format, &small::estate().unwrap());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let from = (text.len() as f64 * at) as usize;
        let to = (from + length).min(text.len());
        text.replace_range(from..to, piece);
        let name = format!("estate.{}", format.ending());
        let reports = match Source::parse(name.as_str(), text) {
            Err(error) => vec![error.to_string()],
            Ok(source) => match source.estate() {
                Ok(_) => Vec::new(),
                Err(problems) => problems.iter().map(|problem| source.report(problem)).collect(),
            },
        };
        for report in reports {
            prop_assert!(report.starts_with("error: "), "{}", report);
            prop_assert!(report.contains(&format!("--> {name}")), "{}", report);
        }
    }
}

/// All problems of the text as people see them, or the error of its format.
fn reports(format: Format, text: &str) -> Vec<String> {
    match Source::parse(format!("estate.{}", format.ending()), text) {
        Err(error) => vec![error.to_string()],
        Ok(source) => match source.estate() {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(|problem| source.report(problem)).collect(),
        },
    }
}

const TOML: &str = "[organization]
name = \"Acme\"
management_account_id = 109876543210
regions = [\"us-east-1\", \"eu-west\"]
state = { bukket = \"acme-state\", region = \"us-east-1\" }

[accounts.dev]
id = \"321098765432\"

[environments.dev]

[[networks]]
name = \"main\"
cdir = \"10.0.0.0/16\"
";

const JSON: &str = r#"{
  "organization": {
    "name": "Acme", "management_account_id": 109876543210,
    "regions": ["us-east-1", "eu-west"],
    "state": { "bukket": "acme-state", "region": "us-east-1" }
  },
  "accounts": { "dev": { "id": "321098765432" } },
  "environments": { "dev": {} },
  "networks": [{ "name": "main", "cdir": "10.0.0.0/16" }]
}
"#;

const HCL: &str = "organization {
  name                  = \"Acme\"
  management_account_id = 109876543210
  regions               = [\"us-east-1\", \"eu-west\"]
  state                 = { bukket = \"acme-state\", region = \"us-east-1\" }
}
accounts \"dev\" { id = \"321098765432\" }
environments \"dev\" {}
networks {
  name = \"main\"
  cdir = \"10.0.0.0/16\"
}
";

#[test]
fn each_format_gives_all_problems_with_their_places() {
    let table = [
        (Format::Toml, TOML, ["2:8", "3:25", "4:25", "5:11", "14:1"]),
        (Format::Json, JSON, ["3:13", "3:46", "4:30", "5:16", "9:34"]),
        (Format::Hcl, HCL, ["2:27", "3:27", "4:41", "5:29", "11:3"]),
    ];
    for (format, text, places) in table {
        let found = reports(format, text);
        for place in places {
            let place = format!("--> estate.{}:{place}\n", format.ending());
            assert!(
                found.iter().any(|report| report.contains(&place)),
                "{place} is not in\n{}",
                found.join("\n")
            );
        }
        for hint in
            ["did you mean `cidr`?", "did you mean `bucket`?", "write it in quotes", "not an AWS region"]
        {
            assert!(
                found.iter().any(|report| report.contains(hint)),
                "{hint} is not in\n{}",
                found.join("\n")
            );
        }
        let bukket = found.iter().find(|report| report.contains("bukket")).unwrap();
        let mark = bukket.lines().nth(4).unwrap();
        let line = bukket.lines().nth(3).unwrap();
        let marked: String = line
            .chars()
            .zip(mark.chars())
            .filter(|(_, below)| *below == '^')
            .map(|(above, _)| above)
            .collect();
        assert_eq!(marked.trim_matches('"'), "bukket", "{bukket}");
    }
}

#[test]
fn texts_that_are_not_of_their_format_say_where() {
    let table = [
        (Format::Toml, "[organization]\nname = acme\n", "estate.toml:2:8"),
        (Format::Toml, "[a]\nb = 1\nb = 2\n", "estate.toml:3:1"),
        (Format::Json, "{ \"a\": 1,\n  \"a\": 2 }", "estate.json:2:3"),
        (Format::Json, "{ // no comments\n}", "estate.json:1:3"),
        (Format::Json, "{ \"a\": 1, }", "estate.json:1:"),
        (Format::Json, "", "estate.json:1:1"),
        (Format::Hcl, "a = 1\na = 2\n", "estate.hcl:2:1"),
        (Format::Hcl, "a = { b = 1, \"b\" = 2 }\n", "estate.hcl:1:14"),
        (Format::Hcl, "organization {\n  name = upper(\"x\")\n}\n", "estate.hcl:2:10"),
        (Format::Hcl, "a = \"x ${y}\"\n", "estate.hcl:1:5"),
        (Format::Hcl, "a = {\n", "estate.hcl:"),
        (Format::Hcl, "a = 1\na {\n}\n", "estate.hcl:2:1"),
        (Format::Yaml, "a: [\n", "estate.yaml:"),
        (Format::Yaml, "a: 1\n---\nb: 2\n", "estate.yaml"),
    ];
    for (format, text, place) in table {
        let found = reports(format, text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].starts_with(&format!("error: this is not {format}: ")), "{}", found[0]);
        assert!(found[0].contains(place), "{place} is not in\n{}", found[0]);
    }
}

#[test]
fn numbers_too_big_are_numbers_and_not_texts() {
    let big = "99999999999999999999999999999999999999999999";
    for (format, text) in [
        (Format::Yaml, format!("organization: {{ name: {big} }}")),
        (Format::Json, format!("{{ \"organization\": {{ \"name\": {big} }} }}")),
        (Format::Toml, format!("organization.name = {big}")),
    ] {
        let found = reports(format, &text).join("\n");
        assert!(found.contains("this is a number, not a text"), "{format}: {found}");
    }
    // The parser of HCL takes no such number at all.
    let found = reports(Format::Hcl, &format!("organization {{\n name = {big}\n}}\n")).join("\n");
    assert!(found.contains("--> estate.hcl:2:"), "{found}");
}

#[test]
fn hostile_texts_end_soon_with_an_error() {
    let deep = 100_000;
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", ")));
    }
    let table = [
        (Format::Yaml, bomb),
        (Format::Yaml, "[".repeat(deep)),
        (Format::Yaml, "- ".repeat(deep)),
        (Format::Yaml, format!("a: {}", "? ".repeat(deep))),
        (Format::Yaml, "-\t".repeat(deep)),
        (Format::Yaml, format!("- {}", "- x: - ".repeat(deep))),
        (
            Format::Yaml,
            (0..400).map(|level| format!("{}- - - - - - - - a:\n", " ".repeat(level * 16))).collect(),
        ),
        (Format::Yaml, (0..5_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect()),
        (Format::Toml, format!("a = {}", "[".repeat(deep))),
        (Format::Toml, format!("a = {}", "{a=".repeat(deep))),
        (Format::Json, "[".repeat(deep)),
        (Format::Json, "{\"a\":".repeat(deep)),
        (Format::Hcl, format!("a = {}\n", "[".repeat(deep))),
        (Format::Hcl, "a {\n".repeat(deep)),
        (Format::Hcl, format!("a = {}1\n", "-".repeat(deep))),
        (Format::Hcl, format!("a = {}1\n", "!".repeat(deep))),
        (Format::Hcl, format!("a = 1{}\n", " + 1".repeat(deep))),
        (Format::Hcl, format!("a = \"{}\"\n", "${".repeat(deep))),
        (Format::Json, " ".repeat(LONGEST + 1)),
    ];
    for (format, text) in table {
        let start = text.chars().take(30).collect::<String>();
        let found = reports(format, &text);
        assert!(!found.is_empty(), "{format}: {start}");
        assert!(found.iter().all(|report| report.len() < 2_000), "{format}: {start}");
    }
}

#[test]
fn a_block_twice_where_one_is_meant() {
    let found = reports(Format::Hcl, &HCL.replacen("accounts", "organization {\n}\naccounts", 1));
    assert!(found[0].contains("this block is there more than once"), "{}", found.join("\n"));
}

#[test]
fn no_more_than_a_hundred_problems_at_once() {
    let networks: String = (0..500).map(|_| "  - name: x\n    regoin: y\n").collect();
    let found = reports(Format::Yaml, &format!("networks:\n{networks}"));
    assert!((100..=101).contains(&found.len()), "{}", found.len());
}
