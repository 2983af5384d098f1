terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

# The blocks that a landform_vpc will use, before it exists: for firewall rules or the routes of a partner.
locals {
  layout = provider::landform::cidr_layout("10.32.0.0/16", "standard")
}

output "private" {
  value = local.layout.private # { a = "10.32.0.0/19", b = "10.32.32.0/19", ... }
}

output "database_of_slot_a" {
  value = local.layout.database.a
}
