terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  default     = null
  description = "The account to look in. Null: the account of your credentials."
}

variable "network_stack" {
  type        = string
  default     = "example-network"
  description = "The stack that made the network: that of the example of the resource landform_vpc."
}

variable "stack" {
  type        = string
  default     = "example-workload"
  description = "The name of this state, unique in the organization."
}

provider "landform" {
  region      = "us-east-1"
  stack       = var.stack
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
