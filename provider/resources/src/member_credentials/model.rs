//! The attributes of `landform_member_credentials`.

use super::limits;
use landform_framework::{Model, Text, Value};
use landform_model::{AccountId, Duration, RoleName};
use std::fmt;

/// Credentials of a role in a member account, for the provider block of another provider. Terraform asks for them in every run and
/// stores them neither in a plan nor in a state. Needs Terraform 1.10 or later.
///
/// The role is assumed with the provider's own credentials, in the account that they belong to; `assume_role` of the provider block
/// has no part in it.
#[derive(Clone, Default, PartialEq, Model)]
pub struct MemberCredentials {
    /// The account.
    #[attribute(required)]
    pub account_id: Value<Text<AccountId>>,
    /// The name of the role in it. Default: `OrganizationAccountAccessRole`.
    #[attribute(default = Text(RoleName::default()))]
    pub role_name: Value<Text<RoleName>>,
    /// What CloudTrail shows as the name of the session: 2 to 64 letters, digits and characters of `_=,.@+-`. Default: `landform`.
    #[attribute(default = "landform".to_owned(), validate = limits::session_name)]
    pub session_name: Value<String>,
    /// How long the credentials are good for: whole seconds from `15m` to `12h`, and no longer than the role allows. AWS gives one hour
    /// at most where the provider's own credentials are those of a role
    /// ([AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html)). They are not renewed: it must be enough
    /// for the run. Default: `1h`.
    #[attribute(default = Text(limits::hour()), validate = limits::duration)]
    pub duration: Value<Text<Duration>>,
    /// The id of the access key.
    #[attribute(computed)]
    pub access_key_id: Value<String>,
    /// The secret access key.
    #[attribute(computed, sensitive)]
    pub secret_access_key: Value<String>,
    /// The session token, without which the key is good for nothing.
    #[attribute(computed, sensitive)]
    pub session_token: Value<String>,
    /// When they end, such as `2026-01-31T23:59:59Z`.
    #[attribute(computed)]
    pub expiration: Value<String>,
}

/// Shows nothing that is secret.
impl fmt::Debug for MemberCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MemberCredentials")
            .field("account_id", &self.account_id)
            .field("role_name", &self.role_name)
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}
