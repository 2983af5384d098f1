//! The Schema section: who sets what, and nested objects with anchors of their own.

use tfplugin_proto::cty::{Type, Value};

use crate::schema::{AttributeSchema, Change, Nesting, ObjectSchema, Shape};
use crate::show;

const ALLOW_REPLACE: &str = "allow_replace";

/// A description with these words tells the default itself, often better than the value would.
const TELLS_DEFAULT: &str = "Default: ";

/// The whole section.
pub(super) fn section(schema: &ObjectSchema) -> String {
    let can_allow = schema.attributes.contains_key(ALLOW_REPLACE);
    let writer = Writer { can_allow };
    let mut text = "<!-- generated from the provider's schema -->\n## Schema\n\n".to_owned();
    let mut nested = Vec::new();
    text += &writer.groups(schema, "###", "", &mut nested);
    // Deeper objects follow the ones they are in.
    let mut queue = nested;
    while !queue.is_empty() {
        let mut deeper = Vec::new();
        for (path, object) in queue {
            let anchor = anchor(&path);
            text += &format!("<a id=\"{anchor}\"></a>\n### Nested Schema for `{path}`\n\n");
            if !object.description.is_empty() {
                text += &format!("{}\n\n", object.description);
            }
            text += &writer.groups(object, "####", &path, &mut deeper);
        }
        queue = deeper;
    }
    text
}

/// Who sets what in an object without objects inside.
pub(super) fn groups(schema: &ObjectSchema, heading: &str) -> String {
    Writer { can_allow: false }.groups(schema, heading, "", &mut Vec::new())
}

struct Writer {
    can_allow: bool,
}

/// A title, and who belongs below it.
type Group = (&'static str, fn(&AttributeSchema) -> bool);

/// Objects that still need a section, and where they are.
type Nested<'a> = Vec<(String, &'a ObjectSchema)>;

impl Writer {
    fn groups<'a>(
        &self,
        schema: &'a ObjectSchema,
        heading: &str,
        path: &str,
        nested: &mut Nested<'a>,
    ) -> String {
        let groups: [Group; 3] = [
            ("Required", |attribute| attribute.required),
            ("Optional", |attribute| attribute.optional),
            ("Read-Only", |attribute| !attribute.required && !attribute.optional),
        ];
        let mut text = String::new();
        for (title, belongs) in groups {
            let members: Vec<_> =
                schema.attributes.iter().filter(|(_, attribute)| belongs(attribute)).collect();
            if members.is_empty() {
                continue;
            }
            text += &format!("{heading} {title}\n\n");
            for (name, attribute) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                text += &self.line(name, &path, attribute);
                if let Shape::Nested(_, object) | Shape::Deep(_, object) = &attribute.shape {
                    nested.push((path, object));
                }
            }
            text += "\n";
        }
        text
    }

    fn line(&self, name: &str, path: &str, attribute: &AttributeSchema) -> String {
        // The following lines of a description belong to the same item of the list.
        let description = attribute.description.replace('\n', "\n  ");
        let mut text = format!("- `{name}` ({}) {description}", kind(attribute));
        let told = attribute.description.contains(TELLS_DEFAULT);
        if let Some(default) = attribute.default.as_ref().filter(|default| !told && !is_empty(default)) {
            text += &format!(" Defaults to `{}`.", show::value(default, attribute.is_secret()));
        }
        if let Some(prefix) = &attribute.promise.prefix {
            text += &format!(" Starts with `{prefix}`.");
        }
        match attribute.change {
            Change::Update => {}
            Change::Replace => text += " Changing this replaces the object.",
            Change::Immutable if self.can_allow => {
                text += &format!(" Changing this is an error, unless `{ALLOW_REPLACE}` has `\"{path}\"`.");
            }
            Change::Immutable => text += " This cannot be changed.",
        }
        if let Some(instead) = &attribute.deprecated {
            text += &format!(" **Deprecated:** {instead}");
        }
        if matches!(attribute.shape, Shape::Nested(..) | Shape::Deep(..)) {
            text += &format!(" (see [below for nested schema](#{}))", anchor(path));
        }
        text + "\n"
    }
}

/// An empty collection says no more than that the attribute is optional.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::List(elements) | Value::Set(elements) => elements.is_empty(),
        Value::Map(elements) => elements.is_empty(),
        _ => false,
    }
}

fn anchor(path: &str) -> String {
    format!("nestedatt--{}", path.replace('.', "--"))
}

fn kind(attribute: &AttributeSchema) -> String {
    let mut kind = match &attribute.shape {
        Shape::Type(ty) | Shape::Deep(ty, _) => type_name(ty),
        Shape::Nested(Nesting::Single, _) => "Attributes".to_owned(),
        Shape::Nested(Nesting::List, _) => "Attributes List".to_owned(),
        Shape::Nested(Nesting::Set, _) => "Attributes Set".to_owned(),
        Shape::Nested(Nesting::Map, _) => "Attributes Map".to_owned(),
    };
    if attribute.sensitive {
        kind += ", Sensitive";
    }
    if attribute.write_only {
        kind += ", Write-only";
    }
    kind
}

/// As the registry's own generator writes types.
pub(super) fn type_name(ty: &Type) -> String {
    match ty {
        Type::Bool => "Boolean".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::Dynamic => "Dynamic".to_owned(),
        Type::List(element) => format!("List of {}", type_name(element)),
        Type::Set(element) => format!("Set of {}", type_name(element)),
        Type::Map(element) => format!("Map of {}", type_name(element)),
        Type::Object(_) => "Object".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_told_once() {
        let told = |description: &str| {
            let attribute =
                AttributeSchema::new(Shape::Type(Type::Bool), description).optional().default(true);
            section(&ObjectSchema::new("").attribute("on", attribute))
        };
        assert!(told("Whether it is on.").contains("Whether it is on. Defaults to `true`.\n"));
        assert!(told("Whether it is on. Default: `true`.").contains("Whether it is on. Default: `true`.\n"));
    }

    #[test]
    fn objects_in_collections_of_collections_have_a_section_too() {
        let subnet = ObjectSchema::new("A subnet.")
            .attribute("cidr", AttributeSchema::new(Shape::Type(Type::String), "Its block.").computed());
        let deep = Shape::Nested(Nesting::Single, subnet).nest(Nesting::Map).nest(Nesting::Map);
        let attribute = AttributeSchema::new(deep, "Tier to zone to subnet.").computed();
        let text = section(&ObjectSchema::new("").attribute("subnets", attribute));
        for part in [
            "- `subnets` (Map of Map of Object) Tier to zone to subnet. (see [below for nested schema](#nestedatt--subnets))",
            "<a id=\"nestedatt--subnets\"></a>\n### Nested Schema for `subnets`\n\nA subnet.\n\n#### Read-Only\n\n- `cidr` (String) Its block.",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}
