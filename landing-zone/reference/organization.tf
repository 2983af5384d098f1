# Made where there is none, taken as it is where there is one. The kinds of policy of all guardrails are on, and nobody needs a
# root user: central root access is on, too.
resource "landform_organization" "this" {
  trusted_services = [
    "account.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "guardduty.amazonaws.com",
    "ram.amazonaws.com",
    "sso.amazonaws.com",
  ]
}

# Security, Infrastructure, Workloads, Sandbox, Suspended.
resource "landform_organizational_units" "this" {
  root_id = landform_organization.this.root_id
  preset  = "small"
  adopt   = true

  # Accounts outlive a destroy, and so do the units that they are in.
  on_remove = "retain"
}
