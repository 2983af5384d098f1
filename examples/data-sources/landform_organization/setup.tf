terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "stack" {
  type        = string
  default     = "example-organization"
  description = "The name of this state, unique in the organization."
}

# With credentials of the management account of an organization, or of a delegated administrator.
provider "landform" {
  region = "us-east-1"
  stack  = var.stack
}
