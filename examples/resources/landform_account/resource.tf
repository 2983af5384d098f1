# An account for the payments team, in production.
resource "landform_account" "example" {
  name = "payments-prod"

  # One mailbox for all accounts: aws+payments-prod@acme.example. An account of the organization that has it is taken in.
  email = provider::landform::email_alias("aws@acme.example", "payments-prod")

  # From the tree, so that the unit is made first and a path that is misspelled is an error at plan. Or a text, or "Root".
  ou = landform_organizational_units.main.paths["Workloads/Prod"]

  tags = { team = "payments", cost-center = "4711" }

  # Whom AWS writes to. Needs account.amazonaws.com as a trusted service of the organization.
  contacts = var.security_contact == null ? null : { security = var.security_contact }

  # "forget" leaves the account where it is; "close" needs `allow_account_closure = true` in the provider block.
  on_destroy = "quarantine"

  # Leave this out for an account that matters: it is then true.
  deletion_protection = false
}

output "account_id" {
  value = landform_account.example.id
}
