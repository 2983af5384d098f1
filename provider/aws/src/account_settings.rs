//! The port to what EC2 has switched on by default, over EC2 and KMS.
//!
//! Every write sets a value, so it keeps the SDK's retries.

use crate::answer::{parsed, required};
use crate::error;
use aws_config::SdkConfig;
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{
    ImageBlockPublicAccessEnabledState, ManagedBy, MetadataDefaultHttpTokensState,
    SnapshotBlockPublicAccessState,
};
use landform_cloud::account_settings::*;
use landform_cloud::{CloudError, ErrorKind, Result};

/// The settings of one account and region.
#[derive(Debug)]
pub(crate) struct Ec2AccountSettings {
    client: Client,
    keys: aws_sdk_kms::Client,
}

impl Ec2AccountSettings {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config), keys: aws_sdk_kms::Client::new(config) }
    }
}

/// A setting that AWS answers without a ruler is the account's own.
fn ruled<T>(value: T, by: Option<&ManagedBy>) -> Ruled<T> {
    let by = match by {
        Some(ManagedBy::DeclarativePolicy) => RuledBy::Organization,
        _ => RuledBy::Account,
    };
    Ruled { value, by }
}

#[async_trait::async_trait]
impl AccountSettingsReads for Ec2AccountSettings {
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsEncryptionByDefault.html>
    async fn ebs_encryption_by_default(&self) -> Result<bool> {
        const OPERATION: &str = "GetEbsEncryptionByDefault";
        let answer = self.client.get_ebs_encryption_by_default().send().await;
        let enabled = answer.map_err(error::of_new_account(OPERATION))?.ebs_encryption_by_default();
        required(OPERATION, "ebsEncryptionByDefault", enabled)
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetEbsDefaultKmsKeyId.html>
    async fn ebs_default_kms_key(&self) -> Result<String> {
        const OPERATION: &str = "GetEbsDefaultKmsKeyId";
        let answer = self.client.get_ebs_default_kms_key_id().send().await;
        required(OPERATION, "kmsKeyId", answer.map_err(error::of_new_account(OPERATION))?.kms_key_id)
    }

    /// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html>
    async fn kms_key_arn(&self, key: &str) -> Result<String> {
        const OPERATION: &str = "DescribeKey";
        let answer = self.keys.describe_key().key_id(key).send().await;
        let metadata = answer.map_err(error::of_new_account(OPERATION))?.key_metadata;
        required(OPERATION, "Arn", metadata.and_then(|it| it.arn))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceMetadataDefaults.html>: leaves out what the account
    /// has no preference for.
    async fn instance_metadata_defaults(&self) -> Result<Ruled<MetadataDefaults>> {
        const OPERATION: &str = "GetInstanceMetadataDefaults";
        let answer = self.client.get_instance_metadata_defaults().send().await;
        let level = answer.map_err(error::of_new_account(OPERATION))?.account_level;
        let Some(level) = level else {
            let none = MetadataDefaults { http_tokens: HttpTokens::NoPreference, hop_limit: None };
            return Ok(ruled(none, None));
        };
        let defaults = MetadataDefaults {
            http_tokens: match level.http_tokens() {
                None => HttpTokens::NoPreference,
                Some(tokens) => parsed(OPERATION, "httpTokens", Some(tokens.as_str()))?,
            },
            hop_limit: level.http_put_response_hop_limit().and_then(|hops| u8::try_from(hops).ok()),
        };
        Ok(ruled(defaults, level.managed_by()))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html>
    async fn image_block_public_access(&self) -> Result<Ruled<BlockSharing>> {
        const OPERATION: &str = "GetImageBlockPublicAccessState";
        let answer = self.client.get_image_block_public_access_state().send().await;
        let answer = answer.map_err(error::of_new_account(OPERATION))?;
        let state = answer.image_block_public_access_state();
        Ok(ruled(parsed(OPERATION, "imageBlockPublicAccessState", state)?, answer.managed_by()))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSnapshotBlockPublicAccessState.html>
    async fn snapshot_block_public_access(&self) -> Result<Ruled<BlockSharing>> {
        const OPERATION: &str = "GetSnapshotBlockPublicAccessState";
        let answer = self.client.get_snapshot_block_public_access_state().send().await;
        let answer = answer.map_err(error::of_new_account(OPERATION))?;
        let state = answer.state().map(SnapshotBlockPublicAccessState::as_str);
        Ok(ruled(parsed(OPERATION, "state", state)?, answer.managed_by()))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSerialConsoleAccessStatus.html>
    async fn serial_console_access(&self) -> Result<Ruled<bool>> {
        const OPERATION: &str = "GetSerialConsoleAccessStatus";
        let answer = self.client.get_serial_console_access_status().send().await;
        let answer = answer.map_err(error::of_new_account(OPERATION))?;
        let enabled =
            required(OPERATION, "serialConsoleAccessEnabled", answer.serial_console_access_enabled())?;
        Ok(ruled(enabled, answer.managed_by()))
    }
}

#[async_trait::async_trait]
impl AccountSettings for Ec2AccountSettings {
    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html>
    async fn set_ebs_encryption_by_default(&self, enabled: bool) -> Result<()> {
        if enabled {
            let sent = self.client.enable_ebs_encryption_by_default().send().await;
            return sent.map(drop).map_err(error::of_new_account("EnableEbsEncryptionByDefault"));
        }
        let sent = self.client.disable_ebs_encryption_by_default().send().await;
        sent.map(drop).map_err(error::of_new_account("DisableEbsEncryptionByDefault"))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyEbsDefaultKmsKeyId.html>
    async fn set_ebs_default_kms_key(&self, key: &str) -> Result<String> {
        const OPERATION: &str = "ModifyEbsDefaultKmsKeyId";
        let answer = self.client.modify_ebs_default_kms_key_id().kms_key_id(key).send().await;
        required(OPERATION, "kmsKeyId", answer.map_err(error::of_new_account(OPERATION))?.kms_key_id)
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html>: -1 is no preference.
    async fn set_instance_metadata_defaults(&self, defaults: &MetadataDefaults) -> Result<()> {
        let call = self
            .client
            .modify_instance_metadata_defaults()
            .http_tokens(match defaults.http_tokens {
                HttpTokens::Required => MetadataDefaultHttpTokensState::Required,
                HttpTokens::Optional => MetadataDefaultHttpTokensState::Optional,
                HttpTokens::NoPreference => MetadataDefaultHttpTokensState::NoPreference,
            })
            .http_put_response_hop_limit(defaults.hop_limit.map_or(-1, i32::from));
        call.send().await.map(drop).map_err(error::of_new_account("ModifyInstanceMetadataDefaults"))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html>
    async fn set_image_block_public_access(&self, block: BlockSharing) -> Result<()> {
        const OPERATION: &str = "EnableImageBlockPublicAccess";
        match block {
            BlockSharing::New => {
                let state = ImageBlockPublicAccessEnabledState::BlockNewSharing;
                let call = self.client.enable_image_block_public_access();
                let sent = call.image_block_public_access_state(state).send().await;
                sent.map(drop).map_err(error::of_new_account(OPERATION))
            }
            BlockSharing::Unblocked => {
                let sent = self.client.disable_image_block_public_access().send().await;
                sent.map(drop).map_err(error::of_new_account("DisableImageBlockPublicAccess"))
            }
            BlockSharing::All => {
                let text = "images know no `block-all-sharing`";
                Err(CloudError::new(ErrorKind::Invalid, OPERATION, text))
            }
        }
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html>
    async fn set_snapshot_block_public_access(&self, block: BlockSharing) -> Result<()> {
        let state = match block {
            BlockSharing::All => SnapshotBlockPublicAccessState::BlockAllSharing,
            BlockSharing::New => SnapshotBlockPublicAccessState::BlockNewSharing,
            BlockSharing::Unblocked => {
                let sent = self.client.disable_snapshot_block_public_access().send().await;
                return sent.map(drop).map_err(error::of_new_account("DisableSnapshotBlockPublicAccess"));
            }
        };
        let sent = self.client.enable_snapshot_block_public_access().state(state).send().await;
        sent.map(drop).map_err(error::of_new_account("EnableSnapshotBlockPublicAccess"))
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSerialConsoleAccess.html>
    async fn set_serial_console_access(&self, enabled: bool) -> Result<()> {
        if enabled {
            let sent = self.client.enable_serial_console_access().send().await;
            return sent.map(drop).map_err(error::of_new_account("EnableSerialConsoleAccess"));
        }
        let sent = self.client.disable_serial_console_access().send().await;
        sent.map(drop).map_err(error::of_new_account("DisableSerialConsoleAccess"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, refusal, success};

    #[tokio::test]
    async fn settings_are_read_with_who_rules_them_and_set_in_awss_words() {
        let server = Server::new(|call, _| {
            let action = call["Action"].as_str();
            let content = match action {
                "GetInstanceMetadataDefaults" => {
                    "<accountLevel><httpPutResponseHopLimit>2</httpPutResponseHopLimit></accountLevel>"
                }
                "GetSnapshotBlockPublicAccessState" => {
                    "<state>block-all-sharing</state><managedBy>declarative-policy</managedBy>"
                }
                "GetImageBlockPublicAccessState" => {
                    "<imageBlockPublicAccessState>unblocked</imageBlockPublicAccessState><managedBy>account</managedBy>"
                }
                "ModifyInstanceMetadataDefaults" => {
                    assert_eq!(
                        (call["HttpTokens"].as_str(), call["HttpPutResponseHopLimit"].as_str()),
                        ("required", "-1")
                    );
                    "<return>true</return>"
                }
                _ => "",
            };
            success(action, content)
        });
        let settings = Ec2AccountSettings::new(&server.environment().await.config);
        let none = MetadataDefaults { http_tokens: HttpTokens::NoPreference, hop_limit: Some(2) };
        assert_eq!(settings.instance_metadata_defaults().await.unwrap(), ruled(none, None));
        let snapshots = settings.snapshot_block_public_access().await.unwrap();
        assert_eq!(snapshots, Ruled { value: BlockSharing::All, by: RuledBy::Organization });
        let images = settings.image_block_public_access().await.unwrap();
        assert_eq!(images, Ruled { value: BlockSharing::Unblocked, by: RuledBy::Account });
        let wanted = MetadataDefaults { http_tokens: HttpTokens::Required, hop_limit: None };
        settings.set_instance_metadata_defaults(&wanted).await.unwrap();
        settings.set_image_block_public_access(BlockSharing::New).await.unwrap();
        settings.set_image_block_public_access(BlockSharing::Unblocked).await.unwrap();
        settings.set_snapshot_block_public_access(BlockSharing::Unblocked).await.unwrap();
        settings.set_serial_console_access(false).await.unwrap();
        assert_eq!(
            server.actions()[4..],
            [
                "EnableImageBlockPublicAccess",
                "DisableImageBlockPublicAccess",
                "DisableSnapshotBlockPublicAccess",
                "DisableSerialConsoleAccess"
            ]
        );
    }

    /// Such an account becomes usable by itself; elsewhere these are refusals for good.
    #[tokio::test]
    async fn a_region_or_an_account_that_is_too_new_is_not_ready() {
        for code in
            ["AuthFailure", "OptInRequired", "RegionDisabledException", "SubscriptionRequiredException"]
        {
            let server = Server::new(move |_, _| refusal(401, code, "not yet"));
            let settings = Ec2AccountSettings::new(&server.environment().await.config);
            let error = settings.serial_console_access().await.unwrap_err();
            assert_eq!(error.kind, ErrorKind::NotReady, "{code}");
        }
        let server = Server::new(|_, _| refusal(403, "UnauthorizedOperation", "never"));
        let settings = Ec2AccountSettings::new(&server.environment().await.config);
        assert_eq!(settings.serial_console_access().await.unwrap_err().kind, ErrorKind::Denied);
    }
}
