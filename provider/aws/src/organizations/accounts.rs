//! Accounts: reading, moving and closing them.

use super::*;
use aws_sdk_organizations::operation::list_accounts::ListAccountsOutput;
use aws_sdk_organizations::operation::list_accounts_for_parent::ListAccountsForParentOutput;
use aws_sdk_organizations::operation::list_parents::ListParentsOutput;
use aws_sdk_organizations::types;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
    pub(super) async fn accounts(&self) -> Result<Vec<Account>> {
        const OPERATION: &str = "ListAccounts";
        let pages = self.client.list_accounts().into_paginator().send().try_collect().await;
        let pages = pages.map_err(error::of(OPERATION))?;
        pages.iter().flat_map(ListAccountsOutput::accounts).map(|it| account(OPERATION, it)).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html>
    pub(super) async fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        const OPERATION: &str = "ListAccountsForParent";
        let call = self.client.list_accounts_for_parent().parent_id(parent.as_str());
        let pages = call.into_paginator().send().try_collect().await.map_err(error::of(OPERATION))?;
        let all = pages.iter().flat_map(ListAccountsForParentOutput::accounts);
        all.map(|it| Ok(Account { parent: Some(parent.clone()), ..account(OPERATION, it)? })).collect()
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html>
    pub(super) async fn account(&self, id: &AccountId) -> Result<Option<Account>> {
        const OPERATION: &str = "DescribeAccount";
        let call = self.client.describe_account().account_id(id.as_str()).send();
        let Some(answer) = if_any(call.await.map_err(error::of(OPERATION)))? else { return Ok(None) };
        let found = account(OPERATION, required(OPERATION, "Account", answer.account())?)?;
        match found.parent {
            Some(_) => Ok(Some(found)),
            None => Ok(Some(Account { parent: self.parent_of(id).await?, ..found })),
        }
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html>
    async fn parent_of(&self, account: &AccountId) -> Result<Option<ParentId>> {
        const OPERATION: &str = "ListParents";
        let pages = self.client.list_parents().child_id(account.as_str()).into_paginator().send();
        let Some(pages) = if_any(pages.try_collect().await.map_err(error::of(OPERATION)))? else {
            return Ok(None);
        };
        let parent = pages.iter().flat_map(ListParentsOutput::parents).next();
        parent.map(|it| parsed(OPERATION, "Id", it.id())).transpose()
    }

    /// A lost answer makes the SDK send it again, and then the account is where it shall be and not where it was: looking
    /// tells. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
    pub(super) async fn move_account(
        &self,
        account: &AccountId,
        from: &ParentId,
        to: &ParentId,
    ) -> Result<()> {
        let call = self.client.move_account().account_id(account.as_str());
        let call = call.source_parent_id(from.as_str()).destination_parent_id(to.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("MoveAccount")) };
        match exists_is_done(self.write(call).await) {
            Err(error) if error.is_not_found() => match self.parent_of(account).await? {
                Some(now) if now == *to => Ok(()),
                _ => Err(error),
            },
            result => result,
        }
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>
    pub(super) async fn close_account(&self, account: &AccountId) -> Result<()> {
        let call = self.client.close_account().account_id(account.as_str());
        let call = async { call.send().await.map(drop).map_err(error::of("CloseAccount")) };
        exists_is_done(self.write(call).await)
    }
}

/// Its `Status` means something else since September 2026: only the `State` counts.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html>
fn account(operation: &'static str, given: &types::Account) -> Result<Account> {
    let state = match required(operation, "State", given.state())? {
        types::AccountState::PendingActivation => AccountState::PendingActivation,
        types::AccountState::Active => AccountState::Active,
        types::AccountState::PendingClosure => AccountState::PendingClosure,
        types::AccountState::Closed => AccountState::Closed,
        // A state that is new to this program is none in which an account can be used.
        _ => AccountState::Suspended,
    };
    let joined = match given.joined_method() {
        Some(types::AccountJoinedMethod::Created) => JoinedMethod::Created,
        _ => JoinedMethod::Invited,
    };
    Ok(Account {
        id: parsed(operation, "Id", given.id())?,
        arn: parsed(operation, "Arn", given.arn())?,
        name: given.name().unwrap_or_default().to_owned(),
        email: given.email().unwrap_or_default().to_owned(),
        state,
        joined,
        parent: given.paths().first().and_then(|path| last_parent(path)),
    })
}

/// The root or the unit at the end of a path such as `o-exampleorgid/r-ab12/ou-ab12-cd34ef56/111122223333/`.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path>
pub(super) fn last_parent(path: &str) -> Option<ParentId> {
    path.split('/').rev().find_map(|part| part.parse().ok())
}
