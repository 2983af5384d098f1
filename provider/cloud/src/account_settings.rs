//! The port to what EC2 has switched on by default, for one account and region.
//!
//! Every write sets a value, so it may be sent again.

use crate::Result;
use std::fmt;

/// Reads the settings.
#[async_trait::async_trait]
pub trait AccountSettingsReads: Send + Sync {
    /// Whether new EBS volumes are encrypted.
    async fn ebs_encryption_by_default(&self) -> Result<bool>;
    /// The key that encrypts new EBS volumes, as AWS writes it: an ARN, or the alias of AWS's own key.
    async fn ebs_default_kms_key(&self) -> Result<String>;
    /// The ARN of a KMS key that is named by its id, alias or ARN.
    async fn kms_key_arn(&self, key: &str) -> Result<String>;
    /// What instances get of their metadata service when their launch says nothing.
    async fn instance_metadata_defaults(&self) -> Result<Ruled<MetadataDefaults>>;
    /// Whether images may be shared with everybody.
    async fn image_block_public_access(&self) -> Result<Ruled<BlockSharing>>;
    /// Whether snapshots may be shared with everybody.
    async fn snapshot_block_public_access(&self) -> Result<Ruled<BlockSharing>>;
    /// Whether the serial console of instances can be opened.
    async fn serial_console_access(&self) -> Result<Ruled<bool>>;
}

/// Changes the settings.
#[async_trait::async_trait]
pub trait AccountSettings: AccountSettingsReads {
    /// Switches the encryption of new EBS volumes on or off.
    async fn set_ebs_encryption_by_default(&self, enabled: bool) -> Result<()>;
    /// Names the key that encrypts new EBS volumes, and answers as AWS writes it. AWS checks it later, so a wrong one is not told
    /// here.
    async fn set_ebs_default_kms_key(&self, key: &str) -> Result<String>;
    /// Sets both defaults of the metadata service; other defaults stay as they are.
    async fn set_instance_metadata_defaults(&self, defaults: &MetadataDefaults) -> Result<()>;
    /// Lets images be shared with everybody or not. It can be read back up to ten minutes later.
    async fn set_image_block_public_access(&self, block: BlockSharing) -> Result<()>;
    /// Lets snapshots be shared with everybody or not.
    async fn set_snapshot_block_public_access(&self, block: BlockSharing) -> Result<()>;
    /// Lets the serial console be opened or not.
    async fn set_serial_console_access(&self, enabled: bool) -> Result<()>;
}

/// A setting that a declarative policy of the organization may rule; then the account cannot change it.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled<T> {
    /// What is in force.
    pub value: T,
    /// Who says so.
    pub by: RuledBy,
}

/// Who sets a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuledBy {
    /// The account itself.
    Account,
    /// A policy of the organization.
    Organization,
}

/// What instances get of their metadata service when their launch says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetadataDefaults {
    /// Whether a session token is needed: IMDSv2.
    pub http_tokens: HttpTokens,
    /// Over how many hops an answer of the service goes; none without a preference.
    pub hop_limit: Option<u8>,
}

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$about:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl $name {
            /// AWS's word for it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> std::result::Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { given: text.to_owned(), what: $what, words: &[$($word),+] }),
                }
            }
        }
    };
}

/// A text that is none of the words of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    given: String,
    what: &'static str,
    words: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.words.iter().map(|word| format!("`{word}`")).collect();
        write!(f, "`{}` is no {}: it is one of {}", self.given, self.what, words.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

word!(/// Whether the metadata service asks for a session token.
    HttpTokens, "value of http_tokens" {
    /// It does.
    Required = "required",
    /// It answers without one, too.
    Optional = "optional",
    /// The account says nothing of it, so the image or AWS decides.
    NoPreference = "no-preference",
});

word!(/// What sharing with everybody is blocked. Images know no `block-all-sharing`.
    BlockSharing, "kind of blocking" {
    /// Nothing becomes public any more, and what is public is so no longer.
    All = "block-all-sharing",
    /// Nothing becomes public any more.
    New = "block-new-sharing",
    /// Everything may be public.
    Unblocked = "unblocked",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_none_is_refused_with_those_there_are() {
        assert_eq!("required".parse::<HttpTokens>().unwrap().to_string(), "required");
        assert_eq!(
            "block".parse::<BlockSharing>().unwrap_err().to_string(),
            "`block` is no kind of blocking: it is one of `block-all-sharing`, `block-new-sharing`, `unblocked`"
        );
    }
}
