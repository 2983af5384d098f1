//! How the providers of a unit are configured: Landform's own, and HashiCorp's for AWS, in the account and region of
//! the unit. Others get no configuration here: they take theirs from the environment.

use std::collections::BTreeMap;

use hcl::{Block, Value};

use crate::check::{Provider, Unit, Wire};

/// The source of HashiCorp's provider for AWS.
const AWS: &str = "hashicorp/aws";
/// The source of Landform's own.
const LANDFORM: &str = "landform/landform";

/// The providers that a unit of Terraform needs, each with its source: those of its module, and those of the data
/// sources and parameters by which units find each other's outputs.
pub(super) fn of_unit(unit: &Unit) -> BTreeMap<String, String> {
    let mut providers = unit.kind.providers.clone();
    let is_published = unit.wires.iter().any(Wire::is_published) || !unit.published.is_empty();
    let is_looked_up = unit.wires.iter().any(|wire| !wire.is_published());
    for (name, source) in
        [is_published.then_some(("aws", AWS)), is_looked_up.then_some(("landform", LANDFORM))]
            .into_iter()
            .flatten()
    {
        providers.entry(name.to_owned()).or_insert_with(|| source.to_owned());
    }
    providers
}

/// The arguments of each provider that is configured, by its name.
pub(super) fn arguments(
    providers: &BTreeMap<String, String>,
    provider: &Provider,
) -> hcl::Map<String, Value> {
    let arguments = |source: &str| match source {
        LANDFORM => Some(landform(provider)),
        AWS => Some(aws(provider)),
        _ => None,
    };
    providers
        .iter()
        .filter_map(|(name, source)| Some((name.clone(), Value::Object(arguments(source)?))))
        .collect()
}

/// The same as blocks.
pub(super) fn blocks(providers: &BTreeMap<String, String>, provider: &Provider) -> Vec<Block> {
    arguments(providers, provider).into_iter().map(|(name, value)| block(&name, &value)).collect()
}

/// The block of one provider. What are blocks in HCL are objects in JSON.
pub(super) fn block(name: &str, arguments: &Value) -> Block {
    let mut block = Block::builder("provider").add_label(name);
    for (argument, value) in arguments.as_object().into_iter().flatten() {
        let is_block = name != "landform" && ["assume_role", "default_tags"].contains(&argument.as_str());
        block = match value {
            Value::Object(fields) if is_block => {
                block.add_block(Block::builder(argument.as_str()).add_attributes(fields.clone()).build())
            }
            value => block.add_attribute((argument.clone(), value.clone())),
        };
    }
    block.build()
}

/// `required_providers`.
pub(super) fn required(providers: &BTreeMap<String, String>) -> Block {
    let entry = |(name, source): (&String, &String)| (name.clone(), object([("source", source.as_str())]));
    Block::builder("required_providers").add_attributes(providers.iter().map(entry)).build()
}

fn landform(provider: &Provider) -> hcl::Map<String, Value> {
    let mut arguments = hcl::Map::new();
    arguments.insert("region".to_owned(), Value::from(provider.region.as_str()));
    arguments.insert("stack".to_owned(), Value::from(provider.stack.as_str()));
    arguments.insert("allowed_account_ids".to_owned(), Value::from(vec![provider.account_id.as_str()]));
    if let Some(role) = &provider.role {
        arguments.insert("assume_role".to_owned(), object([("role_name", role.as_str())]));
    }
    arguments.insert("default_tags".to_owned(), tags(provider));
    arguments
}

/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>
fn aws(provider: &Provider) -> hcl::Map<String, Value> {
    let mut arguments = hcl::Map::new();
    arguments.insert("region".to_owned(), Value::from(provider.region.as_str()));
    arguments.insert("allowed_account_ids".to_owned(), Value::from(vec![provider.account_id.as_str()]));
    if let Some(role) = &provider.role {
        let partition = provider.region.partition();
        let arn = format!("arn:{partition}:iam::{}:role/{role}", provider.account_id);
        arguments.insert("assume_role".to_owned(), object([("role_arn", arn.as_str())]));
    }
    let tags = [("tags".to_owned(), tags(provider))].into_iter().collect::<hcl::Map<_, _>>();
    arguments.insert("default_tags".to_owned(), Value::Object(tags));
    arguments
}

fn tags(provider: &Provider) -> Value {
    object(provider.default_tags.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

pub(super) fn object<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), Value::from(value)))
        .collect::<hcl::Map<_, _>>()
        .into()
}
