terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "account_id" {
  type        = string
  default     = null
  description = "The account to secure. Null: the account of your credentials."
}

variable "ebs_kms_key_alias" {
  type        = string
  default     = null
  description = "The alias of a KMS key that there is in each region, such as alias/ebs. Null: the key that the account has."
}

variable "alias" {
  type        = string
  default     = null
  description = "An alias for the account, unique among all accounts of AWS. Null: whatever it has."
}

variable "stack" {
  type        = string
  default     = "example-account-baseline"
  description = "The name of this state, unique in the organization."
}

provider "landform" {
  region = "us-east-1"
  stack  = var.stack

  # Only assumed when account_id is another account than that of your credentials.
  assume_role = { role_name = "OrganizationAccountAccessRole" }
}
