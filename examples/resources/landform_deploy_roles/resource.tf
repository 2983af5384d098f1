# GitHub Actions plans every pull request and applies from one environment; Atlantis does both.
resource "landform_deploy_roles" "example" {
  account_id = var.account_id

  trust = {
    # Landform makes the OIDC provider where the account has none for the issuer.
    oidc = [{
      issuer = "https://token.actions.githubusercontent.com"

      # Each to the letter: with "*" or "?" others would get in.
      subjects       = ["repo:acme/infrastructure:pull_request", "repo:acme/infrastructure:environment:production"]
      apply_subjects = ["repo:acme/infrastructure:environment:production"]
    }]

    # AWS takes roles that exist. Left out here: the ARN comes from the account that Atlantis runs in.
    roles = var.atlantis_role_arn == null ? null : [var.atlantis_role_arn]
  }

  # Both roles read the states of this bucket, the one that applies writes them.
  state = { bucket = "acme-terraform-state" }

  # The role that applies makes roles only with its own boundary: set `permissions_boundary` to `boundary_arn` on each.
  new_roles_need_boundary = true

  tags = { team = "platform" }
}

# Known at plan.
output "apply_role_arn" {
  value = landform_deploy_roles.example.apply_role_arn
}

output "boundary_arn" {
  value = landform_deploy_roles.example.boundary_arn
}

# Issuers whose OIDC provider somebody else made: it is used as it is and stays.
output "shared_oidc_providers" {
  value = landform_deploy_roles.example.shared_oidc_providers
}
