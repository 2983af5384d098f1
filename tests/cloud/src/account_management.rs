//! The port to Account Management over objects in memory.
//!
//! What it refuses, AWS refuses with the same code: <https://docs.aws.amazon.com/accounts/latest/reference/API_Operations.html>

use super::organizations::OrganizationWorld;
use super::{InProcessCloud, refuse};
use landform_cloud::account_management::*;
use landform_cloud::organizations::{Account, AccountState, JoinedMethod};
use landform_cloud::{AccountManagement, AccountManagementReads, CloudError, ErrorKind, Result};
use landform_model::{AccountId, EmailAddress, Region, RoleName};
use std::collections::BTreeMap;

/// The service that must be trusted before accounts of the organization can be asked.
const SERVICE: &str = "account.amazonaws.com";

/// What is set for accounts. Tests may look at it and change it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountSettings {
    /// The contacts of accounts.
    pub contacts: BTreeMap<(AccountId, ContactType), AlternateContact>,
    /// Addresses that codes were sent to, with the code.
    pub codes: BTreeMap<AccountId, (String, String)>,
    /// How many codes were sent.
    pub mails: u32,
    /// The regions of accounts that are not enabled by default.
    pub regions: BTreeMap<(AccountId, Region), RegionStatus>,
    /// How many looks more than one a region that was asked for is not on yet; with [`u32::MAX`] it never is.
    pub region_looks: u32,
    /// Makes every look at a new account fail as not usable yet.
    pub never_ready: bool,
}

pub(super) struct InProcessAccountManagement {
    pub(super) cloud: InProcessCloud,
}

impl InProcessAccountManagement {
    fn call<T>(
        &self,
        operation: &'static str,
        account: &AccountId,
        act: impl FnOnce(&mut OrganizationWorld) -> Result<T>,
    ) -> Result<T> {
        self.cloud.run(
            operation,
            account.as_str(),
            |parts| Ok(&mut parts.organization),
            |world, _| {
                if *account != world.caller && !world.trusted_services.contains(SERVICE) {
                    let text = format!("{SERVICE} is no trusted service of the organization.");
                    return Err(refuse(ErrorKind::Denied, operation, "AccessDeniedException", text));
                }
                world.member(operation, account)?;
                act(world)
            },
        )
    }
}

impl OrganizationWorld {
    fn member(&mut self, operation: &'static str, account: &AccountId) -> Result<&mut Account> {
        let known = self.accounts.iter_mut().find(|it| it.id == *account);
        known.ok_or_else(|| {
            let text = format!("{account} is not in your organization.");
            refuse(ErrorKind::Denied, operation, "AccessDeniedException", text)
        })
    }
}

#[async_trait::async_trait]
impl AccountManagementReads for InProcessAccountManagement {
    async fn alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
    ) -> Result<Option<AlternateContact>> {
        self.call("GetAlternateContact", account, |world| {
            Ok(world.settings.contacts.get(&(account.clone(), contact)).cloned())
        })
    }

    async fn regions(&self, account: &AccountId) -> Result<BTreeMap<Region, RegionStatus>> {
        self.call("ListRegions", account, |world| {
            let AccountSettings { regions, region_looks, .. } = &mut world.settings;
            let mut all: BTreeMap<Region, RegionStatus> = BTreeMap::new();
            for ((_, region), status) in regions.iter_mut().filter(|((id, _), _)| id == account) {
                all.insert(region.clone(), *status);
                match (*status, *region_looks) {
                    (RegionStatus::Enabling, 0) => *status = RegionStatus::Enabled,
                    (RegionStatus::Enabling, looks) if looks < u32::MAX => *region_looks -= 1,
                    _ => {}
                }
            }
            for (region, status) in
                [("us-east-1", RegionStatus::EnabledByDefault), ("af-south-1", RegionStatus::Disabled)]
            {
                all.entry(id(region)).or_insert(status);
            }
            Ok(all)
        })
    }

    async fn try_out(&self, account: &AccountId, _role: &RoleName) -> Result<()> {
        const OPERATION: &str = "DescribeRegions";
        self.cloud.run(
            OPERATION,
            account.as_str(),
            |parts| Ok(&mut parts.organization),
            |world, _| {
                let it = world.member(OPERATION, account)?;
                if it.joined == JoinedMethod::Invited || it.state != AccountState::Active {
                    let text = "The role cannot be assumed.";
                    return Err(refuse(ErrorKind::Denied, "AssumeRole", "AccessDenied", text));
                }
                if world.settings.never_ready || !world.look_whether_ready(account) {
                    let text = "You are not subscribed to this service.";
                    return Err(refuse(ErrorKind::NotReady, OPERATION, "OptInRequired", text));
                }
                Ok(())
            },
        )
    }
}

