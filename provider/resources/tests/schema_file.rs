//! The provider's schema as a file, of which the generator makes a kind of unit for each resource.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use landform_framework::Diagnostics;

/// `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_generator_has_the_schema_of_the_provider() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generator/core/provider-schema.json");
    let provider = landform_resources::provider(|_| Err(Diagnostics::default()));
    let schema = provider.schema_json("registry.terraform.io/landform/landform");
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "UPDATE_DOCS=1 cargo test -p landform-resources --test schema_file");
}
