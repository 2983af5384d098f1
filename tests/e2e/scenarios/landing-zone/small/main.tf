terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "stack" { type = string }

provider "landform" {
  region      = "us-east-1"
  stack       = var.stack
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}

resource "landform_organization" "this" {
  policy_types     = ["SERVICE_CONTROL_POLICY"]
  trusted_services = ["account.amazonaws.com"]
}

resource "landform_organizational_units" "this" {
  root_id = landform_organization.this.root_id
  units   = { Workloads = {}, Suspended = {} }
}

resource "landform_account" "dev" {
  name  = "dev"
  email = "dev@example.com"
  ou    = landform_organizational_units.this.paths["Workloads"]

  wait_ready          = false
  deletion_protection = false
}

resource "landform_guardrails" "this" {
  name    = "small"
  targets = [landform_organizational_units.this.paths["Workloads"]]
  enable  = ["deny-leave-organization"]
}
