//! The schema in the form of
//! [`terraform providers schema -json`](https://developer.hashicorp.com/terraform/cli/commands/providers/schema), with
//! `observed`, for which Terraform has no word.

use serde_json::{Map, Value as Json, json};

use crate::identity::IdentitySchema;
use crate::schema::{AttributeSchema, Nesting, ObjectSchema, Shape};
use crate::{FunctionSignature, Parameter, Provider};

impl<C> Provider<C> {
    /// Everything the provider at `address`, such as `registry.terraform.io/landform/landform`, serves. Keys are
    /// sorted, so equal schemas give equal bytes.
    pub fn schema_json(&self, address: &str) -> Json {
        let resources = self
            .resources
            .iter()
            .map(|(name, resource)| (name.clone(), schema(resource.schema_version(), resource.schema())));
        let data_sources = self
            .data_sources
            .iter()
            .map(|(name, data_source)| (name.clone(), schema(0, data_source.schema())));
        let functions =
            self.functions.iter().map(|(name, served)| (name.clone(), function(&served.signature())));
        let identities = self
            .resources
            .iter()
            .filter_map(|(name, resource)| Some((name.clone(), identity(resource.identity_schema()?))));
        let ephemeral = self.ephemeral_resource_schemas().map(|(name, it)| (name.to_owned(), schema(0, it)));
        let lists = self.list_schemas().map(|(name, it)| (name.to_owned(), schema(0, it)));
        let actions = self.action_schemas().map(|(name, it)| {
            // An action has no state, and so no version of one.
            (name.to_owned(), json!({"block": schema(0, it)["block"]}))
        });
        let mut schemas = json!({
            "provider": schema(0, &self.config.schema),
            "resource_schemas": resources.collect::<Map<_, _>>(),
            "data_source_schemas": data_sources.collect::<Map<_, _>>(),
            "functions": functions.collect::<Map<_, _>>(),
        });
        let optional: [(&str, Map<_, _>); 4] = [
            ("ephemeral_resource_schemas", ephemeral.collect()),
            ("list_resource_schemas", lists.collect()),
            ("action_schemas", actions.collect()),
            ("resource_identity_schemas", identities.collect()),
        ];
        for (name, some) in optional.into_iter().filter(|(_, some)| !some.is_empty()) {
            schemas[name] = some.into();
        }
        json!({"format_version": "1.0", "provider_schemas": {address: schemas}})
    }
}

fn schema(version: i64, object: &ObjectSchema) -> Json {
    let mut block = Map::new();
    block.insert("attributes".to_owned(), attributes(object));
    describe(&mut block, &object.description);
    json!({"version": version, "block": block})
}

fn identity(schema: &IdentitySchema) -> Json {
    let attribute = |attribute: &AttributeSchema| {
        let import = if attribute.required { "required_for_import" } else { "optional_for_import" };
        let ty = type_json(&attribute.shape.cty_type());
        json!({"type": ty, "description": attribute.description, import: true})
    };
    let attributes = schema.object.attributes.iter().map(|(name, it)| (name.clone(), attribute(it)));
    json!({"version": schema.version, "attributes": attributes.collect::<Map<_, _>>()})
}

fn attributes(object: &ObjectSchema) -> Json {
    object
        .attributes
        .iter()
        .map(|(name, schema)| (name.clone(), attribute(schema)))
        .collect::<Map<_, _>>()
        .into()
}

fn attribute(schema: &AttributeSchema) -> Json {
    let mut json = Map::new();
    match &schema.shape {
        Shape::Type(ty) | Shape::Deep(ty, _) => json.insert("type".to_owned(), type_json(ty)),
        Shape::Nested(nesting, object) => json.insert(
            "nested_type".to_owned(),
            json!({"attributes": attributes(object), "nesting_mode": mode(*nesting)}),
        ),
    };
    describe(&mut json, &schema.description);
    let flags = [
        ("required", schema.required),
        ("optional", schema.optional),
        ("computed", schema.computed),
        ("sensitive", schema.sensitive),
        ("write_only", schema.write_only),
        ("deprecated", schema.deprecated.is_some()),
        ("observed", schema.observed),
    ];
    json.extend(flags.iter().filter(|(_, set)| *set).map(|(name, _)| ((*name).to_owned(), Json::Bool(true))));
    json.into()
}

fn mode(nesting: Nesting) -> &'static str {
    match nesting {
        Nesting::Single => "single",
        Nesting::List => "list",
        Nesting::Set => "set",
        Nesting::Map => "map",
    }
}

fn describe(json: &mut Map<String, Json>, description: &str) {
    if !description.is_empty() {
        json.insert("description".to_owned(), description.into());
    }
    json.insert("description_kind".to_owned(), "markdown".into());
}

fn function(signature: &FunctionSignature) -> Json {
    let parameters: Vec<Json> = signature.parameters.iter().map(parameter).collect();
    let mut json = json!({
        "description": signature.description,
        "summary": signature.summary,
        "return_type": type_json(&signature.returns),
        "parameters": parameters,
    });
    if let Some(variadic) = &signature.variadic {
        json["variadic_parameter"] = parameter(variadic);
    }
    if let Some(instead) = &signature.deprecated {
        json["deprecation_message"] = instead.as_str().into();
    }
    json
}

fn parameter(parameter: &Parameter) -> Json {
    let mut json = json!({
        "name": parameter.name,
        "description": parameter.description,
        "type": type_json(&parameter.ty),
    });
    if parameter.allow_null {
        json["is_nullable"] = true.into();
    }
    json
}

fn type_json(ty: &crate::cty::Type) -> Json {
    serde_json::from_slice(&ty.to_json()).unwrap_or(Json::Null)
}
