//! The JSON Schema: of the same shape as what the reader takes, and described in every field.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use jsonschema::{Draft, JSONSchema};
use landform_generator::source::{Format, Source};
use landform_generator::spec::schema::schema;
use serde_json::{Value, json};

#[path = "../examples/small.rs"]
#[allow(dead_code, reason = "the example's main")]
mod small;

const SCHEMA: &str = "landform.schema.json";

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/estates")
}

/// Fails when the schema itself is not one.
fn validator() -> JSONSchema {
    JSONSchema::options().with_draft(Draft::Draft7).compile(&schema()).unwrap()
}

/// The small estate as plain data.
fn estate() -> Value {
    serde_json::to_value(small::estate().unwrap()).unwrap()
}

/// `UPDATE_ENVIRONMENTS=1` rewrites the committed schema.
#[test]
fn the_committed_schema_is_current() {
    let path = examples().join(SCHEMA);
    let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_ENVIRONMENTS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        text,
        "UPDATE_ENVIRONMENTS=1 cargo test -p landform-generator"
    );
}

#[test]
fn the_schema_is_a_schema_and_the_examples_are_of_it() {
    let validator = validator();
    assert!(validator.is_valid(&estate()));
    let json = std::fs::read_to_string(examples().join("small.json")).unwrap();
    assert!(validator.is_valid(&serde_json::from_str(&json).unwrap()));
}

#[test]
fn every_example_leads_an_editor_to_the_schema() {
    for entry in std::fs::read_dir(examples()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let line = match path.extension().and_then(|ending| ending.to_str()) {
            Some("yaml") => format!("# yaml-language-server: $schema={SCHEMA}"),
            Some("toml") => format!("#:schema {SCHEMA}"),
            Some("json") if !path.ends_with(SCHEMA) => format!("  \"$schema\": \"{SCHEMA}\","),
            // No language server takes a schema for HCL.
            _ => continue,
        };
        assert!(text.lines().take(2).any(|found| found == line), "{}: {line}", path.display());
    }
}

/// Each object schema in the schema, by its path.
fn objects<'a>(path: &str, schema: &'a Value, found: &mut Vec<(String, &'a Value)>) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) && fields.contains_key("type") {
                found.push((path.to_owned(), schema));
            }
            fields.iter().for_each(|(name, inner)| objects(&format!("{path}/{name}"), inner, found));
        }
        Value::Array(elements) => elements.iter().for_each(|inner| objects(path, inner, found)),
        _ => {}
    }
}

#[test]
fn every_field_is_described_and_none_is_unknown() {
    let schema = schema();
    let mut found = Vec::new();
    objects("", &schema, &mut found);
    assert!(found.len() > 6, "{found:?}");
    for (path, object) in found {
        assert_eq!(object["additionalProperties"], false, "{path}");
        for (name, field) in object["properties"].as_object().unwrap() {
            let words = field["description"].as_str().unwrap_or_default();
            assert!(words.len() > 8, "{path}/{name} is not described: {field}");
        }
    }
}

/// Changes of the small estate, and whether the reader takes what comes of them.
#[test]
fn the_schema_and_the_reader_agree() {
    let changes: [(&str, Value); 12] = [
        ("/networks/0/cidr", json!("10.0.0.0")),
        ("/networks/0/cidr", json!(7)),
        ("/networks/0/tiers", json!(["public"])),
        ("/networks/0/tiers", json!("public")),
        ("/networks/0/tiers/0", json!("pubic")),
        ("/networks/0/azs", json!({ "e": "use1-az1" })),
        ("/networks/0/egress", json!("none")),
        ("/networks/0/egress", json!("nat")),
        ("/accounts/dev", json!({ "id": "321098765432", "mail": "x" })),
        ("/organization/tags", json!({ "a": "b c" })),
        ("/organization/tags", json!({ "a": "${b}" })),
        ("/organization/state", json!({ "bucket": "acme-state" })),
    ];
    let validator = validator();
    let (mut good, mut bad) = (0, 0);
    for (pointer, value) in changes {
        let mut changed = estate();
        *changed.pointer_mut(pointer).unwrap() = value.clone();
        let source = Source::parse(format!("x.{}", Format::Json.ending()), changed.to_string()).unwrap();
        let is_read = source.estate().is_ok();
        assert_eq!(validator.is_valid(&changed), is_read, "{pointer} = {value}");
        if is_read { good += 1 } else { bad += 1 }
    }
    assert!(good >= 3 && bad >= 8);
}
