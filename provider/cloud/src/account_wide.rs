//! The port to settings that an account has once for all regions: IAM's password policy and alias, S3's block of public access.

use crate::Result;
use crate::account_settings::RuledBy;

/// Reads the settings.
#[async_trait::async_trait]
pub trait AccountWideReads: Send + Sync {
    /// The account's password policy for its IAM users; none when it has AWS's own.
    async fn password_policy(&self) -> Result<Option<PasswordPolicy>>;
    /// The account's alias.
    async fn alias(&self) -> Result<Option<String>>;
    /// What S3 blocks in all buckets of the account; none of it where the account says nothing. Where a policy of the
    /// organization rules, this is what that policy says.
    async fn s3_public_access_block(&self) -> Result<S3PublicAccessBlock>;
    /// Whether a policy of the organization rules the block of public access. S3's own answers do not tell.
    async fn s3_public_access_block_ruled_by(&self) -> Result<RuledBy>;
}

/// Changes the settings. Every write but that of the alias sets a value and may be sent again.
#[async_trait::async_trait]
pub trait AccountWide: AccountWideReads {
    /// Sets the password policy, all of it: AWS knows no part of one.
    async fn set_password_policy(&self, policy: &PasswordPolicy) -> Result<()>;
    /// Takes the password policy away, so that AWS's own counts. One that is gone counts as done.
    async fn delete_password_policy(&self) -> Result<()>;
    /// Gives the account its alias, in place of the one it has. An alias is unique among all accounts of AWS.
    async fn create_alias(&self, alias: &str) -> Result<()>;
    /// Sets what S3 blocks in all buckets of the account.
    async fn set_s3_public_access_block(&self, block: S3PublicAccessBlock) -> Result<()>;
}

/// What a password of an IAM user must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Characters at least.
    pub minimum_length: i32,
    /// How many earlier passwords may not be used again; none: all may.
    pub reuse_prevention: Option<i32>,
    /// After how many days a password expires; none: never.
    pub maximum_age_days: Option<i32>,
    /// Whether it needs one of the special characters.
    pub require_symbols: bool,
    /// Whether it needs a digit.
    pub require_numbers: bool,
    /// Whether it needs an upper-case letter.
    pub require_uppercase: bool,
    /// Whether it needs a lower-case letter.
    pub require_lowercase: bool,
    /// Whether users may change their own password.
    pub allow_users_to_change: bool,
    /// Whether a user whose password has expired needs an administrator.
    pub hard_expiry: bool,
}

/// What S3 blocks in all buckets of an account.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct S3PublicAccessBlock {
    /// New ACLs that make something public are refused.
    pub block_public_acls: bool,
    /// ACLs that make something public count for nothing.
    pub ignore_public_acls: bool,
    /// New bucket policies that make something public are refused.
    pub block_public_policy: bool,
    /// Buckets with such a policy are for the account and AWS's services only.
    pub restrict_public_buckets: bool,
}

impl S3PublicAccessBlock {
    /// All four, or none of them.
    pub fn of(blocked: bool) -> Self {
        Self {
            block_public_acls: blocked,
            ignore_public_acls: blocked,
            block_public_policy: blocked,
            restrict_public_buckets: blocked,
        }
    }
}
