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
}

# What an account is like when nobody says anything of it, in two regions at once.
resource "landform_account_baseline" "main" {
  account_id = var.account_id
  regions    = ["eu-west-1", "us-east-1"]
}

output "settings" { value = landform_account_baseline.main.settings }
output "account_settings" { value = landform_account_baseline.main.account_settings }
