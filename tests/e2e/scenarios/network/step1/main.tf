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

# One NAT gateway for two zones.
resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = "10.0.0.0/16"
  azs                 = { a = "use1-az1", b = "use1-az2" }
  egress              = { mode = "single_nat" }
  deletion_protection = false
}

data "landform_vpc" "main" {
  account_id = var.account_id
  name       = landform_vpc.main.name
  depends_on = [landform_vpc.main]
}

# The keys are known at plan, so for_each works on them.
resource "terraform_data" "subnet" {
  for_each = landform_vpc.main.subnets["private"]
  input    = each.value.cidr
}

output "private" {
  value = landform_vpc.main.subnet_ids["private"]
}

output "found" {
  value = data.landform_vpc.main.subnet_ids["private"]
}
