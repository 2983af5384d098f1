//! An organization, its tree and its accounts.

use super::*;
use landform_model::{Arn, InvalidText, RoleName};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its ARN.
    pub arn: Arn,
    /// The account that it was made in. Policies do not limit it, but for management policies.
    pub management_account: AccountId,
    /// Whether it has all features, and not only one bill.
    pub all_features: bool,
}

/// The root of an organization's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its id.
    pub id: RootId,
    /// Its ARN.
    pub arn: Arn,
    /// The kinds of policy that are on, or about to be on or off; those that are off are absent, and so are those that this
    /// program has no word for.
    pub policy_types: BTreeMap<PolicyType, PolicyTypeStatus>,
}

/// Whether a kind of policy can be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyTypeStatus {
    /// It can.
    Enabled,
    /// It soon can.
    PendingEnable,
    /// It soon no longer can.
    PendingDisable,
}

/// An organizational unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationalUnit {
    /// Its id.
    pub id: OrganizationalUnitId,
    /// Its ARN.
    pub arn: Arn,
    /// Its name, unique below its parent.
    pub name: String,
}

/// What an account or an organizational unit is directly below.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParentId {
    /// The root.
    Root(RootId),
    /// An organizational unit.
    Unit(OrganizationalUnitId),
}

impl ParentId {
    /// The id as AWS writes it.
    pub fn as_str(&self) -> &str {
        match self {
            ParentId::Root(id) => id.as_str(),
            ParentId::Unit(id) => id.as_str(),
        }
    }
}

impl fmt::Display for ParentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for ParentId {
    type Err = IdError;

    fn from_str(text: &str) -> std::result::Result<Self, IdError> {
        match text.starts_with("r-") {
            true => text.parse().map(ParentId::Root),
            false => text.parse().map(ParentId::Unit),
        }
    }
}

/// What a policy can be attached to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetId {
    /// The root: it holds for every account.
    Root(RootId),
    /// An organizational unit: it holds for every account in it and below it.
    Unit(OrganizationalUnitId),
    /// One account.
    Account(AccountId),
}

impl TargetId {
    /// The id as AWS writes it.
    pub fn as_str(&self) -> &str {
        match self {
            TargetId::Root(id) => id.as_str(),
            TargetId::Unit(id) => id.as_str(),
            TargetId::Account(id) => id.as_str(),
        }
    }
}

impl fmt::Display for TargetId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for TargetId {
    type Err = IdError;

    fn from_str(text: &str) -> std::result::Result<Self, IdError> {
        match text.parse() {
            Ok(account) => Ok(TargetId::Account(account)),
            Err(InvalidText { .. }) => text.parse().map(|parent| match parent {
                ParentId::Root(id) => TargetId::Root(id),
                ParentId::Unit(id) => TargetId::Unit(id),
            }),
        }
    }
}

/// An account of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its ARN.
    pub arn: Arn,
    /// Its name.
    pub name: String,
    /// The e-mail address of its root user, as AWS shows it. Compare it without regard to case.
    pub email: String,
    /// Where it is in its life.
    pub state: AccountState,
    /// How it came into the organization.
    pub joined: JoinedMethod,
    /// What it is directly below; none where AWS does not say it with the account.
    pub parent: Option<ParentId>,
}

/// Where an account is in its life.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountState {
    /// It was made and cannot be used yet.
    PendingActivation,
    /// It can be used.
    Active,
    /// AWS has suspended it.
    Suspended,
    /// It is being closed.
    PendingClosure,
    /// It is closed, and gone 90 days later. Until then it counts against the quota and keeps its e-mail address.
    Closed,
}

/// How an account came into the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JoinedMethod {
    /// It was made in it, with the role that the organization asked for.
    Created,
    /// It was invited: nobody has made a role in it.
    Invited,
}

/// What an account is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Its name.
    pub name: String,
    /// The e-mail address of its root user, which no other account of AWS may have.
    pub email: EmailAddress,
    /// The role that AWS makes in it for the management account.
    pub role_name: RoleName,
    /// Whether its users may see what it costs.
    pub billing_access: bool,
    /// Its tags, from its first moment.
    pub tags: Tags,
}

/// A request to make an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRequest {
    /// Its id.
    pub id: CreateAccountRequestId,
    /// The name that the account was to have. AWS does not say the e-mail address.
    pub name: String,
    /// What has become of it.
    pub progress: AccountProgress,
}

/// What has become of a request to make an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountProgress {
    /// AWS is at it.
    InProgress,
    /// The account is there, but may not be usable yet.
    Succeeded(AccountId),
    /// It was not made, for AWS's reason such as `EMAIL_ALREADY_EXISTS`.
    Failed(String),
}

/// A service of AWS by its principal, such as `sso.amazonaws.com`.
pub type ServicePrincipal = String;

/// What the management account can do about the root users of members.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management>
pub type RootAccess = BTreeSet<RootAccessFeature>;

/// A part of central root access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RootAccessFeature {
    /// Removing the credentials of root users of members, and not making any in new accounts.
    CredentialsManagement,
    /// Taking short sessions as the root user of a member.
    Sessions,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_what_its_id_says() {
        for text in ["r-ab12", "ou-ab12-cd34ef56", "111122223333"] {
            assert_eq!(text.parse::<TargetId>().unwrap().to_string(), text);
        }
        assert!(matches!("r-ab12".parse(), Ok(TargetId::Root(_))));
        assert!(matches!("111122223333".parse(), Ok(TargetId::Account(_))));
        assert!("1111".parse::<TargetId>().is_err());
        assert!("111122223333".parse::<ParentId>().is_err());
    }
}
