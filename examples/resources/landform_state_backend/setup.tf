terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  default     = null
  description = "The account to make the bucket in. Null: the account of your credentials."
}

variable "stack" {
  type        = string
  default     = "example-state-backend"
  description = "The name of this state, unique in the organization."
}

provider "landform" {
  region = "us-east-1"
  stack  = var.stack

  # Only assumed when account_id is another account than that of your credentials.
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
