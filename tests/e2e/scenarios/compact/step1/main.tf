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

resource "landform_vpc" "small" {
  account_id          = var.account_id
  name                = "small"
  cidr                = "10.1.0.0/24"
  profile             = "compact"
  azs                 = { a = "use1-az1" }
  egress              = { mode = "zonal_nat" }
  deletion_protection = false
}
