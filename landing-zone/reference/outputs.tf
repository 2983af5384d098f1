output "account_ids" {
  description = "The ids of the accounts by key."
  value       = { for key, account in landform_account.this : key => account.id }
}

output "organizational_unit_ids" {
  description = "The ids of the organizational units by path."
  value       = landform_organizational_units.this.ids
}

output "guardrails" {
  description = "What each set of guardrails is packed into: policies, and bytes before and after."
  value = {
    for set in [landform_guardrails.baseline, landform_guardrails.workloads, landform_guardrails.sandbox, landform_guardrails.suspended] :
    set.name => {
      documents    = keys(set.documents)
      bytes_before = set.bytes_before
      bytes_after  = set.bytes_after
    }
  }
}
