# Workflows on GitHub plan with one role and apply with another, which is bounded.
resource "landform_deploy_roles" "this" {
  for_each = landform_account.this

  account_id = each.value.id
  trust = {
    oidc = [{
      issuer         = "https://token.actions.githubusercontent.com"
      subjects       = ["repo:${var.repository}:pull_request", "repo:${var.repository}:environment:${each.key}"]
      apply_subjects = ["repo:${var.repository}:environment:${each.key}"]
    }]
  }
}
