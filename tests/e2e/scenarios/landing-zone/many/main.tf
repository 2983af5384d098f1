terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "stack" { type = string }
variable "count_of_accounts" { type = number }

provider "landform" {
  region = "us-east-1"
  stack  = var.stack
}

resource "landform_organizational_units" "this" {
  units = { Workloads = {} }
  adopt = true
}

resource "landform_account" "this" {
  for_each = toset([for number in range(var.count_of_accounts) : tostring(number)])

  name  = "account ${each.key}"
  email = "account-${each.key}@example.com"
  ou    = landform_organizational_units.this.paths["Workloads"]

  wait_ready          = false
  deletion_protection = false
}
