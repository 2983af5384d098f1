# The small estate in HCL. What each field means stands in small.yaml.

organization {
  name                  = "acme"
  management_account_id = "109876543210"
  regions               = ["us-east-1", "eu-west-1"]
  tags                  = { organization = "acme" }

  state {
    bucket = "acme-terraform-state"
    region = "us-east-1"
  }
}

accounts "network" {
  id    = "210987654321"
  email = "aws+network@acme.example"
}

accounts "dev" {
  id    = "321098765432"
  email = "aws+dev@acme.example"
}

accounts "prod" {
  id     = "432109876543"
  email  = "aws+prod@acme.example"
  owners = ["@acme/production"]
}

roles {
  deploy = "OrganizationAccountAccessRole"
}

environments "dev" {
  tags = { environment = "dev" }
}

environments "prod" {
  tags = { environment = "prod" }
}

networks {
  name        = "hub"
  environment = "prod"
  account     = "network"
  region      = "us-east-1"
  cidr        = "10.0.0.0/22"
  profile     = "compact"
  azs         = { a = "use1-az1", b = "use1-az2" }
  tiers       = ["public", "private"]
}

networks {
  name                = "main"
  environment         = "dev"
  account             = "dev"
  region              = "us-east-1"
  cidr                = "10.16.0.0/16"
  azs                 = { a = "use1-az1", b = "use1-az2", c = "use1-az4" }
  tiers               = ["public", "private", "database"]
  egress              = "single_nat"
  deletion_protection = false
}

networks {
  name        = "main"
  environment = "prod"
  account     = "prod"
  region      = "us-east-1"
  cidr        = "10.32.0.0/16"
  azs         = { a = "use1-az1", b = "use1-az2", c = "use1-az4" }
  tiers       = ["public", "private", "database", "intra"]
  egress      = "zonal_nat"
  after       = ["network/us-east-1/prod/hub"]
  tags        = { criticality = "high" }
}

networks {
  name        = "main"
  environment = "prod"
  account     = "prod"
  region      = "eu-west-1"
  cidr        = "10.48.0.0/16"
  azs         = { a = "euw1-az1", b = "euw1-az2", c = "euw1-az3" }
  tiers       = ["public", "private", "database", "intra"]
  egress      = "zonal_nat"
  after       = ["network/us-east-1/prod/hub"]
  tags        = { criticality = "high" }
}

automation {
  owners = ["@acme/platform"]

  atlantis {
    repository = "github.com/acme/live"
  }

  github {
    image      = "registry.acme.example/landform@sha256:5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8"
    plan_role  = "arn:aws:iam::109876543210:role/landform-plan"
    apply_role = "arn:aws:iam::109876543210:role/landform-apply"
  }

  gitlab {
    image      = "registry.acme.example/landform@sha256:5f1c0e9a7d3b4c2e8f6a1d0b9c8e7f6a5d4c3b2a190817263544f3e2d1c0b9a8"
    plan_role  = "arn:aws:iam::109876543210:role/landform-plan"
    apply_role = "arn:aws:iam::109876543210:role/landform-apply"
  }
}
