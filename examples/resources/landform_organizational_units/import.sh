# The id is that of the organization: all its units are taken in with their tags, but for those of other stacks.
# `o-a1b2c3d4e5/NAME` where the tree is not called `main`.
terraform import landform_organizational_units.example o-a1b2c3d4e5
