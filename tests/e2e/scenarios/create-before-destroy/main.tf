terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" { type = string }
variable "stack" { type = string }

provider "landform" {
  region              = "us-east-1"
  stack               = var.stack
  assume_role         = { role_name = "OrganizationAccountAccessRole" }
  allowed_account_ids = [var.account_id]
  default_tags        = { managed-by = "landform" }
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/16"
}

variable "deletion_protection" {
  type    = bool
  default = false
}

# Three zones with a NAT gateway in each: the network that budgets and faults are measured on.
resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = var.cidr
  azs                 = { a = "use1-az1", b = "use1-az2", c = "use1-az4" }
  egress              = { mode = "zonal_nat" }
  deletion_protection = var.deletion_protection
  allow_replace       = ["cidr"]

  lifecycle {
    create_before_destroy = true
  }
}
