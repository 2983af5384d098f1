# What holds for every account but the management account.
resource "landform_guardrails" "baseline" {
  name    = "baseline"
  targets = ["Root"]

  profile = "baseline"
  disable = ["rcp-oidc-trust"]
  parameters = {
    allowed_regions = ["eu-central-1", "us-east-1"]
    log_buckets     = ["acme-log-archive-*"]
  }
}

# What holds for workloads besides, with a rule of our own.
resource "landform_guardrails" "workloads" {
  name    = "workloads"
  targets = [landform_organizational_units.example.paths["Workloads"]]

  enable       = ["deny-public-network", "protect-backup", "require-ebs-encryption"]
  exempt_roles = ["arn:aws:iam::*:role/acme-network"]
  extra = {
    no-lightsail = {
      policy_type = "SERVICE_CONTROL_POLICY"
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Deny", Action = "lightsail:*", Resource = "*" }]
      })
    }
  }
}

# What is left of AWS's limits: target to kind of policy to slots.
output "slots" {
  value = landform_guardrails.baseline.slots
}
