terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

# Every account has an address of its own, and all mail comes to one mailbox.
locals {
  emails = { for account in ["payments-dev", "payments-prod"] : account => provider::landform::email_alias("aws@acme.example", account) }
}

output "emails" {
  value = local.emails # { payments-dev = "aws+payments-dev@acme.example", ... }
}
