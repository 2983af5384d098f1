resource "landform_organization_policy" "baseline" {
  name    = "baseline"
  targets = ["Root"]

  enable = [
    "ai-opt-out",
    "ami-block-public",
    "imds-required",
    "required-tags",
    "s3-block-public",
    "serial-console-off",
    "snapshot-block-public",
  ]
  parameters = {
    metadata_hops      = 2
    required_tag       = "CostCenter"
    required_tag_types = ["ec2:instance", "s3:bucket"]
  }
}

# Accounts in which AWS keeps to older settings, because policies contradict each other there.
output "invalid_accounts" {
  value = landform_organization_policy.baseline.invalid_accounts
}
