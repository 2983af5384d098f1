//! Making accounts: AWS answers at once, and makes the account in its own time.
//!
//! <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>

use super::world::parsed;
use super::*;

impl InProcessOrganizations {
    pub(super) fn create_account(&self, account: &NewAccount) -> Result<AccountRequest> {
        const OPERATION: &str = "CreateAccount";
        self.call(OPERATION, account.name.clone(), |world| {
            if world.finalizing_calls > 0 {
                world.finalizing_calls -= 1;
                let text = "AWS Organizations is finalizing your organization. Try again later.";
                return Err(refuse(ErrorKind::NotReady, OPERATION, "FinalizingOrganizationException", text));
            }
            let open = world.requests.iter().filter(|it| it.request.progress == AccountProgress::InProgress);
            let number = world.accounts.len() + open.count();
            if world.account_quota.is_some_and(|quota| number >= quota) {
                return Err(constraint(ErrorKind::Quota, OPERATION, "ACCOUNT_NUMBER_LIMIT_EXCEEDED"));
            }
            let request = AccountRequest {
                id: parsed(&format!("car-{:032x}", world.count())),
                name: account.name.clone(),
                progress: AccountProgress::InProgress,
            };
            let looks = world.account_looks;
            world.requests.push(Request { request: request.clone(), account: account.clone(), looks });
            Ok(request)
        })
    }

    pub(super) fn account_requests(&self) -> Result<Vec<AccountRequest>> {
        self.list("ListCreateAccountStatus", "", |world| {
            world.go_on_making();
            Ok(world.requests.iter().map(|it| it.request.clone()).collect())
        })
    }

    pub(super) fn account_request(&self, request: &CreateAccountRequestId) -> Result<Option<AccountRequest>> {
        self.call("DescribeCreateAccountStatus", request.as_str(), |world| {
            world.go_on_making();
            Ok(world.requests.iter().find(|it| it.request.id == *request).map(|it| it.request.clone()))
        })
    }
}

impl OrganizationWorld {
    /// One look passes for accounts that are being made.
    pub(super) fn go_on_making(&mut self) {
        for at in 0..self.requests.len() {
            let Request { request, looks, .. } = &mut self.requests[at];
            if request.progress != AccountProgress::InProgress {
                continue;
            }
            match *looks {
                0 => self.requests[at].request.progress = self.end_of(at),
                _ => *looks -= 1,
            }
        }
    }

    fn end_of(&mut self, at: usize) -> AccountProgress {
        let NewAccount { name, email, tags, .. } = self.requests[at].account.clone();
        let same = |other: &str| other.eq_ignore_ascii_case(email.as_str());
        if self.accounts.iter().any(|it| same(&it.email)) || self.taken_emails.iter().any(|it| same(it)) {
            return AccountProgress::Failed("EMAIL_ALREADY_EXISTS".to_owned());
        }
        if let Some(reason) = self.account_failure.take() {
            return AccountProgress::Failed(reason);
        }
        if std::mem::take(&mut self.next_object_fails) {
            return AccountProgress::Failed("INTERNAL_FAILURE".to_owned());
        }
        let id = self.next_account_id();
        self.put_account(id.clone(), &name, email.as_str(), JoinedMethod::Created);
        self.tags.insert(id.to_string(), tags);
        self.not_ready.insert(id.clone(), self.ready_after);
        AccountProgress::Succeeded(id)
    }
}
