terraform {
  required_version = ">= 1.11"
  required_providers {
    landform = { source = "landform/landform" }
  }
}

provider "landform" {
  region = var.regions[0]
  stack  = "landing-zone"

  # The role that AWS makes in every new account of the organization.
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
