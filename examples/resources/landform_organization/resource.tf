# Made where there is none; taken as it is where there is one. Central root access is on by default.
resource "landform_organization" "example" {
  # Left out, the kinds of policy of all guardrails are on.
  policy_types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "DECLARATIVE_POLICY_EC2", "TAG_POLICY"]

  # Others that are trusted already stay so.
  trusted_services = ["sso.amazonaws.com", "account.amazonaws.com"]

  root_access = {
    credentials_management = true
    sessions               = true
  }
}

# Where policies come together to something that AWS does not enforce.
output "invalid_policies" {
  value = landform_organization.example.invalid_effective_policies
}
