//! Making accounts.

use super::tags::tag_list;
use super::*;
use aws_sdk_organizations::operation::list_create_account_status::ListCreateAccountStatusOutput;
use aws_sdk_organizations::types;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    pub(super) async fn create_account(&self, account: &NewAccount) -> Result<AccountRequest> {
        const OPERATION: &str = "CreateAccount";
        let billing = match account.billing_access {
            true => types::IamUserAccessToBilling::Allow,
            false => types::IamUserAccessToBilling::Deny,
        };
        let call = self.client.create_account().account_name(&account.name).email(account.email.as_str());
        let call = call.role_name(account.role_name.as_str()).iam_user_access_to_billing(billing);
        let call = call.set_tags(Some(tag_list(OPERATION, &account.tags)?));
        let call = call.customize().config_override(no_resend()).send();
        let answer = self.write(async { call.await.map_err(error::of(OPERATION)) }).await?;
        request(OPERATION, answer.create_account_status())
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html>
    pub(super) async fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        const OPERATION: &str = "ListCreateAccountStatus";
        let pages = self.client.list_create_account_status().into_paginator().send().try_collect().await;
        let pages = pages.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListCreateAccountStatusOutput::create_account_statuses);
        all.map(|it| request(OPERATION, Some(it))).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html>
    pub(super) async fn account_request(
        &self,
        id: &CreateAccountRequestId,
    ) -> Result<Option<AccountRequest>> {
        const OPERATION: &str = "DescribeCreateAccountStatus";
        let call = self.client.describe_create_account_status().create_account_request_id(id.as_str());
        let answer = if_any(call.send().await.map_err(error::of(OPERATION)))?;
        answer.map(|it| request(OPERATION, it.create_account_status())).transpose()
    }
}

fn request(operation: &'static str, given: Option<&types::CreateAccountStatus>) -> Result<AccountRequest> {
    let given = required(operation, "CreateAccountStatus", given)?;
    let progress = match required(operation, "State", given.state())? {
        types::CreateAccountState::Succeeded => {
            AccountProgress::Succeeded(parsed(operation, "AccountId", given.account_id())?)
        }
        types::CreateAccountState::Failed => {
            let reason = given.failure_reason().map_or("no reason given", |reason| reason.as_str());
            AccountProgress::Failed(reason.to_owned())
        }
        _ => AccountProgress::InProgress,
    };
    Ok(AccountRequest {
        id: parsed(operation, "Id", given.id())?,
        name: given.account_name().unwrap_or_default().to_owned(),
        progress,
    })
}
