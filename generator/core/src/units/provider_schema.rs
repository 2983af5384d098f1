//! The provider's schema, as `terraform providers schema -json` prints it, and what others change besides.
//! <https://developer.hashicorp.com/terraform/cli/commands/providers/schema>

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::contract::{Attribute, Type};

/// A test of the provider keeps the file current.
const FILE: &str = include_str!("../../provider-schema.json");

/// All resources and data sources of the provider by type.
pub(super) static SCHEMAS: LazyLock<Schemas> = LazyLock::new(|| {
    // The file is a constant, and the tests of this module read it.
    let file: File = serde_json::from_str(FILE).unwrap_or_default();
    file.provider_schemas.into_values().next().unwrap_or_default()
});

#[derive(Default, Deserialize)]
struct File {
    provider_schemas: BTreeMap<String, Schemas>,
}

#[derive(Default, Deserialize)]
pub(super) struct Schemas {
    pub(super) resource_schemas: BTreeMap<String, Schema>,
    pub(super) data_source_schemas: BTreeMap<String, Schema>,
}

#[derive(Deserialize)]
pub(super) struct Schema {
    pub(super) block: Block,
}

#[derive(Deserialize)]
pub(super) struct Block {
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, AttributeSchema>,
}

#[derive(Deserialize)]
pub(super) struct AttributeSchema {
    #[serde(rename = "type")]
    ty: Option<Json>,
    nested_type: Option<Nested>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) optional: bool,
    #[serde(default)]
    pub(super) computed: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(default)]
    pub(super) write_only: bool,
    /// Others change it: it is not put out, for then a plan in which nothing changes would change the outputs.
    #[serde(default)]
    pub(super) observed: bool,
}

#[derive(Deserialize)]
struct Nested {
    attributes: BTreeMap<String, AttributeSchema>,
    nesting_mode: String,
}

impl AttributeSchema {
    /// Whether a configuration can set it.
    pub(super) fn is_input(&self) -> bool {
        self.required || self.optional
    }

    /// Its type as a variable has it: without what cannot be set.
    pub(super) fn input_type(&self) -> Type {
        self.of(AttributeSchema::is_input)
    }

    /// Its type as an output has it.
    pub(super) fn output_type(&self) -> Type {
        self.of(|_| true)
    }

    fn of(&self, is_there: fn(&AttributeSchema) -> bool) -> Type {
        let Some(nested) = &self.nested_type else {
            return self.ty.as_ref().and_then(from_json).unwrap_or(Type::Any);
        };
        let attribute = |(name, it): (&String, &AttributeSchema)| {
            (name.clone(), Attribute { ty: it.of(is_there), is_optional: !it.required && it.optional })
        };
        let attributes = nested.attributes.iter().filter(|(_, it)| is_there(it)).map(attribute);
        let object = Type::Object(attributes.collect());
        match nested.nesting_mode.as_str() {
            "list" => Type::List(Box::new(object)),
            "set" => Type::Set(Box::new(object)),
            "map" => Type::Map(Box::new(object)),
            _ => object,
        }
    }
}

/// `"string"`, `["list", T]`, `["object", {…}]`; the third element of an object lists what is optional.
fn from_json(json: &Json) -> Option<Type> {
    if let Some(name) = json.as_str() {
        return match name {
            "string" => Some(Type::Text),
            "number" => Some(Type::Number),
            "bool" => Some(Type::Bool),
            "dynamic" => Some(Type::Any),
            _ => None,
        };
    }
    let parts = json.as_array()?;
    let inner = parts.get(1)?;
    let of = || from_json(inner).map(Box::new);
    Some(match parts.first()?.as_str()? {
        "list" => Type::List(of()?),
        "set" => Type::Set(of()?),
        "map" => Type::Map(of()?),
        "tuple" => Type::Tuple(inner.as_array()?.iter().map(from_json).collect::<Option<_>>()?),
        "object" => {
            let optional: Vec<&str> = parts
                .get(2)
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .filter_map(Json::as_str)
                .collect();
            let attribute = |(name, ty): (&String, &Json)| {
                let is_optional = optional.contains(&name.as_str());
                Some((name.clone(), Attribute { ty: from_json(ty)?, is_optional }))
            };
            Type::Object(inner.as_object()?.iter().map(attribute).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_read_and_every_type_is_known() {
        let file: File = serde_json::from_str(FILE).unwrap();
        let schemas = file.provider_schemas.into_values().next().unwrap();
        assert!(schemas.resource_schemas.contains_key("landform_vpc"));
        for (name, schema) in &schemas.resource_schemas {
            for (attribute, it) in &schema.block.attributes {
                let ty = it.output_type();
                let says_any = it.ty.as_ref().and_then(Json::as_str) == Some("dynamic");
                assert_eq!(ty == Type::Any, says_any, "{name}.{attribute}");
                assert_eq!(ty.to_string().parse(), Ok(ty), "{name}.{attribute}");
            }
        }
    }

    #[test]
    fn types_of_json_are_those_of_terraform() {
        for (json, expected) in [
            (r#"["map",["list","string"]]"#, "map(list(string))"),
            (r#"["object",{"a":"bool","b":"number"},["b"]]"#, "object({ a = bool, b = optional(number) })"),
            (r#"["tuple",["string",["set","dynamic"]]]"#, "tuple([string, set(any)])"),
        ] {
            assert_eq!(from_json(&serde_json::from_str(json).unwrap()).unwrap().to_string(), expected);
        }
        assert_eq!(from_json(&Json::from("x")), None);
    }
}
