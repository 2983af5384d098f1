# The id is the account, or `ACCOUNT/PLAN_ROLE/APPLY_ROLE` where the roles have other names than `landform-plan` and
# `landform-apply`. The roles must carry the tags of this stack, as they do where the state was lost.
terraform import landform_deploy_roles.example 111122223333/landform-plan/landform-apply
