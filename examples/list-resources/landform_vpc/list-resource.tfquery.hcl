# The networks of this stack, with the configuration that makes them:
# terraform query -generate-config-out=networks.tf
list "landform_vpc" "all" {
  provider = landform

  # All attributes, not only the identity.
  include_resource = true

  config {
    account_id = var.account_id
    region     = "us-east-1"
  }
}
