# The id is the name of the resource: what stands before `-ec2`, `-s3` and so on in the names of its policies. Policies without tags
# of Landform are taken over by the next apply.
terraform import landform_organization_policy.baseline baseline
