# Three zones and four tiers: twelve subnets, and a NAT gateway in each zone.
resource "landform_vpc" "example" {
  # Any account and region of the organization: no provider alias is needed.
  account_id = var.account_id
  region     = "us-east-1"

  name = "main"
  cidr = "10.32.0.0/16"

  # How the block is cut. "compact" is for blocks of /21 to /24 and has no database tier.
  profile = "standard"

  # The letter fixes where the subnets of a zone lie, so adding a zone moves nothing.
  # Zone IDs mean the same place in every account; names such as us-east-1a do not.
  azs = { a = "use1-az1", b = "use1-az2", c = "use1-az4" }

  # One subnet per zone each. Adding a tier moves nothing either.
  tiers = ["public", "private", "database", "intra"]

  # "single_nat" costs a third and ties all zones to the first; "regional_nat" needs no public tier; "none" costs nothing.
  # Addresses that partners have on allow lists: `eip_allocation_ids` are your own, `retain_eips_on_destroy` keeps Landform's.
  egress = { mode = "zonal_nat" }

  # To other networks. Left out here: the ids come from the transit gateway or the peering connection.
  routes = var.transit_gateway_id == null ? null : [{ to = "10.0.0.0/8", via = var.transit_gateway_id }]

  # S3 and DynamoDB without NAT gateway and without charge. A policy says who may do what through it.
  gateway_endpoints = {
    s3       = {}
    dynamodb = { tiers = ["private"] }
  }

  # Other services, from inside the network: in the `endpoints` tier where there is one, else in the private one.
  interface_endpoints = {
    "ssm"     = {}
    "ecr.api" = {}
  }

  # What instances are told. Without it they use AWS's DNS server, which is what most networks want.
  dhcp_options = {
    domain_name         = "corp.example"
    domain_name_servers = ["AmazonProvidedDNS"]
  }

  # Records of all packets, in the bucket of the log archive account.
  flow_logs = var.flow_log_bucket_arn == null ? null : { destination_arn = var.flow_log_bucket_arn }

  # Load balancers and Karpenter find their subnets by these tags.
  kubernetes = { karpenter_discovery = "main" }

  tags = { team = "platform" }

  # Leave this out for a network that matters: it is then true.
  deletion_protection = false
}

# Known at plan, so that for_each over subnets works from the first plan on.
output "private_cidrs" {
  value = { for slot, subnet in landform_vpc.example.subnets["private"] : slot => subnet.cidr }
}

output "private_subnet_ids" {
  value = landform_vpc.example.subnet_ids["private"]
}

# What partners put on their allow lists.
output "nat_public_ips" {
  value = landform_vpc.example.nat_public_ips
}
