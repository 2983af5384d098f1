terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "security_contact" {
  type        = object({ name = string, title = string, email = string, phone = string })
  default     = null
  description = "Whom AWS writes to about security. Null: nobody besides the root user."
}

variable "stack" {
  type        = string
  default     = "example-account"
  description = "The name of this state, unique in the organization."
}

# With credentials of the management account of an organization.
provider "landform" {
  region = "us-east-1"
  stack  = var.stack
}

resource "landform_organizational_units" "main" {
  preset = "aws-recommended"
  adopt  = true

  # Accounts that were quarantined stay in their unit.
  on_remove = "retain"
}
