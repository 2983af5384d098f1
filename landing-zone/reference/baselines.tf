resource "landform_account_baseline" "this" {
  for_each = landform_account.this

  account_id = each.value.id
  regions    = var.regions
  alias      = "${var.organization}-${each.key}"

  budget = {
    monthly_usd = local.accounts[each.key].monthly_usd
    emails      = [var.mailbox]
  }
}
