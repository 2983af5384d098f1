//! Layout `terragrunt`: a `root.hcl` per account, a `terragrunt.hcl` and a `unit.json` per unit.
//!
//! Every value is a literal. Terragrunt evaluates one include and one small JSON file per unit, so its work grows
//! with the number of units and no faster. <https://terragrunt.gruntwork.io/docs/reference/hcl/>

use std::collections::BTreeMap;

use hcl::expr::{BinaryOp, BinaryOperator, FuncCall, Object, ObjectKey, Operation, TemplateExpr};
use hcl::{Block, Body, Expression, Identifier, Value};

use super::terraform::{state, traversal};
use super::{
    Content, Document, Layout, RETIRED, TreePath, folder, links, module_source, providers, retired_module,
};
use crate::check::{Provider, Retired, StateObject, Unit};
use crate::units::UnitId;

const TERRAFORM_VERSIONS: &str = ">= 1.11.0, < 2.0.0";
const TERRAGRUNT_VERSIONS: &str = ">= 1.1.0, < 2.0.0";

/// The unit's two files, and the file of its account.
pub(super) fn documents(unit: &Unit) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    let provenance = format!("{} {}", unit.kind.name, unit.id);
    let identity = identity(&unit.id, &unit.kind.name, &unit.state, &unit.kind.providers, &unit.provider);
    vec![
        account_file(&unit.id),
        (folder.join("terragrunt.hcl"), Document::new(provenance.clone(), Content::Hcl(terragrunt(unit)))),
        (folder.join("unit.json"), Document::new(provenance, Content::Json(identity))),
    ]
}

/// The same for a unit that left the spec: its module has nothing, so the plan is to destroy what the state has.
pub(super) fn retired_documents(unit: &Retired) -> Vec<(TreePath, Document)> {
    let folder = folder(&unit.id);
    let provenance = format!("{RETIRED} {}", unit.id);
    let module = format!("{}/modules//{}", module_source::top(&unit.id), retired_module(&unit.providers));
    let body = Body::builder().add_block(include()).add_block(source(module)).build();
    let identity = identity(&unit.id, RETIRED, &unit.state, &unit.providers, &unit.provider);
    vec![
        account_file(&unit.id),
        (folder.join("terragrunt.hcl"), Document::new(provenance.clone(), Content::Hcl(body))),
        (folder.join("unit.json"), Document::new(provenance, Content::Json(identity))),
    ]
}

fn account_file(unit: &UnitId) -> (TreePath, Document) {
    let path = TreePath::of(["accounts", unit.account.as_str()]).join("root.hcl");
    (path, Document::new(format!("account {}", unit.account), Content::Hcl(root())))
}

fn include() -> Block {
    Block::builder("include")
        .add_label("root")
        .add_attribute(("path", call("find_in_parent_folders", ["root.hcl".into()])))
        .build()
}

fn source(module: String) -> Block {
    Block::builder("terraform").add_attribute(("source", module)).build()
}

fn terragrunt(unit: &Unit) -> Body {
    let (module, _) = module_source::source(&unit.id, &unit.kind.place, Layout::Terragrunt);
    let mut body = Body::builder().add_block(include()).add_block(source(module));
    for dependency in links::dependencies(unit) {
        body = body.add_block(dependency);
    }
    let is_read = |other: &&UnitId| unit.wires.iter().any(|wire| wire.from == **other);
    // Order only: nothing of these units is read.
    let paths: Vec<String> =
        unit.after.iter().filter(|other| !is_read(other)).map(|other| links::way(&unit.id, other)).collect();
    if !paths.is_empty() {
        body = body.add_block(Block::builder("dependencies").add_attribute(("paths", paths)).build());
    }
    let labels = links::labels(unit);
    let label = |wire: &crate::check::Wire| labels.get(&wire.from).cloned().unwrap_or_default();
    let inputs = links::inputs(unit, |wire| links::of_dependency(&label(wire), wire));
    let entry =
        |(name, value): (String, Expression)| (ObjectKey::Expression(Expression::String(name)), value);
    let inputs: Object<ObjectKey, Expression> = inputs.into_iter().map(entry).collect();
    body.add_attribute(("inputs", Expression::Object(inputs))).build()
}

/// What `root.hcl` needs to know of a unit.
fn identity(
    unit: &UnitId,
    kind: &str,
    state_object: &StateObject,
    required: &BTreeMap<String, String>,
    provider: &Provider,
) -> Value {
    let mut identity = hcl::Map::new();
    identity.insert("unit".to_owned(), Value::from(unit.to_string()));
    identity.insert("kind".to_owned(), Value::from(kind));
    identity.insert("state".to_owned(), Value::Object(state(state_object)));
    identity.insert("providers".to_owned(), Value::Object(providers::arguments(required, provider)));
    Value::Object(identity)
}

fn root() -> Body {
    // `get_terragrunt_dir` is the folder of the unit, also here in the file that it includes; `mark_as_read` makes a
    // change of the file count as a change of the unit.
    let unit_file = Expression::from(TemplateExpr::from("${get_terragrunt_dir()}/unit.json"));
    let unit = call("jsondecode", [call("file", [call("mark_as_read", [unit_file])])]);
    Body::builder()
        .add_attribute(("terragrunt_version_constraint", TERRAGRUNT_VERSIONS))
        .add_attribute(("terraform_version_constraint", TERRAFORM_VERSIONS))
        .add_block(Block::builder("locals").add_attribute(("unit", unit)).build())
        .add_block(remote_state())
        .add_block(generate_provider())
        .build()
}

fn remote_state() -> Block {
    let generate =
        object([("path", "landform_backend.tf".into()), ("if_exists", "overwrite_terragrunt".into())]);
    let config = object([
        ("bucket", traversal(&["local", "unit", "state", "bucket"])),
        ("key", traversal(&["local", "unit", "state", "key"])),
        ("region", traversal(&["local", "unit", "state", "region"])),
        ("encrypt", true.into()),
        ("use_lockfile", true.into()),
    ]);
    Block::builder("remote_state")
        .add_attribute(("backend", "s3"))
        .add_attribute(("generate", generate))
        .add_attribute(("config", config))
        .build()
}

/// The providers as JSON, because a value in JSON cannot become code, and JSON has no comment for a signature.
///
/// Terraform takes no `provider` without a name, so there is no file for a unit whose module needs none that is configured.
fn generate_provider() -> Block {
    let count = call("length", [traversal(&["local", "unit", "providers"])]);
    let is_none = BinaryOp::new(count, BinaryOperator::Eq, Expression::from(0));
    let contents = call("jsonencode", [object([("provider", traversal(&["local", "unit", "providers"]))])]);
    Block::builder("generate")
        .add_label("provider")
        .add_attribute(("path", "landform_provider.tf.json"))
        .add_attribute(("if_exists", "overwrite"))
        .add_attribute(("disable", Expression::from(Operation::from(is_none))))
        .add_attribute(("if_disabled", "remove"))
        .add_attribute(("disable_signature", true))
        .add_attribute(("contents", contents))
        .build()
}

fn object<const N: usize>(entries: [(&'static str, Expression); N]) -> Expression {
    let entry = |(key, value)| (ObjectKey::Identifier(Identifier::sanitized(key)), value);
    entries.into_iter().map(entry).collect::<Object<ObjectKey, Expression>>().into()
}

fn call<const N: usize>(name: &'static str, arguments: [Expression; N]) -> Expression {
    arguments
        .into_iter()
        .fold(FuncCall::builder(Identifier::sanitized(name)), hcl::FuncCallBuilder::arg)
        .build()
        .into()
}
