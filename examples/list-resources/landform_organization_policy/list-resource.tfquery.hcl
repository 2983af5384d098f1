# What this stack has, with the configuration that makes it:
# terraform query -generate-config-out=found.tf
list "landform_organization_policy" "all" {
  provider = landform

  # All attributes, not only the identity.
  include_resource = true
}
