//! What a provider says it serves, as Terraform understands it.

use std::collections::BTreeMap;

use prost::Message;
use tfplugin_proto::cty::Type;
use tfplugin_proto::wire::schema::{Attribute, Block, NestedBlock, Object, nested_block, object};
use tfplugin_proto::wire::{Function, Schema, get_provider_schema, get_resource_identity_schemas};

/// All schemas of a provider.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// The provider block.
    pub provider: Block,
    /// Resources by type name.
    pub resources: BTreeMap<String, Block>,
    /// Data sources by type name.
    pub data_sources: BTreeMap<String, Block>,
    /// Ephemeral resources by type name.
    pub ephemeral_resources: BTreeMap<String, Block>,
    /// The blocks that list resources, by type name.
    pub lists: BTreeMap<String, Block>,
    /// Actions by type name.
    pub actions: BTreeMap<String, Block>,
    /// The types of identities by the type name of the resource.
    pub identities: BTreeMap<String, Type>,
    /// Functions by name.
    pub functions: BTreeMap<String, Function>,
}

impl Catalog {
    /// Reads the answers of `GetProviderSchema` and `GetResourceIdentitySchemas`.
    ///
    /// # Errors
    /// They are malformed, or have a type that does not exist.
    pub fn read(schemas: &[u8], identities: &[u8]) -> Result<Catalog, String> {
        let said = |error: &dyn std::error::Error| error.to_string();
        let schemas = get_provider_schema::Response::decode(schemas).map_err(|error| said(&error))?;
        let identities =
            get_resource_identity_schemas::Response::decode(identities).map_err(|error| said(&error))?;
        let block = |schema: Schema| schema.block.unwrap_or_default();
        let blocks = |schemas: BTreeMap<String, Schema>| -> BTreeMap<String, Block> {
            schemas.into_iter().map(|(name, schema)| (name, block(schema))).collect()
        };
        let actions = schemas.action_schemas.into_iter();
        let mut types = BTreeMap::new();
        for (name, schema) in identities.identity_schemas {
            let attributes = schema.identity_attributes.into_iter().map(|attribute| {
                let ty = Type::from_json(&attribute.r#type).map_err(|error| said(&error))?;
                Ok((attribute.name, ty))
            });
            types.insert(name, Type::Object(attributes.collect::<Result<_, String>>()?));
        }
        Ok(Catalog {
            provider: schemas.provider.map(block).unwrap_or_default(),
            resources: blocks(schemas.resource_schemas),
            data_sources: blocks(schemas.data_source_schemas),
            ephemeral_resources: blocks(schemas.ephemeral_resource_schemas),
            lists: blocks(schemas.list_resource_schemas),
            actions: actions
                .map(|(name, action)| (name, action.schema.map(block).unwrap_or_default()))
                .collect(),
            identities: types,
            functions: schemas.functions,
        })
    }
}

/// The type of the values of a block. A type that Terraform could not read is taken for any type.
pub fn block_type(block: &Block) -> Type {
    let mut attributes = attribute_types(&block.attributes);
    attributes.extend(block.block_types.iter().map(|nested| (nested.type_name.clone(), nested_type(nested))));
    Type::Object(attributes)
}

fn attribute_types(attributes: &[Attribute]) -> BTreeMap<String, Type> {
    attributes.iter().map(|attribute| (attribute.name.clone(), attribute_type(attribute))).collect()
}

/// The type of an attribute.
pub fn attribute_type(attribute: &Attribute) -> Type {
    match &attribute.nested_type {
        Some(nested) => object_type(nested),
        None => Type::from_json(&attribute.r#type).unwrap_or(Type::Dynamic),
    }
}

fn object_type(nested: &Object) -> Type {
    let element = Type::Object(attribute_types(&nested.attributes));
    match nested.nesting() {
        object::NestingMode::List => Type::list(element),
        object::NestingMode::Set => Type::set(element),
        object::NestingMode::Map => Type::map(element),
        object::NestingMode::Single | object::NestingMode::Invalid => element,
    }
}

fn nested_type(nested: &NestedBlock) -> Type {
    let element = nested.block.as_ref().map_or_else(|| Type::Object(BTreeMap::new()), block_type);
    match nested.nesting() {
        nested_block::NestingMode::List => Type::list(element),
        nested_block::NestingMode::Set => Type::set(element),
        nested_block::NestingMode::Map => Type::map(element),
        nested_block::NestingMode::Single
        | nested_block::NestingMode::Group
        | nested_block::NestingMode::Invalid => element,
    }
}
