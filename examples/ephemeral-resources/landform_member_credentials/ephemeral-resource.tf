# Credentials of the role that AWS makes in new accounts. They stand in no plan and in no state.
ephemeral "landform_member_credentials" "member" {
  account_id   = var.account_id
  session_name = "terraform-network"
  duration     = "30m"

  lifecycle {
    postcondition {
      condition     = timecmp(self.expiration, timeadd(plantimestamp(), "10m")) > 0
      error_message = "The credentials end in the middle of the run."
    }
  }
}

# For the block of another provider:
#
# provider "aws" {
#   access_key = ephemeral.landform_member_credentials.member.access_key_id
#   secret_key = ephemeral.landform_member_credentials.member.secret_access_key
#   token      = ephemeral.landform_member_credentials.member.session_token
# }
