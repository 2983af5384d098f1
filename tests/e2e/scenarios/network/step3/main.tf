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

# A zone and the NAT gateways go; DNS hostnames are switched off.
resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = "10.0.0.0/16"
  azs                 = { a = "use1-az1", c = "use1-az4" }
  tiers               = ["private", "database"]
  dns_hostnames       = false
  deletion_protection = false
}
