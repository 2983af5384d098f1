# The units of AWS's recommendation, and two below one of them.
resource "landform_organizational_units" "example" {
  # "small" has five units. Leave it out to name all units yourself.
  preset = "aws-recommended"

  # By path; the units that one is in come along. At most five levels.
  units = {
    "Workloads/Prod/PCI" = { tags = { data = "pci" } }

    # It was called Research before: the unit gets its new name in place, with all that is in it.
    "Sandbox/Labs" = { renamed_from = "Sandbox/Research" }
  }

  tags = { team = "platform" }

  # Units of these paths that exist and belong to no stack are an error without it.
  adopt = true
}

# Known at plan for units that exist. Keys are known always, so that for_each works from the first plan on.
output "unit_ids" {
  value = landform_organizational_units.example.ids
}

# For an account's `ou`: a path that is misspelled is an error at plan, and the unit is made before the account.
output "production" {
  value = landform_organizational_units.example.paths["Workloads/Prod"]
}
