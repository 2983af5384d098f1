//! Accounts: where they are, and moving them.

use super::world::parsed;
use super::*;

impl InProcessOrganizations {
    pub(super) fn accounts(&self) -> Result<Vec<Account>> {
        self.list("ListAccounts", "", |world| Ok(world.look_at_accounts(|_| true)))
    }

    pub(super) fn accounts_in(&self, parent: &ParentId) -> Result<Vec<Account>> {
        const OPERATION: &str = "ListAccountsForParent";
        self.list(OPERATION, parent.as_str(), |world| match world.is_parent(parent) {
            false => Err(absent(OPERATION, "ParentNotFoundException", parent)),
            true => Ok(world.look_at_accounts(|it| it.parent.as_ref() == Some(parent))),
        })
    }

    pub(super) fn account(&self, account: &AccountId) -> Result<Option<Account>> {
        self.call("DescribeAccount", account.as_str(), |world| {
            Ok(world.look_at_accounts(|it| it.id == *account).pop())
        })
    }

    /// AWS wants to be told where the account is now.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
    pub(super) fn move_account(&self, account: &AccountId, from: &ParentId, to: &ParentId) -> Result<()> {
        const OPERATION: &str = "MoveAccount";
        self.call(OPERATION, account.as_str(), |world| {
            let known = world.accounts.iter().find(|it| it.id == *account);
            let it = known.ok_or_else(|| absent(OPERATION, "AccountNotFoundException", account))?;
            if !world.is_parent(to) {
                return Err(absent(OPERATION, "DestinationParentNotFoundException", to));
            }
            if it.parent.as_ref() == Some(to) {
                return Ok(());
            }
            if it.parent.as_ref() != Some(from) {
                return Err(absent(OPERATION, "SourceParentNotFoundException", from));
            }
            world.place(account, to);
            Ok(())
        })
    }
}

impl OrganizationWorld {
    /// What a read of accounts answers; afterwards, what AWS does in its own time has gone on.
    fn look_at_accounts(&mut self, wanted: impl Fn(&Account) -> bool) -> Vec<Account> {
        let mut found: Vec<Account> = self.accounts.iter().filter(|it| wanted(it)).cloned().collect();
        if self.parents_hidden {
            found.iter_mut().for_each(|it| it.parent = None);
        }
        let seen: Vec<AccountId> = found.iter().map(|it| it.id.clone()).collect();
        self.go_on_closing(&seen);
        self.go_on_making();
        found
    }

    pub(super) fn next_account_id(&mut self) -> AccountId {
        parsed(&format!("{:012}", 500_000_000_000 + self.count()))
    }

    /// An account begins in the root.
    pub(super) fn put_account(&mut self, id: AccountId, name: &str, email: &str, joined: JoinedMethod) {
        let parent = Some(self.root_parent());
        let arn = self.arn(&format!("account/{id}"));
        let (name, email) = (name.to_owned(), email.to_owned());
        let target = TargetId::Account(id.clone());
        self.accounts.push(Account { id, arn, name, email, state: AccountState::Active, joined, parent });
        self.attach_defaults(&target);
    }

    pub(super) fn place(&mut self, account: &AccountId, parent: &ParentId) {
        for it in self.accounts.iter_mut().filter(|it| it.id == *account) {
            it.parent = Some(parent.clone());
        }
    }
}
