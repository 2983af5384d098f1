//! Units of modules and of resources: their inputs are checked, and what they refer to is found in both layouts.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_generator::check::check;
use landform_generator::check::ledger::Ledger;
use landform_generator::contract::MOCK;
use landform_generator::generate;
use landform_generator::render::Rendered;
use landform_generator::source::Source;
use landform_generator::spec::{Estate, ModuleFiles};
use landform_generator::tree::{Layout, TreePath, UnitIndex};
use resolve::{parsed, text};
use serde_json::{Value, json};

#[path = "units/hostile.rs"]
mod hostile;
#[path = "units/problems.rs"]
mod problems;
#[path = "units/resolve.rs"]
mod resolve;
#[path = "units/retired.rs"]
mod retired;

const SPEC: &str = r#"organization:
  name: acme
  management_account_id: "109876543210"
  regions: [us-east-1, eu-west-1]
  state: { bucket: acme-terraform-state, region: us-east-1 }
accounts:
  dev: { id: "321098765432" }
  prod: { id: "432109876543" }
environments: { dev: , prod: }
networks:
  - { name: main, environment: prod, account: prod, region: us-east-1, cidr: 10.0.0.0/16, azs: { a: use1-az1 }, tiers: [private] }
modules:
  database:
    source: ./modules/database
    outputs: { endpoint: string }
  queue:
    source: acme/queue/aws
    version: "4.2.1"
    providers: { aws: hashicorp/aws }
    inputs: { name: string, consumers: optional(list(string)), settings: "optional(object({ database = string }))" }
    outputs: { urls: map(string) }
units:
  - name: orders
    kind: database
    environment: prod
    account: prod
    region: us-east-1
    inputs: { engine: postgres, size: 20 }
    references:
      network.subnet_ids: { from: main, output: subnet_ids, path: [private] }
      network.vpc_id: { from: main, output: id }
  - name: events
    kind: queue
    environment: prod
    account: prod
    region: eu-west-1
    inputs: { consumers: ["${oops}"] }
    references:
      settings.database: { from: prod/us-east-1/prod/orders, output: endpoint }
  - name: spare
    kind: landform_vpc
    environment: dev
    account: dev
    region: us-east-1
    inputs: { cidr: 10.9.0.0/16, azs: { a: use1-az1 }, tiers: [private] }
    after: [prod/eu-west-1/prod/events]
"#;

const VARIABLES: &str = r#"variable "name" {
  type = string
}

variable "engine" {
  description = "The engine of the database."
  type        = string
  nullable    = false
}

variable "size" {
  type    = number
  default = 10
}

variable "network" {
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    groups     = optional(set(string))
  })
}

variable "password" {
  type      = string
  sensitive = true
  default   = null
}

output "endpoint" {
  description = "Where the database is."
  value       = "x"
}

output "password" {
  value     = var.password
  sensitive = true
}

output "untyped" {
  value = 1
}
"#;

const VERSIONS: &str = "terraform {
  required_providers {
    aws = {
      source = \"hashicorp/aws\"
    }
  }
}

module \"common\" {
  source = \"../common\"
}
";

fn path(text: &str) -> TreePath {
    text.to_owned().try_into().unwrap()
}

fn files(files: &[(&str, &str, &str)]) -> ModuleFiles {
    let mut found = ModuleFiles::new();
    for (folder, name, text) in files {
        found.entry(path(folder)).or_default().insert(path(name), text.as_bytes().to_vec());
    }
    found
}

fn module_files() -> ModuleFiles {
    files(&[
        ("modules/database", "variables.tf", VARIABLES),
        ("modules/database", "versions.tf", VERSIONS),
        ("modules/database", "templates/setup.sql", "select 1;\n"),
        ("modules/common", "main.tf", "locals {\n  a = 1\n}\n"),
    ])
}

fn source(text: &str) -> Source {
    Source::parse("estate.yaml", text).unwrap()
}

fn estate(text: &str) -> Estate {
    let source = source(text);
    let mut estate = source.estate().unwrap_or_else(|found| panic!("{}", source.report(&found[0])));
    estate.module_files = module_files();
    estate
}

fn rendered(text: &str, layout: Layout) -> Rendered {
    let estate = estate(text);
    check(&estate, &Ledger::default()).unwrap_or_else(|found| panic!("{}", source(text).report(&found[0])));
    generate(&estate, layout, &Ledger::default()).unwrap()
}

const ORDERS: &str = "accounts/prod/us-east-1/prod/orders";
const EVENTS: &str = "accounts/prod/eu-west-1/prod/events";

