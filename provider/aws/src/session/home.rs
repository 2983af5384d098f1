//! Where the services are that have one endpoint for all regions, and the roles that AWS makes in new accounts.

use super::{AssumeRole, Role, RoleName, credentials, prove};
use aws_config::SdkConfig;
use aws_sdk_ec2::config::Region as SdkRegion;
use landform_cloud::{CloudError, ErrorKind, Result};
use landform_model::{AccountId, Region};

/// The same configuration in the home region of its partition, where Organizations, Account Management and IAM are.
/// <https://docs.aws.amazon.com/general/latest/gr/ao.html>
pub(crate) fn home(config: &SdkConfig) -> SdkConfig {
    let home = match region(config).as_ref().map_or("aws", Region::partition) {
        "aws-cn" => "cn-northwest-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    };
    config.to_builder().region(SdkRegion::new(home)).build()
}

/// The same configuration with the credentials of a role in `account`, assumed anew and proven to work.
pub(crate) async fn as_role(
    config: &SdkConfig,
    account: &AccountId,
    role: &landform_model::RoleName,
) -> Result<SdkConfig> {
    let unread = |error: String| CloudError::new(ErrorKind::Invalid, "AssumeRole", error);
    let name: RoleName = role.as_str().parse().map_err(|error| unread(format!("{error}")))?;
    let here = region(&home(config)).ok_or_else(|| unread("there is no region".to_owned()))?;
    let role = name.in_account(account, &here);
    let assume = AssumeRole { role: Role::Arn(role.clone()), external_id: None, session_name: None };
    let session = credentials::assuming(config, &role, &assume).await;
    prove(&session).await?;
    Ok(session)
}

fn region(config: &SdkConfig) -> Option<Region> {
    config.region().and_then(|region| region.as_ref().parse().ok())
}
