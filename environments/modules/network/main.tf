resource "landform_vpc" "this" {
  account_id          = var.account_id
  region              = var.region
  name                = var.name
  cidr                = var.cidr
  profile             = var.profile
  azs                 = var.azs
  tiers               = var.tiers
  egress              = var.egress
  deletion_protection = var.deletion_protection
  tags                = var.tags
}
