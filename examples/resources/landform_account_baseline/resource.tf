resource "landform_account_baseline" "example" {
  account_id = var.account_id
  regions    = ["eu-west-1", "us-east-1"]

  # Encryption, IMDSv2 and blocks of public access are on without a word.
  ebs_encryption    = { kms_key = var.ebs_kms_key_alias }
  instance_metadata = { hop_limit = 1 }

  # Default VPCs go, unless somebody uses them.
  default_vpc = "absent"

  password_policy = { minimum_length = 16 }
  alias           = var.alias

  budget = {
    monthly_usd     = 2000
    actual_alerts   = [80, 100]
    forecast_alerts = [100]
    emails          = ["aws-costs@example.com"]
  }
}

output "settings" {
  value = landform_account_baseline.example.settings
}

# What a policy of the organization enforces, and no apply fights.
output "enforced_by_organization" {
  value = {
    for region, settings in landform_account_baseline.example.settings :
    region => [for name, by in settings.enforced_by : name if by == "organization policy"]
  }
}
