//! The attributes of `landform_account_baseline`.

use super::rules;
use landform_cloud::account_settings::{BlockSharing, HttpTokens};
use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::{AccountId, EmailAddress, Region};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// The settings that every account begins with: one resource for one account in all its governed regions, whose regions are set
/// at the same time. Encryption and blocks of public access are on, default VPCs are gone, unless an attribute says otherwise.
///
/// What a policy of the organization enforces is shown as such in `settings` and left to that policy: it is no difference, and no
/// apply tries to change it.
///
/// Destroying the resource, or taking a region out of it, changes no setting: protection that is on stays on. Only the budget goes.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct AccountBaseline {
    /// The account. Default: the account of the provider's credentials.
    #[attribute(optional, computed, replace, sticky)]
    pub account_id: Value<Text<AccountId>>,
    /// The regions whose settings are kept. Regions that the account has opted in to a moment ago are waited for. Default: the
    /// provider's.
    #[attribute(optional, computed)]
    pub regions: Value<BTreeSet<Text<Region>>>,
    /// Encryption of new EBS volumes
    /// ([encryption by default](https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html)). Default: on.
    #[attribute(default = EbsEncryption::default())]
    pub ebs_encryption: Value<EbsEncryption>,
    /// What instances get of their
    /// [metadata service](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html) when image and
    /// launch say nothing. Default: IMDSv2 only, over two hops.
    #[attribute(default = InstanceMetadata::default())]
    pub instance_metadata: Value<InstanceMetadata>,
    /// Whether no more images (AMIs) can be
    /// [shared with everybody](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html); those that
    /// are public stay so. AWS takes up to ten minutes, which an apply waits. Default: `true`.
    #[attribute(default = true)]
    pub block_public_images: Value<bool>,
    /// Whether snapshots can be
    /// [shared with everybody](https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html):
    /// `block-all-sharing`, `block-new-sharing`, which leaves public ones public, or `unblocked`. Default: `block-all-sharing`.
    #[attribute(default = Text(BlockSharing::All))]
    pub block_public_snapshots: Value<Text<BlockSharing>>,
    /// Whether the [serial console](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-serial-console.html) of instances can be
    /// opened. Default: `false`.
    #[attribute(default = false)]
    pub serial_console: Value<bool>,
    /// The VPC that AWS makes in each region: `absent` deletes it with its subnets and its internet gateway, where no network
    /// interface is in it; `ignore` leaves it alone. Default: `absent`.
    #[attribute(default = Text(DefaultVpcMode::Absent))]
    pub default_vpc: Value<Text<DefaultVpcMode>>,
    /// Whether S3 blocks [public access](https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html)
    /// to all buckets of the account, in all four ways. `false` blocks none of them here; what buckets block themselves stays.
    /// Default: `true`.
    #[attribute(default = true)]
    pub s3_public_access_block: Value<bool>,
    /// What [passwords of IAM users](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html)
    /// must be like. Default: a policy that is stricter than AWS's own.
    #[attribute(default = PasswordPolicy::default())]
    pub password_policy: Value<PasswordPolicy>,
    /// The [alias](https://docs.aws.amazon.com/IAM/latest/UserGuide/console_account-alias.html) of the account, unique among all
    /// accounts of AWS: 3 to 63 characters of `a`-`z`, `0`-`9` and single `-`. Default: whatever the account has.
    #[attribute(optional, validate = rules::alias)]
    pub alias: Value<String>,
    /// A monthly budget for the costs of the account, called `landform-account-baseline`. Default: none.
    #[attribute(optional)]
    pub budget: Value<Budget>,
    /// How long an apply may take. A call that runs into it ends as one that fails: what is done is in state, and the next apply
    /// goes on.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// What is in force in each region. The keys are known at plan.
    #[attribute(computed, observed)]
    pub settings: Value<BTreeMap<String, Value<RegionSettings>>>,
    /// What is in force in the whole account.
    #[attribute(computed, observed)]
    pub account_settings: Value<AccountSettings>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed in part;
    /// `incomplete` after a create that did (the next apply resumes it).
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the settings, each line with its region or `account`; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// Encryption of new EBS volumes.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct EbsEncryption {
    /// Whether they are encrypted, also where nobody asks for it. Default: `true`.
    #[attribute(default = true)]
    pub enabled: Value<bool>,
    /// The key: an alias such as `alias/ebs` that there is in each region, or, with a single region, an id or ARN as well.
    /// Default: whatever the account has, which is AWS's own key at first.
    #[attribute(optional)]
    pub kms_key: Value<String>,
    /// Keys of single regions, by region, in place of `kms_key`. Default: none.
    #[attribute(optional)]
    pub kms_keys: Value<BTreeMap<String, String>>,
}

/// What instances get of their metadata service.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct InstanceMetadata {
    /// Whether a session token is needed (IMDSv2): `required`, `optional`, or `no-preference`. Default: `required`.
    #[attribute(default = Text(HttpTokens::Required))]
    pub http_tokens: Value<Text<HttpTokens>>,
    /// Over how many hops an answer of the service goes, 1 to 64: containers need 2. Default: 2.
    #[attribute(default = 2, validate = rules::hop_limit)]
    pub hop_limit: Value<i64>,
}

