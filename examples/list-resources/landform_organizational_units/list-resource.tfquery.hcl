# The tree of the organization, whoever made it, with the configuration that keeps it as it is:
# terraform query -generate-config-out=organizational_units.tf
list "landform_organizational_units" "all" {
  provider = landform

  # All attributes, not only the identity.
  include_resource = true
}