#[test]
fn both_layouts_resolve_to_the_same_inputs() {
    let (terragrunt, terraform) = (rendered(SPEC, Layout::Terragrunt), rendered(SPEC, Layout::Terraform));
    let links = resolve::in_terraform(&terraform);
    assert_eq!(links.len(), 4);
    assert_eq!(links, resolve::in_terragrunt(&terragrunt));
    let orders = "prod/us-east-1/prod/orders";
    let main = |way: &str| json!({ "unit": "prod/us-east-1/prod/main", "way": way });
    assert_eq!(
        links[orders],
        json!({
            "name": "orders", "engine": "postgres", "size": 20,
            "network": { "subnet_ids": main("subnet_ids.private"), "vpc_id": main("id") },
        })
    );
    let database = json!({ "unit": orders, "way": "endpoint" });
    assert_eq!(links["prod/eu-west-1/prod/events"]["settings"], json!({ "database": database }));
    let escaped = "consumers = [\"$${oops}\"]";
    for (tree, file) in [(&terragrunt, "terragrunt.hcl"), (&terraform, "main.tf")] {
        let written = text(tree, &format!("{EVENTS}/{file}"));
        assert!(written.contains(escaped), "{written}");
    }
}

#[test]
fn a_terragrunt_unit_with_references() {
    let tree = rendered(SPEC, Layout::Terragrunt);
    insta::assert_snapshot!(text(&tree, &format!("{ORDERS}/terragrunt.hcl")));
}

#[test]
fn terraform_units_with_references() {
    let tree = rendered(SPEC, Layout::Terraform);
    let files: String = tree
        .files
        .keys()
        .filter(|file| file.as_str().starts_with(ORDERS) || file.as_str().starts_with(EVENTS))
        .map(|file| format!("----- {file}\n{}", text(&tree, file.as_str())))
        .collect();
    insta::assert_snapshot!(files);
}

#[test]
fn mocks_are_for_init_and_validate_only() {
    let tree = rendered(SPEC, Layout::Terragrunt);
    for (folder, label) in [(ORDERS, "main"), (EVENTS, "orders")] {
        let dependency = &parsed(&tree, &format!("{folder}/terragrunt.hcl"))["dependency"][label];
        assert_eq!(dependency["mock_outputs_allowed_terraform_commands"], json!(["init", "validate"]));
        assert_eq!(dependency["mock_outputs_merge_strategy_with_state"], "shallow");
        assert!(dependency["mock_outputs"].to_string().contains(MOCK), "{dependency}");
    }
}

#[test]
fn references_order_the_units() {
    for layout in Layout::ALL {
        let tree = rendered(SPEC, layout);
        let index: UnitIndex = serde_json::from_str(&text(&tree, ".landform/units.json")).unwrap();
        let order: Vec<&str> = index.units.iter().map(|unit| unit.id.rsplit('/').next().unwrap()).collect();
        assert_eq!(order, ["main", "orders", "events", "spare"]);
        assert_eq!(index.units[2].after, ["prod/us-east-1/prod/orders"]);
    }
    // Order without a reference is a path; what is read is a dependency.
    let file = parsed(&rendered(SPEC, Layout::Terragrunt), "accounts/dev/us-east-1/dev/spare/terragrunt.hcl");
    assert_eq!(file["dependencies"]["paths"], json!(["../../../../prod/eu-west-1/prod/events"]));
    assert_eq!(file.get("dependency"), None);
}

#[test]
fn a_folder_comes_into_the_tree_with_the_neighbours_that_it_calls() {
    let tree = rendered(SPEC, Layout::Terragrunt);
    let vendored: Vec<&str> =
        tree.files.keys().filter_map(|file| file.as_str().strip_prefix("vendor/modules/")).collect();
    let expected =
        ["common/main.tf", "database/templates/setup.sql", "database/variables.tf", "database/versions.tf"];
    assert_eq!(vendored, expected);
    assert_eq!(text(&tree, "vendor/modules/database/variables.tf"), VARIABLES);
    let index: UnitIndex = serde_json::from_str(&text(&tree, ".landform/units.json")).unwrap();
    let orders = index.units.iter().find(|unit| unit.kind == "database").unwrap();
    assert_eq!(orders.modules, [path("vendor/modules/database"), path("vendor/modules/common")]);
    assert!(!tree.files.keys().any(|file| file.as_str().starts_with("vendor/modules/queue")));
}

#[test]
fn a_resource_of_the_provider_is_a_kind_without_code() {
    let tree = rendered(SPEC, Layout::Terraform);
    let unit = parsed(&tree, "accounts/dev/us-east-1/dev/spare/main.tf");
    let module = &unit["module"]["landform_vpc"];
    assert_eq!(module["source"], "../../../../../modules/landform_vpc");
    assert_eq!((&module["account_id"], &module["name"]), (&json!("321098765432"), &json!("spare")));
    let resource = parsed(&tree, "modules/landform_vpc/main.tf");
    assert_eq!(resource["resource"]["landform_vpc"]["this"]["cidr"], "${var.cidr}");
}

#[test]
fn each_provider_is_configured_for_account_and_region() {
    let tree = rendered(SPEC, Layout::Terragrunt);
    let identity: Value = serde_json::from_str(&text(&tree, &format!("{EVENTS}/unit.json"))).unwrap();
    let arn = "arn:aws:iam::432109876543:role/OrganizationAccountAccessRole";
    assert_eq!(
        identity["providers"],
        json!({ "aws": {
            "region": "eu-west-1", "allowed_account_ids": ["432109876543"],
            "assume_role": { "role_arn": arn }, "default_tags": { "tags": {} },
        }})
    );
}
