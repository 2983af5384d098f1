//! Layout `terraform`: each unit is a root module that needs nothing but Terraform.

use hcl::expr::{Traversal, TraversalOperator, Variable};
use hcl::{Block, Body, Expression, Identifier, Value};

use super::{Content, Document, RETIRED, TreePath, folder, module_source};
use crate::check::{Provider, Retired, StateObject, Unit};

/// The oldest Terraform that locks a state by a file in S3 for good.
pub(super) const TERRAFORM_VERSIONS: &str = ">= 1.11.0";

/// `terraform.tf`, `provider.tf`, `main.tf` and `outputs.tf`.
pub(super) fn documents(unit: &Unit) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    let files = [
        ("terraform.tf", terraform(&unit.state)),
        ("provider.tf", provider_file(&unit.provider)),
        ("main.tf", module(unit)),
        ("outputs.tf", outputs(unit)),
    ];
    let provenance = format!("{} {}", unit.kind.name, unit.id);
    files
        .map(|(name, body)| (folder.join(name), Document::new(provenance.clone(), Content::Hcl(body))))
        .into()
}

/// `terraform.tf` and `provider.tf` alone: nothing is configured, so the plan is to destroy what the state has.
pub(super) fn retired_documents(unit: &Retired) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    [("terraform.tf", terraform(&unit.state)), ("provider.tf", provider_file(&unit.provider))]
        .map(|(name, body)| {
            (folder.join(name), Document::new(format!("{RETIRED} {}", unit.id), Content::Hcl(body)))
        })
        .into()
}

fn provider_file(arguments: &Provider) -> Body {
    Block::builder("provider").add_label("landform").add_attributes(provider(arguments)).build().into()
}

/// The arguments of the provider, in the order in which they are written.
pub(super) fn provider(provider: &Provider) -> hcl::Map<String, Value> {
    let mut arguments = hcl::Map::new();
    arguments.insert("region".to_owned(), Value::from(provider.region.as_str()));
    arguments.insert("stack".to_owned(), Value::from(provider.stack.as_str()));
    arguments.insert("allowed_account_ids".to_owned(), Value::from(vec![provider.account_id.as_str()]));
    if let Some(role) = &provider.role {
        arguments.insert("assume_role".to_owned(), object([("role_name", role.as_str())]));
    }
    let tags = provider.default_tags.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    arguments.insert("default_tags".to_owned(), object(tags));
    arguments
}

/// Where the state is, in the arguments of the backend.
pub(super) fn state(state: &StateObject) -> hcl::Map<String, Value> {
    [("bucket", state.bucket.as_str()), ("key", &state.key), ("region", state.region.as_str())]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
}

fn object<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), Value::from(value)))
        .collect::<hcl::Map<_, _>>()
        .into()
}

/// The module of retired units, which has nothing.
pub(super) fn retired_module() -> Body {
    Block::builder("terraform")
        .add_attribute(("required_version", TERRAFORM_VERSIONS))
        .add_block(required_providers())
        .build()
        .into()
}

fn required_providers() -> Block {
    Block::builder("required_providers")
        .add_attribute(("landform", object([("source", "landform/landform")])))
        .build()
}

fn terraform(unit: &StateObject) -> Body {
    let backend = Block::builder("backend")
        .add_label("s3")
        .add_attributes(state(unit))
        .add_attribute(("encrypt", true))
        .add_attribute(("use_lockfile", true))
        .build();
    Block::builder("terraform")
        .add_attribute(("required_version", TERRAFORM_VERSIONS))
        .add_block(required_providers())
        .add_block(backend)
        .build()
        .into()
}

fn module(unit: &Unit) -> Body {
    Block::builder("module")
        .add_label(unit.kind.name)
        .add_attribute(("source", module_source(unit, "/")))
        .add_attributes(unit.inputs.clone())
        .build()
        .into()
}

fn outputs(unit: &Unit) -> Body {
    let output = |(name, description): &(&'static str, &'static str)| {
        Block::builder("output")
            .add_label(*name)
            .add_attribute(("description", *description))
            .add_attribute(("value", traversal(&["module", unit.kind.name, name])))
            .build()
    };
    unit.kind.outputs.iter().map(output).collect()
}

/// `module.network.id` from its parts, which are constants of this crate.
pub(super) fn traversal(parts: &[&'static str]) -> Expression {
    let (root, rest) = parts.split_first().map_or(("", &[][..]), |(root, rest)| (*root, rest));
    let attributes = rest.iter().map(|part| TraversalOperator::GetAttr(Identifier::sanitized(*part)));
    Traversal::new(Variable::sanitized(root), attributes).into()
}
