//! The port to what is set for accounts, over AWS Account Management.
//!
//! <https://docs.aws.amazon.com/accounts/latest/reference/API_Operations.html>

use crate::answer::required;
use crate::session::{as_role, home};
use crate::{error, retry};
use aws_config::SdkConfig;
use aws_sdk_account::Client;
use aws_sdk_account::config::Builder;
use aws_sdk_account::types::{AlternateContactType, RegionOptStatus};
use landform_cloud::account_management::*;
use landform_cloud::{AccountManagement, AccountManagementReads, Result};
use landform_model::{AccountId, EmailAddress, Region, RoleName};
use std::collections::BTreeMap;

/// Account Management with the credentials of the management account.
#[derive(Debug)]
pub(crate) struct AwsAccountManagement {
    client: Client,
    config: SdkConfig,
    caller: AccountId,
}

impl AwsAccountManagement {
    /// Over the credentials of `config`, which are those of account `caller`.
    pub(crate) fn new(config: &SdkConfig, caller: AccountId) -> Self {
        Self { client: Client::new(&home(config)), config: config.clone(), caller }
    }

    /// AWS takes the id of every account but the caller's own.
    fn other(&self, account: &AccountId) -> Option<String> {
        (*account != self.caller).then(|| account.to_string())
    }
}

#[async_trait::async_trait]
impl AccountManagementReads for AwsAccountManagement {
    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html>
    async fn alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
    ) -> Result<Option<AlternateContact>> {
        const OPERATION: &str = "GetAlternateContact";
        let call = self.client.get_alternate_contact().set_account_id(self.other(account));
        let answer =
            match call.alternate_contact_type(kind(contact)).send().await.map_err(error::of(OPERATION)) {
                Err(error) if error.is_not_found() => return Ok(None),
                answer => answer?,
            };
        let found = required(OPERATION, "AlternateContact", answer.alternate_contact)?;
        Ok(Some(AlternateContact {
            name: required(OPERATION, "Name", found.name)?,
            title: required(OPERATION, "Title", found.title)?,
            email: required(OPERATION, "EmailAddress", found.email_address)?,
            phone: required(OPERATION, "PhoneNumber", found.phone_number)?,
        }))
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html>. Regions whose names this program cannot read are
    /// left out.
    async fn regions(&self, account: &AccountId) -> Result<BTreeMap<Region, RegionStatus>> {
        let call = self.client.list_regions().set_account_id(self.other(account));
        let all =
            call.into_paginator().items().send().try_collect().await.map_err(error::of("ListRegions"))?;
        let status = |region: &aws_sdk_account::types::Region| {
            let name = region.region_name()?.parse().ok()?;
            let status = match region.region_opt_status()? {
                RegionOptStatus::EnabledByDefault => RegionStatus::EnabledByDefault,
                RegionOptStatus::Enabled => RegionStatus::Enabled,
                RegionOptStatus::Enabling => RegionStatus::Enabling,
                RegionOptStatus::Disabling => RegionStatus::Disabling,
                RegionOptStatus::Disabled => RegionStatus::Disabled,
                _ => return None,
            };
            Some((name, status))
        };
        Ok(all.iter().filter_map(status).collect())
    }

    /// Assumes the role anew each time, because credentials that were refused once are not asked for again otherwise.
    async fn try_out(&self, account: &AccountId, role: &RoleName) -> Result<()> {
        let config = match *account == self.caller {
            true => self.config.clone(),
            false => as_role(&self.config, account, role).await?,
        };
        let client = aws_sdk_ec2::Client::new(&home(&config));
        client.describe_regions().send().await.map(drop).map_err(error::of("DescribeRegions"))
    }
}

#[async_trait::async_trait]
impl AccountManagement for AwsAccountManagement {
    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html>
    async fn set_alternate_contact(
        &self,
        account: &AccountId,
        contact: ContactType,
        to: &AlternateContact,
    ) -> Result<()> {
        let call = self.client.put_alternate_contact().set_account_id(self.other(account));
        let call = call.alternate_contact_type(kind(contact)).name(&to.name).title(&to.title);
        let call = call.email_address(&to.email).phone_number(&to.phone);
        call.send().await.map(drop).map_err(error::of("PutAlternateContact"))
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_DeleteAlternateContact.html>
    async fn delete_alternate_contact(&self, account: &AccountId, contact: ContactType) -> Result<()> {
        let call = self.client.delete_alternate_contact().set_account_id(self.other(account));
        let call = call.alternate_contact_type(kind(contact));
        match call.send().await.map(drop).map_err(error::of("DeleteAlternateContact")) {
            Err(error) if error.is_not_found() => Ok(()),
            result => result,
        }
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_PutAccountName.html>
    async fn rename_account(&self, account: &AccountId, name: &str) -> Result<()> {
        let call = self.client.put_account_name().set_account_id(self.other(account)).account_name(name);
        call.send().await.map(drop).map_err(error::of("PutAccountName"))
    }

    /// Sends a mail, so it is sent once.
    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_StartPrimaryEmailUpdate.html>
    async fn start_email_update(&self, account: &AccountId, email: &EmailAddress) -> Result<()> {
        let call = self.client.start_primary_email_update().account_id(account.as_str());
        let once = Builder::new().retry_config(retry::disabled());
        let call = call.primary_email(email.as_str()).customize().config_override(once);
        call.send().await.map(drop).map_err(error::of("StartPrimaryEmailUpdate"))
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_AcceptPrimaryEmailUpdate.html>
    async fn accept_email_update(&self, account: &AccountId, email: &EmailAddress, code: &str) -> Result<()> {
        let call = self.client.accept_primary_email_update().account_id(account.as_str());
        let call = call.primary_email(email.as_str()).otp(code);
        call.send().await.map(drop).map_err(error::of("AcceptPrimaryEmailUpdate"))
    }

    /// <https://docs.aws.amazon.com/accounts/latest/reference/API_EnableRegion.html>
    async fn enable_region(&self, account: &AccountId, region: &Region) -> Result<()> {
        let call = self.client.enable_region().set_account_id(self.other(account));
        call.region_name(region.as_str()).send().await.map(drop).map_err(error::of("EnableRegion"))
    }
}

fn kind(contact: ContactType) -> AlternateContactType {
    match contact {
        ContactType::Billing => AlternateContactType::Billing,
        ContactType::Operations => AlternateContactType::Operations,
        ContactType::Security => AlternateContactType::Security,
    }
}
