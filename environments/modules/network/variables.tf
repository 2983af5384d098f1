variable "account_id" {
  description = "The account that the network is in: 12 digits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account ID has exactly 12 digits."
  }
}

variable "region" {
  description = "The region that the network is in, such as us-east-1."
  type        = string
  nullable    = false
}

variable "name" {
  description = "The name of the network, unique in its stack."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", var.name))
    error_message = "A name has 1 to 63 characters of a-z, 0-9 and -, starts with a letter and does not end with -."
  }
}

variable "cidr" {
  description = "The block of the VPC, such as 10.0.0.0/16."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.cidr)) && try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    error_message = "The block is an IPv4 network without host bits, such as 10.0.0.0/16."
  }
}

variable "ipam_pool_id" {
  description = "The IPAM pool that the block is taken from."
  type        = string
  default     = null
}

variable "secondary_cidrs" {
  description = "Further blocks of the VPC, for subnets by subnet_overrides."
  type        = set(string)
  default     = null
}

variable "pods_cidr" {
  description = "The block for pods of Kubernetes, such as a part of 100.64.0.0/10."
  type        = string
  default     = null
}

variable "profile" {
  description = "How the block is divided: standard (/16 to /20), compact (/21 to /24), wide (eight slots) or custom."
  type        = string
  default     = "standard"
  nullable    = false
}

variable "azs" {
  description = "The availability zone ID of each slot, such as { a = \"use1-az1\" }. A slot keeps its letter for good."
  type        = map(string)
  nullable    = false
}

variable "tiers" {
  description = "The kinds of subnet: public, private, database, intra, tgw, endpoints, firewall, eks_eni."
  type        = set(string)
  nullable    = false
}

variable "custom_tiers" {
  description = "Tiers of the network's own, by name: an area (1 to 4) and a way out (none, egress or internet)."
  type = map(object({
    area    = optional(number)
    way_out = optional(string, "none")
  }))
  default = null
}

variable "subnet_overrides" {
  description = "Blocks of single subnets, tier to slot to block, in place of those of the profile."
  type        = map(map(string))
  default     = null
}

variable "egress" {
  description = "How private subnets reach the internet: none, single_nat, zonal_nat, regional_nat or centralized, and by which addresses."
  type = object({
    mode                   = optional(string, "none")
    transit_gateway_id     = optional(string)
    eip_allocation_ids     = optional(map(string))
    retain_eips_on_destroy = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "routes" {
  description = "Routes to other networks: a block, the id of a gateway or an interface, and the tiers (default: all)."
  type = list(object({
    to    = string
    via   = string
    tiers = optional(set(string))
  }))
  default = null
}

variable "gateway_endpoints" {
  description = "Gateway endpoints by service: s3, dynamodb or s3express, each with an optional policy (JSON) and tiers."
  type = map(object({
    policy = optional(string)
    tiers  = optional(set(string))
  }))
  default  = {}
  nullable = false
}

variable "interface_endpoints" {
  description = "Interface endpoints by service, such as ssm or ecr.api."
  type = map(object({
    policy             = optional(string)
    private_dns        = optional(bool, true)
    tier               = optional(string)
    security_group_ids = optional(set(string))
  }))
  default  = {}
  nullable = false
}

variable "dhcp_options" {
  description = "What instances are told when they ask for an address."
  type = object({
    domain_name          = optional(string)
    domain_name_servers  = optional(list(string))
    ntp_servers          = optional(list(string))
    netbios_name_servers = optional(list(string))
    netbios_node_type    = optional(number)
  })
  default = null
}

variable "flow_logs" {
  description = "Where records of all packets go: the ARN of a bucket, a log group (with a role) or a delivery stream."
  type = object({
    destination_arn     = string
    role_arn            = optional(string)
    traffic             = optional(string, "all")
    aggregation_seconds = optional(number, 600)
    format              = optional(string)
  })
  default = null
}

variable "map_public_ip_on_launch" {
  description = "Whether what is launched into a public subnet gets a public address."
  type        = bool
  default     = false
  nullable    = false
}

variable "kubernetes" {
  description = "Tags by which Kubernetes finds its subnets: names of clusters, and the value for Karpenter's discovery."
  type = object({
    clusters            = optional(set(string))
    karpenter_discovery = optional(string)
  })
  default = null
}

variable "tier_tags" {
  description = "Tags for the subnets of a tier, by tier."
  type        = map(map(string))
  default     = null
}

variable "deletion_protection" {
  description = "Whether the provider refuses to destroy the network."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of this network. The provider's default tags are weaker."
  type        = map(string)
  default     = {}
  nullable    = false
}
