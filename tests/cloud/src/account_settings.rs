//! What EC2 has switched on by default, in memory. A region that the account cannot use yet refuses everything for a while; what
//! a policy of the organization rules cannot be changed.

use super::{InProcessCloud, World, refuse};
use landform_cloud::account_settings::*;
use landform_cloud::{ErrorKind, Result, Target};
use std::collections::BTreeSet;

/// The settings of one account and region.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionalSettings {
    /// Whether new EBS volumes are encrypted.
    pub ebs_encryption: bool,
    /// The key that encrypts them.
    pub ebs_kms_key: String,
    /// KMS keys: alias and ARN.
    pub kms_keys: Vec<(String, String)>,
    /// Defaults of the metadata service.
    pub metadata: MetadataDefaults,
    /// Whether images may be public.
    pub images: BlockSharing,
    /// Whether snapshots may be public.
    pub snapshots: BlockSharing,
    /// Whether the serial console can be opened.
    pub serial_console: bool,
    /// What a policy of the organization rules, by the name of the read.
    pub ruled_by_organization: BTreeSet<&'static str>,
    /// How many looks pass before a change of `images` can be read back.
    pub image_looks: u32,
    /// How many calls are refused before the account can use the region.
    pub unusable_calls: u32,
    pub(super) changing_images: Option<(BlockSharing, u32)>,
}

/// As in a new account of some years ago: nothing is secured.
impl Default for RegionalSettings {
    fn default() -> Self {
        Self {
            ebs_encryption: false,
            ebs_kms_key: "alias/aws/ebs".to_owned(),
            kms_keys: Vec::new(),
            metadata: MetadataDefaults { http_tokens: HttpTokens::NoPreference, hop_limit: None },
            images: BlockSharing::Unblocked,
            snapshots: BlockSharing::Unblocked,
            serial_console: false,
            ruled_by_organization: BTreeSet::new(),
            image_looks: 0,
            unusable_calls: 0,
            changing_images: None,
        }
    }
}

impl RegionalSettings {
    fn ruled<T>(&self, read: &str, value: T) -> Ruled<T> {
        let by = match self.ruled_by_organization.contains(read) {
            true => RuledBy::Organization,
            false => RuledBy::Account,
        };
        Ruled { value, by }
    }
}

pub(super) struct InProcessAccountSettings {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

impl InProcessAccountSettings {
    fn call<T>(
        &self,
        operation: &'static str,
        act: impl FnOnce(&mut RegionalSettings) -> Result<T>,
    ) -> Result<T> {
        self.cloud.call(&self.target, operation, self.target.region.as_str(), |world, _| {
            usable(world, operation)?;
            act(&mut world.settings)
        })
    }

    /// A change, which a policy of the organization refuses.
    fn change(
        &self,
        operation: &'static str,
        read: &'static str,
        act: impl FnOnce(&mut RegionalSettings),
    ) -> Result<()> {
        self.call(operation, |settings| {
            if settings.ruled_by_organization.contains(read) {
                let text = "A declarative policy of the organization manages this attribute";
                return Err(refuse(ErrorKind::Denied, operation, "UnauthorizedOperation", text));
            }
            act(settings);
            Ok(())
        })
    }
}

/// <https://docs.aws.amazon.com/ec2/latest/devguide/api-error-codes-table-client.html>: `OptInRequired`.
pub(super) fn usable(world: &mut World, operation: &'static str) -> Result<()> {
    match world.settings.unusable_calls {
        0 => Ok(()),
        left => {
            world.settings.unusable_calls = left - 1;
            let text = "You are not subscribed to this service";
            Err(refuse(ErrorKind::NotReady, operation, "OptInRequired", text))
        }
    }
}

#[async_trait::async_trait]
impl AccountSettingsReads for InProcessAccountSettings {
    async fn ebs_encryption_by_default(&self) -> Result<bool> {
        self.call("GetEbsEncryptionByDefault", |it| Ok(it.ebs_encryption))
    }

    async fn ebs_default_kms_key(&self) -> Result<String> {
        self.call("GetEbsDefaultKmsKeyId", |it| Ok(it.ebs_kms_key.clone()))
    }

