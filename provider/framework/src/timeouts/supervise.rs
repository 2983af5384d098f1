//! Waits for a call, asks it to end when its time is up or the user interrupts Terraform, and abandons it when it does
//! not listen.

use std::time::Duration;

use tokio::task::{JoinError, JoinHandle};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

/// How long a call that was asked to end may take to do so. AWS's own clients may repeat a request for some seconds;
/// whoever does not want to wait presses Ctrl-C again.
pub(crate) const GRACE: Duration = Duration::from_secs(30);

/// How long an abandoned call gets to drop what it holds.
const ABORT: Duration = Duration::from_secs(1);

/// Why a call was asked to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interruption {
    /// Its time was up.
    Overdue,
    /// The user interrupted Terraform.
    Stopped,
}

/// How a call ended.
#[derive(Debug)]
pub(crate) struct Ended<T> {
    /// What it came to; `None` when it was abandoned.
    pub(crate) result: Option<Result<T, JoinError>>,
    /// Why it was asked to end, if it was.
    pub(crate) interruption: Option<Interruption>,
}

/// Runs `call` as a task of its own, until `deadline` or until `stopped` is cancelled. At the deadline `stopped` is
/// cancelled as well, so it belongs to this call alone.
///
/// The supervision is a task, too: a call that nobody waits for any more still ends in time.
pub(crate) async fn supervised<T: Send + 'static>(
    call: impl Future<Output = T> + Send + 'static,
    stopped: CancellationToken,
    deadline: Option<Instant>,
) -> Ended<T> {
    let task = tokio::spawn(call);
    match tokio::spawn(supervise(task, stopped, deadline)).await {
        Ok(ended) => ended,
        Err(error) => Ended { result: Some(Err(error)), interruption: None },
    }
}

async fn supervise<T: Send + 'static>(
    mut task: JoinHandle<T>,
    stopped: CancellationToken,
    deadline: Option<Instant>,
) -> Ended<T> {
    let interruption = tokio::select! {
        biased;
        result = &mut task => return Ended { result: Some(result), interruption: None },
        () = stopped.cancelled() => Interruption::Stopped,
        () = passed(deadline) => Interruption::Overdue,
    };
    stopped.cancel();
    let interruption = Some(interruption);
    match timeout(GRACE, &mut task).await {
        Ok(result) => Ended { result: Some(result), interruption },
        Err(_) => {
            task.abort();
            // A call that never waits for anything cannot be aborted; then it goes on by itself.
            let _ = timeout(ABORT, &mut task).await;
            Ended { result: None, interruption }
        }
    }
}

/// Ends when there is a deadline and it has passed.
async fn passed(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}
