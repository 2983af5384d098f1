//! The attributes of `landform_state_backend`.

use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::{AccountId, BucketName, Region, ResourceName, StackName};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Where Terraform keeps states: a bucket that keeps old versions, lets nothing be public and takes no plain HTTP, and a key that
/// encrypts it. Locks are files beside the states (`use_lockfile`), so there is no table.
///
/// `landform bootstrap` makes one from nothing and moves its own state into it.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct StateBackend {
    /// The account of the bucket. Default: the account of the provider's credentials.
    #[attribute(optional, computed, immutable, sticky)]
    pub account_id: Value<Text<AccountId>>,
    /// The region of the bucket. Default: the provider's.
    #[attribute(optional, computed, immutable, sticky)]
    pub region: Value<Text<Region>>,
    /// The name of the resource, unique in its stack. Default: `state`.
    #[attribute(optional, computed, immutable, sticky)]
    pub name: Value<Text<ResourceName>>,
    /// The name of the bucket, unique in all of AWS. Default: `landform-NAME-ACCOUNT-REGION`.
    #[attribute(optional, computed, immutable, sticky)]
    pub bucket: Value<Text<BucketName>>,
    /// How states are encrypted: `kms`, with a key of their own; or `s3`, with S3's. Default: `kms`.
    #[attribute(immutable, default = Text(StateEncryption::Kms))]
    pub encryption: Value<Text<StateEncryption>>,
    /// After how many days an old version of a state is deleted. Default: 90.
    #[attribute(default = 90, validate = days)]
    pub noncurrent_version_days: Value<i64>,
    /// Whether the bucket refuses requests without TLS. Default: `true`.
    #[attribute(default = true)]
    pub tls_only: Value<bool>,
    /// When the backend is destroyed, delete all states and their old versions for good. Without it a bucket with states is not
    /// destroyed. A destroy goes by what the last apply said. Default: `false`.
    #[attribute(default = false)]
    pub force_destroy: Value<bool>,
    /// Refuse to destroy the bucket and the key. Default: `true`.
    #[attribute(default = true)]
    pub deletion_protection: Value<bool>,
    /// For how many days, 7 to 30, the deletion of the key can be undone after a destroy. Default: 30.
    #[attribute(default = 30, validate = window)]
    pub key_deletion_days: Value<i64>,
    /// Tags for bucket and key, over the provider's `default_tags`.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Attributes whose change may destroy the backend and make it anew, such as `["bucket"]`. Without this such a change is an
    /// error at plan.
    #[attribute(optional)]
    pub allow_replace: Value<BTreeSet<String>>,
    /// How long an apply may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The ARN of the bucket, known at plan.
    #[attribute(computed)]
    pub bucket_arn: Value<String>,
    /// The alias of the key; null with `encryption = "s3"`.
    #[attribute(computed)]
    pub kms_key_alias: Value<String>,
    /// The ARN of the key; null with `encryption = "s3"`.
    #[attribute(computed, sticky)]
    pub kms_key_arn: Value<String>,
    /// The block `terraform { backend "s3" { … } }` that keeps the state of this very stack here; for other states change `key`.
    #[attribute(computed, sticky)]
    pub backend_hcl: Value<String>,
    /// The stack that the backend belongs to: the provider's.
    #[attribute(computed, sticky)]
    pub stack: Value<Text<StackName>>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it).
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the backend, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// How states are encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StateEncryption {
    /// With a key of KMS of their own.
    #[default]
    Kms,
    /// With S3's own keys.
    S3,
}

impl fmt::Display for StateEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StateEncryption::Kms => "kms",
            StateEncryption::S3 => "s3",
        })
    }
}

/// A text that is no kind of encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEncryption(String);

impl fmt::Display for UnknownEncryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not one of `kms` and `s3`", self.0)
    }
}

impl std::error::Error for UnknownEncryption {}

impl FromStr for StateEncryption {
    type Err = UnknownEncryption;

    fn from_str(text: &str) -> Result<Self, UnknownEncryption> {
        match text {
            "kms" => Ok(StateEncryption::Kms),
            "s3" => Ok(StateEncryption::S3),
            other => Err(UnknownEncryption(other.to_owned())),
        }
    }
}

fn days(days: &i64) -> Result<(), String> {
    match (1..=36_500).contains(days) {
        true => Ok(()),
        false => Err(format!("{days} days is not possible: write 1 to 36500")),
    }
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html>
fn window(days: &i64) -> Result<(), String> {
    match (7..=30).contains(days) {
        true => Ok(()),
        false => Err(format!("{days} days is not possible: KMS waits 7 to 30 days")),
    }
}

/// The values of `status`.
pub(super) mod status {
    pub(crate) const READY: &str = "ready";
    pub(crate) const DRIFTED: &str = "drifted";
    pub(crate) const DEGRADED: &str = "degraded";
    pub(crate) const INCOMPLETE: &str = "incomplete";
}