    async fn kms_key_arn(&self, key: &str) -> Result<String> {
        const OPERATION: &str = "DescribeKey";
        self.call(OPERATION, |it| {
            let found = it.kms_keys.iter().find(|(alias, arn)| alias == key || arn == key);
            let text = format!("Alias {key} is not found");
            found
                .map(|(_, arn)| arn.clone())
                .ok_or_else(|| refuse(ErrorKind::NotFound, OPERATION, "NotFoundException", text))
        })
    }

    async fn instance_metadata_defaults(&self) -> Result<Ruled<MetadataDefaults>> {
        const OPERATION: &str = "GetInstanceMetadataDefaults";
        self.call(OPERATION, |it| Ok(it.ruled(OPERATION, it.metadata)))
    }

    async fn image_block_public_access(&self) -> Result<Ruled<BlockSharing>> {
        const OPERATION: &str = "GetImageBlockPublicAccessState";
        self.call(OPERATION, |it| {
            match it.changing_images.take() {
                Some((wanted, 0)) => it.images = wanted,
                Some((wanted, looks)) => it.changing_images = Some((wanted, looks - 1)),
                None => {}
            }
            Ok(it.ruled(OPERATION, it.images))
        })
    }

    async fn snapshot_block_public_access(&self) -> Result<Ruled<BlockSharing>> {
        const OPERATION: &str = "GetSnapshotBlockPublicAccessState";
        self.call(OPERATION, |it| Ok(it.ruled(OPERATION, it.snapshots)))
    }

    async fn serial_console_access(&self) -> Result<Ruled<bool>> {
        const OPERATION: &str = "GetSerialConsoleAccessStatus";
        self.call(OPERATION, |it| Ok(it.ruled(OPERATION, it.serial_console)))
    }
}

#[async_trait::async_trait]
impl AccountSettings for InProcessAccountSettings {
    async fn set_ebs_encryption_by_default(&self, enabled: bool) -> Result<()> {
        let operation =
            if enabled { "EnableEbsEncryptionByDefault" } else { "DisableEbsEncryptionByDefault" };
        self.change(operation, "GetEbsEncryptionByDefault", |it| it.ebs_encryption = enabled)
    }

    /// Answers with the key's ARN from then on, whatever it was named by.
    async fn set_ebs_default_kms_key(&self, key: &str) -> Result<String> {
        self.call("ModifyEbsDefaultKmsKeyId", |it| {
            let known = it.kms_keys.iter().find(|(alias, _)| alias == key);
            it.ebs_kms_key = known.map_or_else(|| key.to_owned(), |(_, arn)| arn.clone());
            Ok(it.ebs_kms_key.clone())
        })
    }

    async fn set_instance_metadata_defaults(&self, defaults: &MetadataDefaults) -> Result<()> {
        let defaults = *defaults;
        self.change("ModifyInstanceMetadataDefaults", "GetInstanceMetadataDefaults", |it| {
            it.metadata = defaults;
        })
    }

    async fn set_image_block_public_access(&self, block: BlockSharing) -> Result<()> {
        let operation = match block {
            BlockSharing::Unblocked => "DisableImageBlockPublicAccess",
            _ => "EnableImageBlockPublicAccess",
        };
        self.change(operation, "GetImageBlockPublicAccessState", |it| match it.image_looks {
            0 => it.images = block,
            looks => it.changing_images = Some((block, looks)),
        })
    }

    async fn set_snapshot_block_public_access(&self, block: BlockSharing) -> Result<()> {
        let operation = match block {
            BlockSharing::Unblocked => "DisableSnapshotBlockPublicAccess",
            _ => "EnableSnapshotBlockPublicAccess",
        };
        self.change(operation, "GetSnapshotBlockPublicAccessState", |it| it.snapshots = block)
    }

    async fn set_serial_console_access(&self, enabled: bool) -> Result<()> {
        let operation = if enabled { "EnableSerialConsoleAccess" } else { "DisableSerialConsoleAccess" };
        self.change(operation, "GetSerialConsoleAccessStatus", |it| it.serial_console = enabled)
    }
}
