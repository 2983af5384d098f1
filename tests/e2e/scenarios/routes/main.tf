terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" { type = string }
variable "stack" { type = string }

variable "via" { type = string }

variable "routed" {
  type    = bool
  default = true
}

provider "landform" {
  region              = "us-east-1"
  stack               = var.stack
  assume_role         = { role_name = "OrganizationAccountAccessRole" }
  allowed_account_ids = [var.account_id]
  default_tags        = { managed-by = "landform" }
}

# Another network is reached by a gateway that somebody else made.
resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = "10.0.0.0/16"
  azs                 = { a = "use1-az1", b = "use1-az2" }
  tiers               = ["public", "private"]
  deletion_protection = false

  routes = !var.routed ? null : [
    { to = "10.64.0.0/10", via = var.via },
    { to = "192.168.0.0/16", via = var.via, tiers = ["private"] },
  ]
}
