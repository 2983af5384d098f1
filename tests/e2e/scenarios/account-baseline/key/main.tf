terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" { type = string }
variable "stack" { type = string }
variable "kms_key" { type = string }

provider "landform" {
  region              = "us-east-1"
  stack               = var.stack
  assume_role         = { role_name = "OrganizationAccountAccessRole" }
  allowed_account_ids = [var.account_id]
}

# Volumes are encrypted with a key of our own, which is of one region.
resource "landform_account_baseline" "main" {
  account_id = var.account_id
  regions    = ["us-east-1"]

  ebs_encryption  = { kms_key = var.kms_key }
  password_policy = { enabled = false }
}

output "settings" { value = landform_account_baseline.main.settings }
output "account_settings" { value = landform_account_baseline.main.account_settings }
