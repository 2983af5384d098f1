locals {
  more_workloads = { for name in var.more_workloads : name => { ou = "Workloads", monthly_usd = 500 } }
  accounts       = merge(local.more_workloads, var.accounts)
}

# Made, or taken in where the organization has an account with this address.
resource "landform_account" "this" {
  for_each = local.accounts

  name  = coalesce(try(each.value.name, null), each.key)
  email = provider::landform::email_alias(var.mailbox, each.key)
  ou    = landform_organizational_units.this.paths[each.value.ou]

  deletion_protection = var.deletion_protection
}
