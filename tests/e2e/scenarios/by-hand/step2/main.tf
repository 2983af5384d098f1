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

# A zone and a NAT gateway less: what stays is where it was.
resource "landform_vpc" "main" {
  account_id = var.account_id
  name       = "main"
  cidr       = "10.0.0.0/25"
  azs        = { a = "use1-az1" }
  subnet_overrides = {
    private = { a = "10.0.0.0/27" }
    public  = { a = "10.0.0.32/28" }
  }
  deletion_protection = false
}

output "private" {
  value = landform_vpc.main.subnets["private"]["a"].cidr
}
