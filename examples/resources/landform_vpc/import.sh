# The id is that of the VPC: `vpc-0a1b2c3d4e5f60718`, or `ACCOUNT/REGION/VPC` for another account or region than the
# provider's. The network must carry the tags of this stack, as one does whose state was lost.
# A VPC that others made is taken in with the name that it shall have behind the id: `vpc-0a1b2c3d4e5f60718/main`.
terraform import landform_vpc.example 111122223333/us-east-1/vpc-0a1b2c3d4e5f60718
