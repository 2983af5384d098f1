//! Closing accounts. AWS says `PENDING_CLOSURE`, may say `ACTIVE` again meanwhile, and then `CLOSED`.
//!
//! <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>,
//! <https://github.com/hashicorp/terraform-provider-aws/issues/46284>

use super::*;

/// How many accounts AWS closes at a time.
const AT_A_TIME: usize = 3;

impl InProcessOrganizations {
    pub(super) fn close_account(&self, account: &AccountId) -> Result<()> {
        const OPERATION: &str = "CloseAccount";
        self.call(OPERATION, account.as_str(), |world| {
            if *account == world.caller {
                return Err(constraint(ErrorKind::Invalid, OPERATION, "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"));
            }
            let known = world.accounts.iter_mut().find(|it| it.id == *account);
            let it = known.ok_or_else(|| absent(OPERATION, "AccountNotFoundException", account))?;
            if it.state == AccountState::Closed {
                return Ok(());
            }
            if world.closing.contains_key(account) {
                let text = format!("{account} is being closed already.");
                return Err(refuse(ErrorKind::NotReady, OPERATION, "ConflictException", text));
            }
            if world.closing_quota.is_some_and(|quota| world.closed >= quota) {
                return Err(constraint(ErrorKind::Quota, OPERATION, "CLOSE_ACCOUNT_QUOTA_EXCEEDED"));
            }
            if world.closing.len() >= AT_A_TIME {
                let reason = "CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED";
                return Err(constraint(ErrorKind::NotReady, OPERATION, reason));
            }
            it.state = AccountState::PendingClosure;
            world.closing.insert(account.clone(), vec![AccountState::Closed, AccountState::Active]);
            world.closed += 1;
            Ok(())
        })
    }
}

impl OrganizationWorld {
    /// One look at these accounts passes.
    pub(super) fn go_on_closing(&mut self, seen: &[AccountId]) {
        for account in self.accounts.iter_mut().filter(|it| seen.contains(&it.id)) {
            let Some(states) = self.closing.get_mut(&account.id) else { continue };
            if let Some(state) = states.pop() {
                account.state = state;
            }
            if states.is_empty() {
                self.closing.remove(&account.id);
            }
        }
    }
}
