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

# To the same place, in other records: another flow log takes the place of the first.
resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = "10.0.0.0/16"
  azs                 = { a = "use1-az1", b = "use1-az2", c = "use1-az4" }
  tiers               = ["public", "private", "intra"]
  deletion_protection = false

  flow_logs = {
    destination_arn     = "arn:aws:logs:us-east-1:${var.account_id}:log-group:flows"
    role_arn            = "arn:aws:iam::${var.account_id}:role/flow-logs"
    aggregation_seconds = 60
    format              = "$${srcaddr} $${dstaddr} $${action}"
  }
}

output "flow_log_id" {
  value = landform_vpc.main.flow_log_id
}
