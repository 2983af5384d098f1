//! Failures to get credentials, which the SDK reports as failures of the call that needed them.

use super::{classify, find, root_cause};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ec2::config::http::HttpResponse;
use aws_sdk_ec2::error::SdkError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use landform_cloud::{CloudError, ErrorKind};
use std::error::Error;

/// Where credentials come from: <https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html>
const WHAT_TO_SET: &str = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with \
                           `aws sso login`, or run where the machine has a role";

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
        CredentialsError::CredentialsNotLoaded(_) => match std::env::var("AWS_PROFILE") {
            Ok(profile) => {
                format!("no credentials were found, nor a profile `{profile}` that gives any: {WHAT_TO_SET}")
            }
            Err(_) => format!("no credentials were found: {WHAT_TO_SET}"),
        },
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
