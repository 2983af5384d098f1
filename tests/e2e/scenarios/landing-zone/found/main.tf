terraform {
  required_providers {
    landform = { source = "landform/landform" }
  }
}

variable "stack" { type = string }

provider "landform" {
  region = "us-east-1"
  stack  = var.stack
}
