# The id is the name of the set: what stands before `-scp-1` and `-rcp-1` in the names of its policies. Policies without tags of
# Landform are taken over by the next apply.
terraform import landform_guardrails.workloads workloads
