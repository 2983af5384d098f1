resource "landform_vpc" "this" {
  account_id              = var.account_id
  region                  = var.region
  name                    = var.name
  cidr                    = var.cidr
  ipam_pool_id            = var.ipam_pool_id
  secondary_cidrs         = var.secondary_cidrs
  pods_cidr               = var.pods_cidr
  profile                 = var.profile
  azs                     = var.azs
  tiers                   = var.tiers
  custom_tiers            = var.custom_tiers
  subnet_overrides        = var.subnet_overrides
  egress                  = var.egress
  routes                  = var.routes
  gateway_endpoints       = var.gateway_endpoints
  interface_endpoints     = var.interface_endpoints
  dhcp_options            = var.dhcp_options
  flow_logs               = var.flow_logs
  map_public_ip_on_launch = var.map_public_ip_on_launch
  kubernetes              = var.kubernetes
  tier_tags               = var.tier_tags
  deletion_protection     = var.deletion_protection
  tags                    = var.tags
}
