# A network that another stack made, found by its tags: no access to that stack's state is needed.
data "landform_vpc" "main" {
  account_id = var.account_id
  name       = "main"

  # May be left out as long as only one network of the account and region has the name.
  stack = var.network_stack
}

output "vpc_id" {
  value = data.landform_vpc.main.id
}

output "database_subnet_ids" {
  value = data.landform_vpc.main.subnet_ids["database"]
}
