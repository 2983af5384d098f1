//! Credentials for somebody else's use.

use crate::answer::required;
use crate::error;
use aws_config::SdkConfig;
use landform_cloud::{AssumedRole, Result, ShortCredentials};
use std::time::SystemTime;

/// Assumes a role with the credentials of `config`.
///
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
pub(super) async fn credentials_of(config: &SdkConfig, role: &AssumedRole) -> Result<ShortCredentials> {
    const OPERATION: &str = "AssumeRole";
    let seconds = i32::try_from(role.duration.as_secs()).unwrap_or(i32::MAX);
    let call = aws_sdk_sts::Client::new(config).assume_role().role_arn(role.role.to_string());
    let call = call.role_session_name(&role.session_name).duration_seconds(seconds);
    let answer = call.send().await.map_err(error::of(OPERATION))?;
    let given = required(OPERATION, "Credentials", answer.credentials())?;
    Ok(ShortCredentials {
        access_key_id: given.access_key_id().to_owned(),
        secret_access_key: given.secret_access_key().to_owned(),
        session_token: given.session_token().to_owned(),
        expires: required(OPERATION, "Expiration", SystemTime::try_from(*given.expiration()).ok())?,
    })
}
