//! Credentials of a role, for somebody else's use.

use landform_model::Arn;
use std::fmt;
use std::time::{Duration, SystemTime};

/// The role whose credentials are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumedRole {
    /// The role.
    pub role: Arn,
    /// What CloudTrail shows as the name of the session.
    pub session_name: String,
    /// How long the credentials are good for: at most what the role allows, and an hour where the provider's own credentials are
    /// those of a role.
    pub duration: Duration,
}

/// Credentials that end soon.
#[derive(Clone, PartialEq, Eq)]
pub struct ShortCredentials {
    /// The id of the access key.
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: String,
    /// The token of the session, without which the key is good for nothing.
    pub session_token: String,
    /// When they end.
    pub expires: SystemTime,
}

/// Shows nothing that is secret.
impl fmt::Debug for ShortCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ShortCredentials").field("expires", &self.expires).finish_non_exhaustive()
    }
}
