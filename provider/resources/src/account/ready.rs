//! Waits until an account can really be used. AWS answers before it can.

use super::Call;
use landform_cloud::ErrorKind;
use landform_cloud::organizations::{Account, JoinedMethod};
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_framework::Diagnostic;
use landform_model::RoleName;
use std::time::Duration;
use tokio::time::Instant;

/// Most accounts can be used within minutes.
const READY: Schedule = Schedule {
    first: Duration::from_secs(5),
    longest: Duration::from_secs(30),
    deadline: Duration::from_secs(15 * 60),
};

/// In an account that was invited AWS makes no role: it is there, or it does not come.
const INVITED: Duration = Duration::from_secs(20);

/// What is left for the answer after the wait.
const MARGIN: Duration = Duration::from_secs(30);

/// Whether the account could be used within the time there is. That it could not is a warning: the account is made all the same.
pub(super) async fn wait(cx: &Call, account: &Account, role: &RoleName) -> bool {
    let id = &account.id;
    let longest = match account.joined {
        JoinedMethod::Created => READY.deadline,
        JoinedMethod::Invited => INVITED,
    };
    let left = cx.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let left = left.map_or(longest, |left| left.saturating_sub(MARGIN));
    let schedule = Schedule { deadline: longest.min(left), ..READY };
    let waited = async {
        let management = cx.client().account_management().await?;
        wait_for("DescribeRegions", &format!("account {id}"), schedule, cx.stopped(), || async {
            match management.try_out(id, role).await {
                Ok(()) => Ok(Look::Ready(())),
                Err(error) if comes_with_time(error.kind) => Ok(Look::Pending(error.to_string())),
                Err(error) => Err(error),
            }
        })
        .await
    };
    let Err(error) = waited.await else { return true };
    let detail = format!(
        "{error}\n\nThe account exists and is in state. Its role {role} could not be used yet: AWS may take up to a day for a new \
         account, and makes no role in one that was invited. The next apply waits again; `wait_ready = false` does not."
    );
    cx.warn(Diagnostic::warning(format!("Account {id} cannot be used yet"), detail));
    false
}

/// Whether time may mend it. New accounts answer with missing subscriptions, verifications and permissions.
fn comes_with_time(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NotReady
            | ErrorKind::Denied
            | ErrorKind::Credentials
            | ErrorKind::Throttled
            | ErrorKind::Ambiguous
            | ErrorKind::Unreachable
    )
}
