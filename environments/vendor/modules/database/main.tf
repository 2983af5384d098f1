# Stands for a database, so that the estate can be tried without one: `terraform_data` is part of Terraform itself and
# keeps what it is given. With the AWS provider this is an `aws_rds_cluster` in the subnets.
resource "terraform_data" "this" {
  input = {
    engine     = var.engine
    size_gb    = var.size_gb
    vpc_id     = var.vpc_id
    subnet_ids = var.subnet_ids
  }

  lifecycle {
    precondition {
      condition     = length(var.subnet_ids) > 1
      error_message = "A database needs subnets in two availability zones."
    }
  }
}
