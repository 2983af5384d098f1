//! Trees as people write them.

/// A folder for the account, one for the region, one for the environment, and everything looked up on the way.
pub(crate) const TERRAGRUNT: &[(&str, &str)] = &[
    ("live/root.hcl", ROOT),
    (
        "live/prod/account.hcl",
        "locals {\n  account_name   = \"prod\"\n  aws_account_id = \"432109876543\"\n}\n",
    ),
    ("live/stage/account.hcl", "locals {\n  account_name = \"stage\"\n}\n"),
    ("live/lost/account.hcl", "locals {\n  account_name = \"lost\"\n}\n"),
    ("live/prod/us-east-1/region.hcl", "locals {\n  aws_region = \"us-east-1\"\n}\n"),
    ("live/prod/us-east-1/prod/env.hcl", "locals {\n  environment = \"prod\"\n}\n"),
    ("live/prod/eu-west-1/prod/env.hcl", "locals {\n  environment = \"prod\"\n}\n"),
    ("live/prod/us-east-1/prod/vpc/terragrunt.hcl", VPC),
    ("live/prod/eu-west-1/prod/vpc/terragrunt.hcl", VPC),
    ("live/stage/us-east-1/stage/vpc/terragrunt.hcl", VPC),
    ("live/lost/us-east-1/dev/vpc/terragrunt.hcl", VPC),
    ("live/prod/us-east-1/prod/data/orders/terragrunt.hcl", ORDERS),
    ("live/prod/eu-west-1/prod/queue/terragrunt.hcl", QUEUE),
    ("live/prod/eu-west-1/prod/broken/terragrunt.hcl", "include {\n"),
    ("live/prod/eu-west-1/prod/zip/terragrunt.hcl", ZIP),
    ("live/prod/global/iam/terragrunt.hcl", VPC),
    ("live/prod/us-east-1/prod/vpc/.terragrunt-cache/x/terragrunt.hcl", VPC),
    ("modules/database/main.tf", DATABASE),
];

const ROOT: &str = r#"locals {
  account = read_terragrunt_config(find_in_parent_folders("account.hcl"))
}

remote_state {
  backend = "s3"
  generate = {
    path      = "backend.tf"
    if_exists = "overwrite"
  }
  config = {
    encrypt = true
    bucket  = "acme-${local.account.locals.account_name}-state"
    key     = "${path_relative_to_include()}/terraform.tfstate"
    region  = "us-east-1"
  }
}
"#;

const VPC: &str = r#"include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "git::https://git.acme.example/modules.git//vpc?ref=v1.4.0"
}

inputs = {
  cidr = "10.0.0.0/16"
}
"#;

const ORDERS: &str = r#"include "root" {
  path = find_in_parent_folders("root.hcl")
}

locals {
  env = read_terragrunt_config(find_in_parent_folders("env.hcl")).locals.environment
  env_vars = read_terragrunt_config(find_in_parent_folders("env.hcl"))
  account  = read_terragrunt_config(find_in_parent_folders("account.hcl"))
  name     = "orders-${local.env_vars.locals.environment}"
}

terraform {
  source = "${get_repo_root()}/modules//database"
}

dependency "vpc" {
  config_path = "../../vpc"
}

inputs = {
  engine     = "postgres"
  size       = 20
  label      = local.name
  vpc_id     = dependency.vpc.outputs.vpc_id
  subnet_ids = dependency.vpc.outputs.subnet_ids["private"]
  tags       = { account = local.account.locals.account_name }
}
"#;

const QUEUE: &str = r#"include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "tfr:///acme/sqs/aws?version=4.2.1"
}

dependencies {
  paths = ["../vpc"]
}

inputs = {
  name = get_env("QUEUE")
  fifo = true
}
"#;

const ZIP: &str = r#"include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "https://acme.example/x.zip"
}
"#;

const DATABASE: &str = r#"variable "engine" { type = string }
variable "size" { type = number }
variable "label" { type = string }
variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "tags" { type = map(string) }
"#;

/// Root modules with their backends.
pub(crate) const TERRAFORM: &[(&str, &str)] = &[
    ("prod/account.hcl", "locals {\n  account_id = \"432109876543\"\n}\n"),
    (
        "prod/us-east-1/database/backend.tf",
        "terraform {\n  backend \"s3\" {\n    bucket = \"acme-state\"\n    key    = \"prod/db.tfstate\"\n    region = \"us-east-1\"\n  }\n}\n",
    ),
    (
        "prod/us-east-1/database/main.tf",
        "locals {\n  engine = \"postgres\"\n}\n\nmodule \"db\" {\n  source   = \"../../../modules/database\"\n  engine   = local.engine\n  password = var.password\n}\n",
    ),
    ("prod/us-east-1/database/variables.tf", "variable \"password\" {}\n"),
    (
        "stage/dev/eu-west-1/queue/main.tf",
        "terraform {\n  backend \"s3\" {\n    bucket = \"acme-state\"\n    key    = \"stage/queue.tfstate\"\n    region = \"us-east-1\"\n  }\n}\n\nmodule \"queue\" {\n  source  = \"acme/sqs/aws\"\n  version = \"4.2.1\"\n  fifo    = true\n}\n",
    ),
    (
        "prod/us-east-1/loose/main.tf",
        "terraform {\n  backend \"s3\" {\n    bucket = \"acme-state\"\n    key    = \"loose\"\n    region = \"us-east-1\"\n  }\n}\n\nresource \"aws_vpc\" \"a\" {}\ndata \"aws_region\" \"a\" {}\n",
    ),
    (
        "prod/us-east-1/two/main.tf",
        "terraform {\n  backend \"s3\" {\n    bucket = \"acme-state\"\n    key    = \"two\"\n    region = \"us-east-1\"\n  }\n}\n\nmodule \"a\" {\n  source = \"../../../modules/database\"\n}\nmodule \"b\" {\n  source = \"../../../modules/database\"\n}\n",
    ),
    (
        "prod/us-east-1/many/main.tf",
        "terraform {\n  backend \"s3\" {\n    bucket = \"acme-state\"\n    key    = \"many\"\n    region = \"us-east-1\"\n  }\n}\n\nmodule \"a\" {\n  source   = \"../../../modules/database\"\n  for_each = toset([\"x\"])\n}\n",
    ),
    ("prod/us-east-1/azure/main.tf", "terraform {\n  backend \"azurerm\" {}\n}\n"),
    (
        "modules/database/main.tf",
        "variable \"engine\" { type = string }\nvariable \"password\" { default = null }\n",
    ),
];
