//! What is in force.

use landform_cloud::account_settings::{BlockSharing, MetadataDefaults, Ruled, RuledBy};
use landform_cloud::account_wide::{PasswordPolicy, S3PublicAccessBlock};
use landform_cloud::budgets::Budget;
use landform_cloud::id::VpcId;
use landform_model::Region;
use std::collections::BTreeMap;

/// What is in force, as far as it has been looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Seen {
    pub(super) wide: Option<SeenAccount>,
    pub(super) regions: BTreeMap<Region, SeenRegion>,
    /// Regions that the account cannot use yet, and what AWS says.
    pub(super) unusable: BTreeMap<Region, String>,
}

/// What is in force in a region.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenRegion {
    pub(super) ebs_encryption: bool,
    /// Looked at where a key is wanted.
    pub(super) kms_key: Option<SeenKey>,
    pub(super) metadata: Ruled<MetadataDefaults>,
    pub(super) images: Ruled<BlockSharing>,
    pub(super) snapshots: Ruled<BlockSharing>,
    pub(super) serial_console: Ruled<bool>,
    /// Looked at where it shall go.
    pub(super) default_vpc: Option<SeenDefaultVpc>,
}

/// The key that encrypts new volumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeenKey {
    /// As AWS writes it.
    pub(super) name: String,
    /// Whether it is the one that is wanted, whatever that is named by.
    pub(super) wanted: bool,
}

/// A default VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SeenDefaultVpc {
    pub(super) id: VpcId,
    /// The network interfaces in it.
    pub(super) used_by: Vec<String>,
}

/// What is in force in the whole account.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenAccount {
    pub(super) s3: Ruled<S3PublicAccessBlock>,
    pub(super) password_policy: Option<PasswordPolicy>,
    pub(super) alias: Option<String>,
    /// Ours, looked at where there may be one.
    pub(super) budget: Option<Budget>,
}

/// `organization policy` or `account`.
pub(super) fn enforced_by(by: RuledBy) -> &'static str {
    match by {
        RuledBy::Account => "account",
        RuledBy::Organization => "organization policy",
    }
}
