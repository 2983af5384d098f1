variable "account_id" {
  type        = string
  default     = "111122223333"
  description = "The account to make the network in."
}

# A small network, so that the provider has something to do.
resource "landform_vpc" "small" {
  account_id          = var.account_id
  name                = "small"
  cidr                = "10.1.0.0/24"
  profile             = "compact"
  azs                 = { a = "use1-az1" }
  deletion_protection = false
}
