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

# A network that no profile lays out so: its block is too small for one, and its subnets have many sizes.
resource "landform_vpc" "main" {
  account_id = var.account_id
  name       = "main"
  cidr       = "10.0.0.0/25"
  azs        = { a = "use1-az1", b = "use1-az2" }
  subnet_overrides = {
    private = { a = "10.0.0.0/27", b = "10.0.0.64/26" }
    public  = { a = "10.0.0.32/28", b = "10.0.0.48/28" }
  }
  egress              = { mode = "single_nat" }
  deletion_protection = false
}

output "private" {
  value = landform_vpc.main.subnets["private"]["a"].cidr
}
