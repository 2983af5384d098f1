//! What can be done. Each step sets one thing and may be done again.

use super::seen::SeenDefaultVpc;
use landform_cloud::account_settings::{BlockSharing, MetadataDefaults};
use landform_cloud::account_wide::PasswordPolicy;
use landform_cloud::budgets::{Alert, Budget, Usd};
use std::collections::BTreeSet;
use std::fmt;

/// A step in one region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RegionStep {
    SetEbsEncryption(bool),
    SetEbsKmsKey(String),
    SetMetadataDefaults(MetadataDefaults),
    SetSnapshots(BlockSharing),
    SetSerialConsole(bool),
    RemoveDefaultVpc(SeenDefaultVpc),
    SetImages(BlockSharing),
}

/// A step in the whole account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AccountStep {
    BlockS3(bool),
    SetPasswordPolicy(PasswordPolicy),
    DeletePasswordPolicy,
    CreateAlias(String),
    CreateBudget(Budget),
    SetBudgetLimit(Usd),
    RemoveAlert(Alert),
    AddAlert(Alert, BTreeSet<String>),
    DeleteBudget,
}

fn switch(f: &mut fmt::Formatter<'_>, on: bool, what: &str) -> fmt::Result {
    write!(f, "switch {what} {}", if on { "on" } else { "off" })
}

impl fmt::Display for RegionStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetEbsEncryption(on) => switch(f, *on, "EBS encryption by default"),
            Self::SetEbsKmsKey(key) => write!(f, "encrypt EBS volumes with {key} by default"),
            Self::SetMetadataDefaults(MetadataDefaults { http_tokens, hop_limit }) => {
                write!(f, "set IMDS defaults to http_tokens {http_tokens}")?;
                hop_limit.map_or(Ok(()), |hops| write!(f, ", hop limit {hops}"))
            }
            Self::SetSnapshots(block) => write!(f, "set public sharing of snapshots to {block}"),
            Self::SetSerialConsole(on) => switch(f, *on, "the serial console"),
            Self::RemoveDefaultVpc(SeenDefaultVpc { id, used_by }) => {
                write!(f, "remove the default VPC {id}")?;
                if !used_by.is_empty() {
                    write!(f, ", which {} use", used_by.join(", "))?;
                }
                Ok(())
            }
            Self::SetImages(block) => write!(f, "set public sharing of images to {block}"),
        }
    }
}

impl fmt::Display for AccountStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BlockS3(on) => switch(f, *on, "S3's block of public access"),
            Self::SetPasswordPolicy(_) => f.write_str("set the password policy"),
            Self::DeletePasswordPolicy => f.write_str("take away the password policy"),
            Self::CreateAlias(alias) => write!(f, "set the alias {alias}"),
            Self::CreateBudget(budget) => write!(f, "create the budget of {} USD", budget.limit),
            Self::SetBudgetLimit(limit) => write!(f, "set the budget to {limit} USD"),
            Self::RemoveAlert(alert) => write!(f, "remove the budget's alert at {alert}"),
            Self::AddAlert(alert, _) => write!(f, "add the budget's alert at {alert}"),
            Self::DeleteBudget => f.write_str("delete the budget"),
        }
    }
}
