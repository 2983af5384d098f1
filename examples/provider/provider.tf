terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

provider "landform" {
  # Where resources are that name no region.
  region = "us-east-1"

  # The name of this state, unique in the organization: part of the identity of everything it holds.
  stack = "example"

  # Assumed in each account that a resource names, so one provider block serves the whole organization.
  assume_role = { role_name = "OrganizationAccountAccessRole" }

  # A typing error cannot reach any other account.
  allowed_account_ids = [var.account_id]

  default_tags = { managed-by = "landform" }
}
