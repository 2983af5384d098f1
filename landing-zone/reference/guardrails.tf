locals {
  units = landform_organizational_units.this.paths

  # Where work is done: all of the tree but what waits to be closed.
  working_units = [local.units["Security"], local.units["Infrastructure"], local.units["Workloads"], local.units["Sandbox"]]
}

# What holds wherever work is done.
resource "landform_guardrails" "baseline" {
  name    = "baseline"
  targets = local.working_units
  profile = "baseline"

  parameters = {
    allowed_regions = var.regions
    log_buckets     = ["${var.organization}-logs-*"]
    oidc_subjects   = ["repo:${split("/", var.repository)[0]}/*"]
  }
}

# What holds for workloads besides.
resource "landform_guardrails" "workloads" {
  name    = "workloads"
  targets = [local.units["Workloads"]]
  profile = "workloads"

  parameters = {
    allowed_regions = var.regions

    # Every new role is bounded as the role that made it is.
    permissions_boundaries = ["arn:aws:iam::*:policy/landform-*-boundary"]
  }
}

# Small instances only, and nothing that is paid for years.
resource "landform_guardrails" "sandbox" {
  name    = "sandbox"
  targets = [local.units["Sandbox"]]
  profile = "sandbox"
}

# Nothing can be done in an account that waits to be closed, but by the roles that could bring it back.
resource "landform_guardrails" "suspended" {
  name         = "suspended"
  targets      = [local.units["Suspended"]]
  enable       = ["suspended"]
  exempt_roles = ["arn:aws:iam::*:role/landform-plan"]
}
