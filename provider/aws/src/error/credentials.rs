//! Failures to get credentials, which the SDK reports as failures of the call that needed them.

use super::{classify, find, root_cause};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ec2::config::http::HttpResponse;
use aws_sdk_ec2::error::SdkError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use landform_cloud::{CloudError, ErrorKind};
use std::error::Error;

/// The error of a failed credentials provider, when there is one in the chain.
pub(super) fn inside(operation: &'static str, error: &(dyn Error + 'static)) -> Option<CloudError> {
    find::<CredentialsError>(error).map(|error| classify_credentials(operation, error))
}

/// Classifies the failure of a credentials provider. Nothing was sent to the service that `operation` belongs to.
pub(crate) fn classify_credentials(operation: &'static str, error: &CredentialsError) -> CloudError {
    if let Some(refused) = find::<SdkError<AssumeRoleError, HttpResponse>>(error) {
        return classify("AssumeRole", refused);
    }
    if let Some(refused) = find::<SdkError<AssumeRoleWithWebIdentityError, HttpResponse>>(error) {
        return classify("AssumeRoleWithWebIdentity", refused);
    }
    let message = match error {
        CredentialsError::CredentialsNotLoaded(_) => not_found(std::env::var("AWS_PROFILE").ok()),
        CredentialsError::InvalidConfiguration(_) => {
            "the configuration of the credentials is wrong".to_owned()
        }
        CredentialsError::ProviderTimedOut(_) => "the credentials did not come in time".to_owned(),
        _ => "the credentials could not be fetched".to_owned(),
    };
    let cause = root_cause(error).to_string();
    // Without credentials the cause is only that the last of many places had none.
    let source = (!matches!(error, CredentialsError::CredentialsNotLoaded(_))).then(|| cause.into());
    CloudError { source, ..CloudError::new(ErrorKind::Credentials, operation, message) }
}

/// Where was looked; what to do about it is [`CloudError::hint`].
/// <https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html>
fn not_found(profile: Option<String>) -> String {
    let profile = profile
        .map_or("the default profile".to_owned(), |name| format!("the profile `{name}` of AWS_PROFILE"));
    format!(
        "no credentials were found: not in environment variables, not in {profile}, and this machine has no role"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_that_was_looked_into_is_named() {
        assert!(not_found(None).contains("not in the default profile"));
        assert!(not_found(Some("prod".to_owned())).contains("not in the profile `prod` of AWS_PROFILE"));
    }
}
