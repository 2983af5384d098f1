terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  description = "The account to make the roles in."
}

variable "atlantis_role_arn" {
  type        = string
  default     = null
  description = "The ARN of the role of Atlantis. Null: only GitHub Actions assumes the roles."
}

variable "stack" {
  type        = string
  default     = "example-deploy-roles"
  description = "The name of this state, unique in the organization."
}

provider "landform" {
  region = "us-east-1"
  stack  = var.stack

  # Only assumed when account_id is another account than that of your credentials.
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