/// What passwords of IAM users must be like.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct PasswordPolicy {
    /// `false`: the account has no policy, so AWS's own counts. Default: `true`.
    #[attribute(default = true)]
    pub enabled: Value<bool>,
    /// Characters at least, 6 to 128. Default: 14.
    #[attribute(default = 14, validate = rules::minimum_length)]
    pub minimum_length: Value<i64>,
    /// How many earlier passwords cannot be used again, up to 24; 0: all can. Default: 24.
    #[attribute(default = 24, validate = rules::reuse_prevention)]
    pub reuse_prevention: Value<i64>,
    /// After how many days a password expires, up to 1095; 0: never. Default: 90.
    #[attribute(default = 90, validate = rules::maximum_age_days)]
    pub maximum_age_days: Value<i64>,
    /// Whether it needs one of the characters ``! @ # $ % ^ & * ( ) _ + - = [ ] { } | '``. Default: `true`.
    #[attribute(default = true)]
    pub require_symbols: Value<bool>,
    /// Whether it needs a digit. Default: `true`.
    #[attribute(default = true)]
    pub require_numbers: Value<bool>,
    /// Whether it needs an upper-case letter. Default: `true`.
    #[attribute(default = true)]
    pub require_uppercase_characters: Value<bool>,
    /// Whether it needs a lower-case letter. Default: `true`.
    #[attribute(default = true)]
    pub require_lowercase_characters: Value<bool>,
    /// Whether users can change their own password. Default: `true`.
    #[attribute(default = true)]
    pub allow_users_to_change_password: Value<bool>,
    /// Whether a user whose password has expired needs an administrator to get in again. Default: `false`.
    #[attribute(default = false)]
    pub hard_expiry: Value<bool>,
}

/// A monthly budget.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct Budget {
    /// The amount of a month, in whole US dollars.
    #[attribute(required, validate = rules::monthly_usd)]
    pub monthly_usd: Value<i64>,
    /// At which percentages of the amount somebody is told that it is spent. With those of `forecast_alerts` five at most.
    /// Default: 80 and 100.
    #[attribute(default = BTreeSet::from([80, 100]))]
    pub actual_alerts: Value<BTreeSet<i64>>,
    /// At which percentages of the amount somebody is told that it will be spent by the end of the month. Default: 100.
    #[attribute(default = BTreeSet::from([100]))]
    pub forecast_alerts: Value<BTreeSet<i64>>,
    /// The addresses that are told, one to ten.
    #[attribute(required)]
    pub emails: Value<BTreeSet<Text<EmailAddress>>>,
}

/// What is in force in a region.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct RegionSettings {
    /// Whether new EBS volumes are encrypted.
    #[attribute(computed)]
    pub ebs_encryption: Value<bool>,
    /// The key that encrypts them, as AWS writes it; null where `ebs_encryption` names none.
    #[attribute(computed)]
    pub ebs_kms_key: Value<String>,
    /// Whether the metadata service needs a session token.
    #[attribute(computed)]
    pub http_tokens: Value<String>,
    /// Over how many hops an answer of the metadata service goes; null without a preference.
    #[attribute(computed)]
    pub hop_limit: Value<i64>,
    /// What of sharing images with everybody is blocked.
    #[attribute(computed)]
    pub block_public_images: Value<String>,
    /// What of sharing snapshots with everybody is blocked.
    #[attribute(computed)]
    pub block_public_snapshots: Value<String>,
    /// Whether the serial console can be opened.
    #[attribute(computed)]
    pub serial_console: Value<bool>,
    /// The id of the default VPC; null where there is none, or where `default_vpc` is `ignore`.
    #[attribute(computed)]
    pub default_vpc_id: Value<String>,
    /// Who sets each setting, by its name: `account` or `organization policy`.
    #[attribute(computed)]
    pub enforced_by: Value<BTreeMap<String, String>>,
}

/// What is in force in the whole account.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct AccountSettings {
    /// Whether S3 blocks public access in all four ways.
    #[attribute(computed)]
    pub s3_public_access_block: Value<bool>,
    /// The alias of the account; null when it has none.
    #[attribute(computed)]
    pub alias: Value<String>,
    /// The name of the budget; null without one.
    #[attribute(computed)]
    pub budget_name: Value<String>,
    /// Who sets each setting, by its name: `account` or `organization policy`.
    #[attribute(computed)]
    pub enforced_by: Value<BTreeMap<String, String>>,
}

/// What becomes of default VPCs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultVpcMode {
    /// They are deleted.
    Absent,
    /// They are left alone.
    Ignore,
}

impl fmt::Display for DefaultVpcMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "absent",
            Self::Ignore => "ignore",
        })
    }
}

impl FromStr for DefaultVpcMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "absent" => Ok(Self::Absent),
            "ignore" => Ok(Self::Ignore),
            _ => Err(format!(
                "`{text}` is nothing that can become of a default VPC: write `absent` or `ignore`"
            )),
        }
    }
}

impl Default for EbsEncryption {
    fn default() -> Self {
        Self { enabled: Value::Known(true), kms_key: Value::Null, kms_keys: Value::Null }
    }
}

impl Default for InstanceMetadata {
    fn default() -> Self {
        Self { http_tokens: Value::Known(Text(HttpTokens::Required)), hop_limit: Value::Known(2) }
    }
}

/// As AWS's own guidance and its Landing Zone Accelerator have it.
impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            enabled: Value::Known(true),
            minimum_length: Value::Known(14),
            reuse_prevention: Value::Known(24),
            maximum_age_days: Value::Known(90),
            require_symbols: Value::Known(true),
            require_numbers: Value::Known(true),
            require_uppercase_characters: Value::Known(true),
            require_lowercase_characters: Value::Known(true),
            allow_users_to_change_password: Value::Known(true),
            hard_expiry: Value::Known(false),
        }
    }
}

/// The values of `status`.
pub(super) mod status {
    pub(crate) const READY: &str = "ready";
    pub(crate) const DRIFTED: &str = "drifted";
    pub(crate) const DEGRADED: &str = "degraded";
    pub(crate) const INCOMPLETE: &str = "incomplete";
}
