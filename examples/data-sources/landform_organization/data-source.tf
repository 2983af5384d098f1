# The organization of the credentials, whoever made it.
data "landform_organization" "main" {}

output "organization_id" {
  value = data.landform_organization.main.id
}

# Path to id.
output "organizational_units" {
  value = data.landform_organization.main.organizational_units
}

output "management_account_name" {
  value = data.landform_organization.main.accounts[data.landform_organization.main.management_account_id].name
}
