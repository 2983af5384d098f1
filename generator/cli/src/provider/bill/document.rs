//! The form of the document: CycloneDX 1.6 (<https://cyclonedx.org/docs/1.6/json/>), the part of it that is used here.

use serde::Serialize;

use super::super::checksums::sha256;
use super::super::date::Date;

/// The whole document.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    #[serde(rename = "$schema")]
    schema: &'static str,
    bom_format: &'static str,
    spec_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial_number: Option<String>,
    version: u32,
    metadata: Metadata,
    components: Vec<Component>,
    dependencies: Vec<Dependency>,
}

#[derive(Clone, Debug, Serialize)]
struct Metadata {
    timestamp: String,
    tools: Tools,
    component: Component,
    properties: Vec<Property>,
}

#[derive(Clone, Debug, Serialize)]
struct Tools {
    components: Vec<Tool>,
}

#[derive(Clone, Debug, Serialize)]
struct Tool {
    #[serde(rename = "type")]
    kind: Kind,
    name: &'static str,
    version: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Property {
    name: &'static str,
    value: String,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Application,
    Library,
}

/// A crate, or the binary of them all.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Component {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    /// How other places of the document name it.
    #[serde(rename = "bom-ref")]
    pub(super) reference: String,
    pub(super) name: String,
    pub(super) version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) hashes: Vec<Hash>,
    /// An SPDX expression.
    #[serde(rename = "licenses", serialize_with = "as_licences", skip_serializing_if = "Option::is_none")]
    pub(super) licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purl: Option<String>,
    /// Where its sources are kept.
    #[serde(
        rename = "externalReferences",
        serialize_with = "as_references",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) repository: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Hash {
    alg: &'static str,
    content: String,
}

impl Hash {
    pub(super) fn sha256(content: String) -> Hash {
        Hash { alg: "SHA-256", content }
    }
}

/// What one component uses.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Dependency {
    #[serde(rename = "ref")]
    pub(super) of: String,
    #[serde(rename = "dependsOn", skip_serializing_if = "Vec::is_empty")]
    pub(super) on: Vec<String>,
}

impl Document {
    /// About the binary `component` for Rust's `target`.
    pub(super) fn new(
        component: Component,
        target: &str,
        components: Vec<Component>,
        dependencies: Vec<Dependency>,
        date: Date,
    ) -> Document {
        let tool = Tool { kind: Kind::Application, name: "landform", version: env!("CARGO_PKG_VERSION") };
        let target = Property { name: "cdx:rustc:sbom:target:triple", value: target.to_owned() };
        Document {
            schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
            bom_format: "CycloneDX",
            spec_version: "1.6",
            serial_number: None,
            version: 1,
            metadata: Metadata {
                timestamp: date.rfc3339(),
                tools: Tools { components: vec![tool] },
                component,
                properties: vec![target],
            },
            components,
            dependencies,
        }
    }

    /// The text, with a serial number made of everything else: another content is another document.
    pub(super) fn to_json(&self) -> String {
        let digest = sha256(self.text().as_bytes());
        let numbered = Document { serial_number: Some(serial_number(&digest)), ..self.clone() };
        numbered.text()
    }

    fn text(&self) -> String {
        // Strings, numbers and lists of them can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// A UUID of version 8, whose bits are the maker's to choose (<https://www.rfc-editor.org/rfc/rfc9562#section-5.8>).
fn serial_number(digest: &str) -> String {
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

fn as_licences<S: serde::Serializer>(licence: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Licence<'a> {
        expression: &'a Option<String>,
    }
    [Licence { expression: licence }].serialize(serializer)
}

fn as_references<S: serde::Serializer>(url: &Option<String>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Reference<'a> {
        r#type: &'static str,
        url: &'a Option<String>,
    }
    [Reference { r#type: "vcs", url }].serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_is_a_uuid_of_the_content() {
        let number = serial_number(&sha256(b"abc"));
        assert_eq!(number, "urn:uuid:ba7816bf-8f01-8cfe-8a41-4140de5dae22");
        assert_ne!(number, serial_number(&sha256(b"abd")));
    }
}
