//! What the SDK may send twice.
//!
//! The SDK sends *every* call again after a lost answer or a 5xx, also a create without a token, which then makes a second
//! object. So such creates are sent with [`no_resend`]; `landform_cloud::once` looks before it sends them again.
//! Reads, deletes, creates with a ClientToken and writes that set a value keep the SDK's retries.
//! <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html>

use aws_sdk_ec2::config::Builder;
use aws_sdk_ec2::config::retry::RetryConfig;

/// How often a call is sent where the environment says nothing. AWS's own default (3) is few for an estate of many accounts.
/// With exponential pauses this gives up after 15 seconds at most.
const ATTEMPTS: u32 = 5;

/// AWS's default, by which a setting of the user is told apart.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>
const SDK_ATTEMPTS: u32 = 3;

/// The override for a create of EC2 that AWS takes no token for: sent exactly once.
pub(crate) fn no_resend() -> Builder {
    Builder::new().retry_config(disabled())
}

/// The same for the override of another service.
pub(crate) fn disabled() -> RetryConfig {
    RetryConfig::disabled()
}

/// The retries of everything else: what `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE` or the profile say, or our own default.
pub(crate) fn standard(configured: Option<&RetryConfig>) -> RetryConfig {
    match configured {
        Some(configured) if configured.max_attempts() != SDK_ATTEMPTS => configured.clone(),
        Some(configured) => configured.clone().with_max_attempts(ATTEMPTS),
        None => RetryConfig::standard().with_max_attempts(ATTEMPTS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_attempts_set_by_the_user_stays() {
        assert_eq!(standard(None).max_attempts(), 5);
        assert_eq!(standard(Some(&RetryConfig::standard())).max_attempts(), 5);
        assert_eq!(standard(Some(&RetryConfig::standard().with_max_attempts(1))).max_attempts(), 1);
        assert_eq!(standard(Some(&RetryConfig::adaptive().with_max_attempts(9))).max_attempts(), 9);
    }
}
