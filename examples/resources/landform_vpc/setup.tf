terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  default     = null
  description = "The account to make the network in. Null: the account of your credentials."
}

variable "flow_log_bucket_arn" {
  type        = string
  default     = null
  description = "The ARN of a bucket for flow logs, such as arn:aws:s3:::NAME. Null: no flow log."
}

variable "transit_gateway_id" {
  type        = string
  default     = null
  description = "The id of a transit gateway that the network is attached to. Null: no route to it."
}

variable "stack" {
  type        = string
  default     = "example-network"
  description = "The name of this state, unique in the organization."
}

provider "landform" {
  region = "us-east-1"
  stack  = var.stack

  # Only assumed when account_id is another account than that of your credentials.
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
