use super::{ImportExample, Permissions, import, permissions, schema};
use crate::identity::IdentitySchema;
use crate::schema::ObjectSchema;

/// The page of anything that has a type name.
pub(super) struct Page<'a> {
    /// The provider's name.
    pub(super) provider: &'a str,
    /// `Resource`, `Data Source` and so on.
    pub(super) kind: &'a str,
    pub(super) type_name: &'a str,
    pub(super) subcategory: &'a str,
    pub(super) schema: &'a ObjectSchema,
    pub(super) example: Option<&'a str>,
    pub(super) import: Option<&'a ImportExample>,
    pub(super) identity: Option<&'a IdentitySchema>,
    pub(super) permissions: Permissions,
}

impl<'a> Page<'a> {
    /// A page with nothing but the schema.
    pub(super) fn new(
        kind: &'a str,
        type_name: &'a str,
        subcategory: &'a str,
        schema: &'a ObjectSchema,
    ) -> Page<'a> {
        Page {
            provider: "",
            kind,
            type_name,
            subcategory,
            schema,
            example: None,
            import: None,
            identity: None,
            permissions: Permissions::default(),
        }
    }

    pub(super) fn render(&self) -> String {
        let Page { provider, kind, type_name, subcategory, schema, .. } = self;
        let title = format!("{type_name} {kind} - {provider}");
        let mut text = front_matter(&title, Some(subcategory), &schema.description);
        text += &format!("# {type_name} ({kind})\n\n{}\n\n", schema.description);
        text += &example(self.example);
        text += &schema::section(schema);
        if let Some(example) = self.import {
            text += &(import::section(self.type_name, example, self.identity).trim_end().to_owned() + "\n\n");
        }
        text += &permissions::section(&self.permissions);
        finished(&text)
    }
}

/// The page of the provider itself.
pub(super) fn provider(name: &str, schema: &ObjectSchema, usage: Option<&str>) -> String {
    let mut text = front_matter(&format!("Provider: {name}"), None, &schema.description);
    text += &format!("# {name} Provider\n\n{}\n\n", schema.description);
    text += &example(usage);
    text += &schema::section(schema);
    finished(&text)
}

/// The registry takes title and description from here.
pub(super) fn front_matter(title: &str, subcategory: Option<&str>, description: &str) -> String {
    let summary = first_paragraph(description);
    let subcategory = subcategory.map(|text| format!("subcategory: {}\n", quoted(text))).unwrap_or_default();
    format!("---\npage_title: {}\n{subcategory}description: |-\n  {summary}\n---\n\n", quoted(title))
}

/// The Example Usage section.
pub(super) fn example(usage: Option<&str>) -> String {
    match usage {
        Some(usage) => format!("## Example Usage\n\n```terraform\n{}\n```\n\n", usage.trim()),
        None => String::new(),
    }
}

/// One line feed at the end.
pub(super) fn finished(text: &str) -> String {
    text.trim_end().to_owned() + "\n"
}

/// The first paragraph on one line.
fn first_paragraph(text: &str) -> String {
    text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// A string of YAML; JSON strings are such.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
