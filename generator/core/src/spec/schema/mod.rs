//! The JSON Schema of a spec, made of the types that read it, for editors that complete and check while people type.

pub(crate) mod text;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Estate;

/// The schema of a whole spec, in draft 7, which every editor knows.
///
/// It refuses what the shape of a spec and the form of its texts can tell. That names fit together, networks do not
/// overlap and so on is for [`crate::check`].
pub fn schema() -> Value {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Estate>();
    let mut schema = schema.to_value();
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("title".to_owned(), Value::from("Landform estate"));
    }
    allow_schema_key(&mut schema);
    allow_layered_fields(&mut schema);
    schema
}

/// What a layer can say need not stand in a unit.
fn allow_layered_fields(schema: &mut Value) {
    let layered: Vec<String> = schema["definitions"]["NetworkPatch"]["properties"]
        .as_object()
        .map(|fields| fields.keys().cloned().collect())
        .unwrap_or_default();
    if let Some(required) = schema["definitions"]["Network"]["required"].as_array_mut() {
        required.retain(|field| !layered.iter().any(|layered| field == layered.as_str()));
    }
}

/// A spec in JSON names its schema in the key `$schema`, which the reader leaves out.
fn allow_schema_key(schema: &mut Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let key = serde_json::json!({ "type": "string", "description": "Where an editor finds this schema. In JSON only." });
        properties.insert("$schema".to_owned(), key);
    }
}
