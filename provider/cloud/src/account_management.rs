//! The port to AWS Account Management: what is set for an account from outside of it, and whether it can be used yet.
//!
//! <https://docs.aws.amazon.com/accounts/latest/reference/welcome.html>

use crate::Result;
use landform_model::{AccountId, EmailAddress, Region, RoleName};
use std::collections::BTreeMap;

/// Whom AWS writes to besides the root user.
///
/// <https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactType {
    /// About money.
    Billing,
    /// About what runs.
    Operations,
    /// About security.
    Security,
}

impl ContactType {
    /// All of them.
    pub const ALL: [ContactType; 3] = [ContactType::Billing, ContactType::Operations, ContactType::Security];

    /// The word for it: `billing`, `operations` or `security`.
    pub fn as_str(self) -> &'static str {
        match self {
            ContactType::Billing => "billing",
            ContactType::Operations => "operations",
            ContactType::Security => "security",
        }
    }
}

/// A person or team that AWS writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlternateContact {
    /// The name.
    pub name: String,
    /// What they are in their company.
    pub title: String,
    /// The e-mail address.
    pub email: String,
    /// The phone number.
    pub phone: String,
}

/// Whether an account can use a region.
///
/// <https://docs.aws.amazon.com/accounts/latest/reference/API_Region.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionStatus {
    /// Every account can.
    EnabledByDefault,
    /// It can.
    Enabled,
    /// It soon can.
    Enabling,
    /// It soon cannot.
    Disabling,
    /// It cannot.
    Disabled,
}

/// Reads what is set for accounts. Whoever has only this can change nothing.
///
/// For an account of the organization the caller is in the management account, and `account.amazonaws.com` is a trusted service.
#[async_trait::async_trait]
pub trait AccountManagementReads: Send + Sync {
    /// A contact of an account; none when it has none.
    async fn alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
    ) -> Result<Option<AlternateContact>>;
    /// Every region with whether the account can use it.
    async fn regions(&self, account: &AccountId) -> Result<BTreeMap<Region, RegionStatus>>;
    /// Uses the account once, by a call that changes nothing, as the role that AWS makes in a new one. An error says why it cannot be
    /// used, such as that it is too new.
    async fn try_out(&self, account: &AccountId, role: &RoleName) -> Result<()>;
}

/// Changes what is set for accounts. Each write sets a value, so that it may be sent again, but for
/// [`AccountManagement::start_email_update`], which sends a mail.
#[async_trait::async_trait]
pub trait AccountManagement: AccountManagementReads {
    /// Sets a contact of an account.
    async fn set_alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
        to: &AlternateContact,
    ) -> Result<()>;
    /// Takes a contact of an account away. Gone already counts as done.
    async fn delete_alternate_contact(&self, account: &AccountId, contact: ContactType) -> Result<()>;
    /// Gives an account another name.
    async fn rename_account(&self, account: &AccountId, name: &str) -> Result<()>;
    /// Begins to give the root user of an account another e-mail address: AWS sends a code to that address.
    async fn start_email_update(&self, account: &AccountId, email: &EmailAddress) -> Result<()>;
    /// Gives the root user the address that the code was sent to.
    async fn accept_email_update(&self, account: &AccountId, email: &EmailAddress, code: &str) -> Result<()>;
    /// Begins to let an account use a region; takes minutes to hours. Enabled already counts as done.
    async fn enable_region(&self, account: &AccountId, region: &Region) -> Result<()>;
}
