# All accounts that can be used, wherever they are in the organization.
data "landform_accounts" "all" {}

# Those directly below the root: nobody has put them into a unit yet.
data "landform_accounts" "unsorted" {
  ou        = "Root"
  recursive = false
}

# In a unit and all units below it, a path such as "Workloads/Prod". A path that does not exist is an error.
data "landform_accounts" "payments" {
  ou          = var.ou
  name_prefix = "payments-"
}

# For for_each as well: account id to name, email, state and ou.
output "emails" {
  value = { for id, account in data.landform_accounts.all.accounts : id => account.email }
}

output "unsorted" {
  value = data.landform_accounts.unsorted.ids
}

output "payments" {
  value = data.landform_accounts.payments.ids
}
