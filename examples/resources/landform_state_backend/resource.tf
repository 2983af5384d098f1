# A bucket and a key for the states of an account. `landform bootstrap` makes one from nothing.
resource "landform_state_backend" "example" {
  account_id = var.account_id
  region     = "us-east-1"

  # The bucket is landform-states-ACCOUNT-us-east-1; with `bucket` it has any name.
  name = "states"

  # "s3" takes S3's own keys, which cost nothing and which nobody governs.
  encryption = "kms"

  # How long an old version of a state can be had back.
  noncurrent_version_days = 90

  tags = { team = "platform" }

  # Leave this out for a backend that matters: it is then true. A bucket with states is not destroyed in any case.
  deletion_protection = false
}

# Known at plan.
output "bucket" {
  value = landform_state_backend.example.bucket
}

# The block for terraform { }, ready to be pasted.
output "backend_hcl" {
  value = landform_state_backend.example.backend_hcl
}