#[async_trait::async_trait]
impl AccountManagement for InProcessAccountManagement {
    async fn set_alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
        to: &AlternateContact,
    ) -> Result<()> {
        self.call("PutAlternateContact", account, |world| {
            world.settings.contacts.insert((account.clone(), contact), to.clone());
            Ok(())
        })
    }

    async fn delete_alternate_contact(&self, account: &AccountId, contact: ContactType) -> Result<()> {
        self.call("DeleteAlternateContact", account, |world| {
            world.settings.contacts.remove(&(account.clone(), contact));
            Ok(())
        })
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html>
    async fn rename_account(&self, account: &AccountId, name: &str) -> Result<()> {
        const OPERATION: &str = "PutAccountName";
        self.call(OPERATION, account, |world| {
            let good = |letter: char| matches!(letter, ' '..=';' | '=' | '?'..='~');
            if name.is_empty() || name.len() > 50 || !name.chars().all(good) {
                return Err(invalid(OPERATION, "The name breaks the pattern"));
            }
            world.member(OPERATION, account)?.name = name.to_owned();
            Ok(())
        })
    }

    async fn start_email_update(&self, account: &AccountId, email: &EmailAddress) -> Result<()> {
        const OPERATION: &str = "StartPrimaryEmailUpdate";
        self.call(OPERATION, account, |world| {
            let same = |other: &str| other.eq_ignore_ascii_case(email.as_str());
            if world.accounts.iter().any(|it| same(&it.email)) || world.taken_emails.iter().any(|it| same(it))
            {
                let text = "The address belongs to another account.";
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "ConflictException", text));
            }
            world.settings.mails += 1;
            let code = format!("code{:02}", world.settings.mails);
            world.settings.codes.insert(account.clone(), (email.to_string(), code));
            Ok(())
        })
    }

    async fn accept_email_update(&self, account: &AccountId, email: &EmailAddress, code: &str) -> Result<()> {
        const OPERATION: &str = "AcceptPrimaryEmailUpdate";
        self.call(OPERATION, account, |world| {
            let sent = world.settings.codes.get(account);
            if sent.is_none_or(|(to, sent)| to != email.as_str() || sent != code) {
                return Err(invalid(OPERATION, "The one-time password is wrong or too old"));
            }
            world.settings.codes.remove(account);
            world.member(OPERATION, account)?.email = email.to_string();
            Ok(())
        })
    }

    async fn enable_region(&self, account: &AccountId, region: &Region) -> Result<()> {
        self.call("EnableRegion", account, |world| {
            let status = world.settings.regions.entry((account.clone(), region.clone()));
            let status = status.or_insert(RegionStatus::Disabled);
            if *status != RegionStatus::Enabled {
                *status = RegionStatus::Enabling;
            }
            Ok(())
        })
    }
}

fn invalid(operation: &'static str, text: &str) -> CloudError {
    refuse(ErrorKind::Invalid, operation, "ValidationException", text)
}

fn id(region: &str) -> Region {
    region.parse().unwrap_or_else(|error| panic!("{error}"))
}
