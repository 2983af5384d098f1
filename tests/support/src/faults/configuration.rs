//! The two networks of the cases, in Terraform's language.

const PROVIDER: &str = r#"terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" { type = string }
variable "stack" { type = string }

provider "landform" {
  region              = "us-east-1"
  stack               = var.stack
  assume_role         = { role_name = "OrganizationAccountAccessRole" }
  allowed_account_ids = [var.account_id]
}

resource "landform_vpc" "main" {
  account_id          = var.account_id
  name                = "main"
  cidr                = "10.0.0.0/16"
  azs                 = { a = "use1-az1", b = "use1-az2" }
  deletion_protection = false
"#;

/// Two zones, one NAT gateway.
const SMALL: &str = r#"
  egress            = { mode = "single_nat" }
  gateway_endpoints = { s3 = { tiers = ["private"] } }
}
"#;

/// A tier, a block, a NAT gateway, endpoints and flow logs more, and other settings.
const GROWN: &str = r#"
  tiers  = ["public", "private", "intra"]
  egress = { mode = "zonal_nat" }
  gateway_endpoints = {
    s3 = {
      tiers = ["private"]
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Principal = "*", Action = ["s3:GetObject"], Resource = "*" }]
      })
    }
    dynamodb = {}
  }
  interface_endpoints = { ssm = { private_dns = false } }
  secondary_cidrs     = ["10.1.0.0/20"]
  dhcp_options = { domain_name = "corp.example", domain_name_servers = ["AmazonProvidedDNS"] }
  flow_logs = {
    destination_arn = "arn:aws:logs:us-east-1:${var.account_id}:log-group:flows"
    role_arn        = "arn:aws:iam::${var.account_id}:role/flow-logs"
  }
  map_public_ip_on_launch = true
  dns_hostnames           = false
  tags                    = { team = "core" }
}
"#;

/// The resource that is in both, as its tag says.
pub(super) const RESOURCE: &str = "vpc/main";

pub(super) fn small() -> String {
    format!("{PROVIDER}{SMALL}")
}

pub(super) fn grown() -> String {
    format!("{PROVIDER}{GROWN}")
}
