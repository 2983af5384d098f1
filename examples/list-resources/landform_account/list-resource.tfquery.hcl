# Every open account of the organization, with the configuration that keeps it as it is:
# terraform query -generate-config-out=accounts.tf
list "landform_account" "all" {
  provider = landform

  # All attributes, not only the identity.
  include_resource = true

  # Only those in a unit or below it: config { ou = "Workloads" }
}
