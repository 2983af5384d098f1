# The id is that of the organization. Everything that is on in it is taken in.
terraform import landform_organization.example o-a1b2c3d4e5
