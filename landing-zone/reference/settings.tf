# What accounts cannot change: no public images, snapshots and buckets, version 2 of instance metadata, no serial console, and no
# use of our content by AWS's artificial intelligence services.
resource "landform_organization_policy" "baseline" {
  name    = "baseline"
  targets = local.working_units

  enable = [
    "ai-opt-out",
    "ami-block-public",
    "imds-required",
    "s3-block-public",
    "serial-console-off",
    "snapshot-block-public",
  ]
}
