list "landform_organizational_units" "all" {
  provider         = landform
  include_resource = true
}

list "landform_account" "all" {
  provider         = landform
  include_resource = true
}
