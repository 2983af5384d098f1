terraform {
  # Ephemeral resources are new in 1.10.
  required_version = ">= 1.10"

  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  description = "The account whose credentials are asked for."
}

variable "stack" {
  type        = string
  default     = "example-member-credentials"
  description = "The name of this state, unique in the organization."
}

# With credentials of the management account of an organization.
provider "landform" {
  region = "us-east-1"
  stack  = var.stack
}
