//! Layout `terraform`: each unit is a root module that needs nothing but Terraform.

use std::collections::BTreeMap;

use hcl::expr::{Traversal, TraversalOperator, Variable};
use hcl::{Block, Body, Expression, Identifier, Value};

use super::{
    Content, Document, Layout, RETIRED, TERRAFORM_VERSIONS, TreePath, folder, links, module_source, providers,
};
use crate::check::{Landscape, Retired, StateObject, Unit};

/// `terraform.tf`, `provider.tf`, `main.tf` and `outputs.tf`; `references.tf` and `published.tf` where there are any.
pub(super) fn documents(landscape: &Landscape, unit: &Unit) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    let required = providers::of_unit(unit);
    let files = [
        ("terraform.tf", terraform(&unit.state, &required)),
        ("provider.tf", provider_file(unit, &required)),
        ("main.tf", module(unit)),
        ("outputs.tf", outputs(unit)),
        ("references.tf", links::data_sources(landscape, unit)),
        ("published.tf", links::parameters(unit)),
    ];
    let provenance = format!("{} {}", unit.kind.name, unit.id);
    files
        .into_iter()
        .filter(|(_, body)| body.iter().next().is_some())
        .map(|(name, body)| (folder.join(name), Document::new(provenance.clone(), Content::Hcl(body))))
        .collect()
}

/// `terraform.tf` and `provider.tf` alone: nothing is configured, so the plan is to destroy what the state has.
pub(super) fn retired_documents(unit: &Retired) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    let provider: Body = providers::blocks(&unit.providers, &unit.provider).into_iter().collect();
    [("terraform.tf", terraform(&unit.state, &unit.providers)), ("provider.tf", provider)]
        .into_iter()
        .filter(|(_, body)| body.iter().next().is_some())
        .map(|(name, body)| {
            (folder.join(name), Document::new(format!("{RETIRED} {}", unit.id), Content::Hcl(body)))
        })
        .collect()
}

/// The providers of the unit, and one more for each other region that it reads published outputs in.
fn provider_file(unit: &Unit, required: &BTreeMap<String, String>) -> Body {
    let mut blocks = providers::blocks(required, &unit.provider);
    for other in links::other_regions(unit) {
        let mut there = unit.provider.clone();
        there.region = other.region.clone();
        let aws = BTreeMap::from([("aws".to_owned(), "hashicorp/aws".to_owned())]);
        for (name, arguments) in providers::arguments(&aws, &there) {
            let mut with_alias = hcl::Map::new();
            with_alias.insert("alias".to_owned(), Value::from(links::alias(other)));
            with_alias.extend(arguments.as_object().cloned().unwrap_or_default());
            blocks.push(providers::block(&name, &Value::Object(with_alias)));
        }
    }
    blocks.into_iter().collect()
}

/// Where the state is, in the arguments of the backend.
pub(super) fn state(state: &StateObject) -> hcl::Map<String, Value> {
    [("bucket", state.bucket.as_str()), ("key", &state.key), ("region", state.region.as_str())]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect()
}

/// The module of retired units, which has nothing but the providers that their states need.
pub(super) fn retired_module(required: &BTreeMap<String, String>) -> Body {
    Block::builder("terraform")
        .add_attribute(("required_version", TERRAFORM_VERSIONS))
        .add_block(providers::required(required))
        .build()
        .into()
}

fn terraform(state_object: &StateObject, required: &BTreeMap<String, String>) -> Body {
    let backend = Block::builder("backend")
        .add_label("s3")
        .add_attributes(state(state_object))
        .add_attribute(("encrypt", true))
        .add_attribute(("use_lockfile", true))
        .build();
    let mut block = Block::builder("terraform").add_attribute(("required_version", TERRAFORM_VERSIONS));
    if !required.is_empty() {
        block = block.add_block(providers::required(required));
    }
    block.add_block(backend).build().into()
}

fn module(unit: &Unit) -> Body {
    let (source, version) = module_source::source(&unit.id, &unit.kind.place, Layout::Terraform);
    let labels = links::labels(unit);
    let label = |wire: &crate::check::Wire| labels.get(&wire.from).cloned().unwrap_or_default();
    Block::builder("module")
        .add_label(unit.kind.name.as_str())
        .add_attribute(("source", source))
        .add_attributes(version.map(|version| ("version", version)))
        .add_attributes(links::inputs(unit, |wire| links::of_data_source(&label(wire), wire)))
        .build()
        .into()
}

fn outputs(unit: &Unit) -> Body {
    let output = |(name, output): (&String, &crate::contract::Output)| {
        let mut block = Block::builder("output").add_label(name.as_str());
        if !output.description.is_empty() {
            block = block.add_attribute(("description", output.description.as_str()));
        }
        block = block.add_attribute(("value", traversal(&["module", &unit.kind.name, name])));
        if output.is_sensitive {
            block = block.add_attribute(("sensitive", true));
        }
        block.build()
    };
    unit.kind.contract.outputs.iter().map(output).collect()
}

/// `module.network.id` from its parts, which are names that were checked, or constants of this crate.
pub(super) fn traversal(parts: &[&str]) -> Expression {
    let (root, rest) = parts.split_first().map_or(("", &[][..]), |(root, rest)| (*root, rest));
    let attributes = rest.iter().map(|part| TraversalOperator::GetAttr(Identifier::sanitized(*part)));
    Traversal::new(Variable::sanitized(root), attributes).into()
}
