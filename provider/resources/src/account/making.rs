//! Makes an account, and never a second one for the same e-mail address.
//!
//! AWS answers with the id of a request and makes the account in its own time; it takes no token. So before a request is sent, the
//! accounts and the requests that are there are looked at, and after a lost answer they are looked at again.

use super::Call;
use super::claim::with_email;
use super::desired::Desired;
use super::email::Email;
use crate::client::failure;
use landform_cloud::id::CreateAccountRequestId;
use landform_cloud::organizations::{Account, AccountProgress, AccountRequest, NewAccount};
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, ErrorKind, Organizations, Result};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::AccountId;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::sleep;

/// How long AWS may take for an account: minutes mostly.
const MAKING: Schedule = Schedule {
    first: Duration::from_secs(5),
    longest: Duration::from_secs(15),
    deadline: Duration::from_secs(60 * 60),
};

/// How long after a lost answer a request may stay invisible.
const LOOKS: [u64; 5] = [1, 2, 5, 10, 15];

/// An account that is there, or is on its way.
pub(super) enum Found {
    /// The account with the address; whether it may be taken is another question.
    Account(Box<Account>),
    /// A request that an earlier apply sent.
    Request(CreateAccountRequestId),
    /// Nothing; with the requests of the same name that there were.
    Nothing(BTreeSet<CreateAccountRequestId>),
}

/// Looks for the account as AWS tells it now.
pub(super) async fn find(
    cx: &Call,
    port: &dyn Organizations,
    desired: &Desired,
    begun: Option<&CreateAccountRequestId>,
) -> Result<Found> {
    if let Some(begun) = begun
        && let Some(AccountRequest { progress: AccountProgress::InProgress, .. }) =
            port.account_request(begun).await?
    {
        return Ok(Found::Request(begun.clone()));
    }
    let mut others = BTreeSet::new();
    loop {
        if let Some(account) = with_email(&port.accounts().await?, &desired.email) {
            return Ok(Found::Account(Box::new(account.clone())));
        }
        let requests = port.account_requests().await?.into_iter().filter(|it| it.name == desired.name);
        let requests: Vec<AccountRequest> = requests.collect();
        let is_open =
            |it: &&AccountRequest| it.progress == AccountProgress::InProgress && !others.contains(&it.id);
        // One with our name that is on its way may be that of an apply that was killed. AWS does not say its address.
        let Some(open) = requests.iter().find(is_open) else {
            return Ok(Found::Nothing(requests.into_iter().map(|it| it.id).collect()));
        };
        let ended = end_of(cx, port, &open.id).await?;
        if let Ok(id) = &ended
            && let Some(account) = port.account(id).await?
            && Email::from(account.email.as_str()) == desired.email
        {
            return Ok(Found::Account(Box::new(account)));
        }
        others.insert(open.id.clone());
    }
}

/// Sends the request, once.
pub(super) async fn request(
    cx: &Call,
    port: &dyn Organizations,
    new: &NewAccount,
    before: &BTreeSet<CreateAccountRequestId>,
) -> Result<CreateAccountRequestId> {
    let what = format!("making account {:?}", new.name);
    let error = match patiently(&what, ORGANIZATION, cx.stopped(), || port.create_account(new)).await {
        Ok(request) => return Ok(request.id),
        Err(error) if error.kind == ErrorKind::Ambiguous => error,
        Err(error) => return Err(error),
    };
    for pause in LOOKS {
        sleep(Duration::from_secs(pause)).await;
        let requests = port.account_requests().await?;
        let ours = requests.into_iter().find(|it| it.name == new.name && !before.contains(&it.id));
        if let Some(request) = ours {
            return Ok(request.id);
        }
    }
    let message = format!(
        "{}; no request is to be seen, and none is sent again: the next apply looks once more first",
        error.message
    );
    Err(CloudError { message, ..error })
}

/// Waits until AWS has made the account of a request, and shows it.
pub(super) async fn finish(
    cx: &Call,
    port: &dyn Organizations,
    desired: &Desired,
    request: &CreateAccountRequestId,
) -> std::result::Result<AccountId, Diagnostics> {
    let doing = format!("Creating account {:?}", desired.name);
    let state = format!("Request {request} is in state; the next apply goes on with it.");
    let failed = |error: &CloudError| failure(&doing, error, &state);
    let ended = end_of(cx, port, request).await.map_err(|error| failed(&error))?;
    let id = ended.map_err(|reason| {
        let detail = format!("AWS has not made it: {reason}. {}", hint(&reason));
        Diagnostics::from(Diagnostic::error(&*doing, detail))
    })?;
    Ok(id)
}

/// Waits until AWS shows an account that it has made.
pub(super) async fn visible(cx: &Call, port: &dyn Organizations, id: &AccountId) -> Result<Account> {
    let soon = Schedule { deadline: Duration::from_secs(10 * 60), ..MAKING };
    wait_for("DescribeAccount", &format!("account {id}"), soon, cx.stopped(), || async {
        match port.account(id).await {
            Ok(Some(account)) => Ok(Look::Ready(account)),
            Ok(None) => Ok(Look::Pending("not visible yet".to_owned())),
            Err(error) => later(error),
        }
    })
    .await
}

/// Waits for the end of a request: the account, or AWS's reason why there is none. Only the looks are repeated.
pub(super) async fn end_of(
    cx: &Call,
    port: &dyn Organizations,
    request: &CreateAccountRequestId,
) -> Result<std::result::Result<AccountId, String>> {
    let what = format!("account request {request}");
    wait_for("DescribeCreateAccountStatus", &what, MAKING, cx.stopped(), || async {
        match port.account_request(request).await {
            Ok(Some(AccountRequest { progress, .. })) => Ok(match progress {
                AccountProgress::InProgress => Look::Pending("in progress".to_owned()),
                AccountProgress::Succeeded(id) => Look::Ready(Ok(id)),
                AccountProgress::Failed(reason) => Look::Ready(Err(reason)),
            }),
            Ok(None) => Ok(Look::Pending("not visible yet".to_owned())),
            Err(error) => later(error),
        }
    })
    .await
}

/// A look that AWS refuses for now is no end of the wait.
fn later<T>(error: CloudError) -> Result<Look<T>> {
    match error.kind {
        ErrorKind::Throttled | ErrorKind::NotReady | ErrorKind::Ambiguous => {
            Ok(Look::Pending(error.to_string()))
        }
        _ => Err(error),
    }
}

/// What to do about AWS's reason.
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html>
fn hint(reason: &str) -> &'static str {
    match reason {
        "EMAIL_ALREADY_EXISTS" => {
            "The address belongs to an account of AWS that is not in this organization, or was. Take another one."
        }
        "ACCOUNT_LIMIT_EXCEEDED" => {
            "Ask AWS for a higher quota of accounts; closed ones count for 90 days. Then apply again."
        }
        "INVALID_EMAIL" => "Take another address.",
        "MISSING_PAYMENT_INSTRUMENT" | "INVALID_PAYMENT_INSTRUMENT" | "INVALID_ADDRESS" => {
            "Put the payment method and the address of the management account right, then apply again."
        }
        _ => "Apply again; nothing was made, so nothing is made twice.",
    }
}
