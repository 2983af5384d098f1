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

# The budget and those who hear of it change, and snapshots may be public.
resource "landform_account_baseline" "main" {
  account_id             = var.account_id
  regions                = ["eu-west-1", "us-east-1"]
  instance_metadata      = { http_tokens = "optional", hop_limit = 3 }
  block_public_images    = false
  block_public_snapshots = "unblocked"
  serial_console         = true
  s3_public_access_block = false
  password_policy        = { minimum_length = 20, maximum_age_days = 0 }
  alias                  = "acme-${var.account_id}"
  ebs_encryption         = { enabled = false }
  budget                 = { monthly_usd = 300, actual_alerts = [50], emails = ["aws@example.com"] }
}

output "settings" { value = landform_account_baseline.main.settings }
output "account_settings" { value = landform_account_baseline.main.account_settings }
