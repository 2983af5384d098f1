# What this stack has, with the configuration that makes it:
# terraform query -generate-config-out=found.tf
list "landform_guardrails" "all" {
  provider = landform

  # All attributes, not only the identity.
  include_resource = true
}
