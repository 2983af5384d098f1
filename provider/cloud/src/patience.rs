//! Repeating a call that AWS refuses for now.

use crate::wait::Schedule;
use crate::{CloudError, ErrorKind, Result};
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

/// For calls that change an organization: others change it too, and AWS works on some changes for minutes. A new organization
/// may refuse accounts for an hour.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html#API_CreateAccount_Errors>
pub const ORGANIZATION: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(30),
    deadline: Duration::from_secs(60 * 60),
};

/// Calls `attempt` until AWS neither is [not ready](ErrorKind::NotReady) for it nor finds it [too much](ErrorKind::Throttled).
///
/// In both cases AWS has not executed the call, so it may be a create. Every other error is final. Ends with the last refusal
/// at the deadline of `schedule`, and with [`ErrorKind::Other`] when `stop` is cancelled. Logs why every 30 seconds.
pub async fn patiently<T, F, Fut>(
    what: &str,
    schedule: Schedule,
    stop: &CancellationToken,
    mut attempt: F,
) -> Result<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let start = Instant::now();
    let mut pause = schedule.first;
    let mut next_report = Duration::from_secs(30);
    loop {
        let error = match attempt().await {
            Err(error) if matches!(error.kind, ErrorKind::NotReady | ErrorKind::Throttled) => error,
            result => return result,
        };
        let elapsed = start.elapsed();
        if elapsed + pause > schedule.deadline {
            let seconds = elapsed.as_secs();
            return Err(CloudError {
                message: format!("{} (AWS refused it for {seconds} s)", error.message),
                ..error
            });
        }
        if elapsed >= next_report {
            next_report = elapsed + Duration::from_secs(30);
            tracing::info!(elapsed_seconds = elapsed.as_secs(), %error, "AWS still refuses: {what}");
        }
        tokio::select! {
            () = sleep(pause) => {}
            () = stop.cancelled() => {
                let message = format!("stopped while AWS refused it: {}", error.message);
                return Err(CloudError { kind: ErrorKind::Other, message, ..error });
            }
        }
        pause = (pause * 2).min(schedule.longest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const SCHEDULE: Schedule = Schedule {
        first: Duration::from_secs(1),
        longest: Duration::from_secs(8),
        deadline: Duration::from_secs(60),
    };

    /// Calls something that AWS refuses so often; the result, and how often it was called.
    async fn refused(times: u32, kind: ErrorKind, stop: &CancellationToken) -> (Result<u32>, u32) {
        let calls = Cell::new(0);
        let result = patiently("moving account 1", SCHEDULE, stop, || {
            calls.set(calls.get() + 1);
            let call = calls.get();
            async move {
                match call > times {
                    true => Ok(call),
                    false => Err(CloudError::new(kind, "MoveAccount", "not now")),
                }
            }
        })
        .await;
        (result, calls.get())
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_for_now_is_followed_by_another_attempt() {
        for kind in [ErrorKind::NotReady, ErrorKind::Throttled] {
            let start = Instant::now();
            let (result, calls) = refused(3, kind, &CancellationToken::new()).await;
            assert_eq!((result.unwrap(), calls, start.elapsed().as_secs()), (4, 4, 1 + 2 + 4));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn other_errors_are_final() {
        for kind in [ErrorKind::Ambiguous, ErrorKind::Denied, ErrorKind::Quota, ErrorKind::Invalid] {
            let (result, calls) = refused(1, kind, &CancellationToken::new()).await;
            assert_eq!((result.unwrap_err().kind, calls), (kind, 1));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn it_gives_up_at_the_deadline_with_awss_words() {
        let start = Instant::now();
        let (result, _) = refused(u32::MAX, ErrorKind::NotReady, &CancellationToken::new()).await;
        let error = result.unwrap_err();
        assert_eq!(error.kind, ErrorKind::NotReady);
        assert!(error.message.starts_with("not now (AWS refused it for"), "{error}");
        assert!(start.elapsed() <= SCHEDULE.deadline);
    }

    #[tokio::test(start_paused = true)]
    async fn it_stops_at_once() {
        let stop = CancellationToken::new();
        stop.cancel();
        let (result, calls) = refused(u32::MAX, ErrorKind::NotReady, &stop).await;
        let error = result.unwrap_err();
        assert_eq!(
            (error.kind, error.message.as_str(), calls),
            (ErrorKind::Other, "stopped while AWS refused it: not now", 1)
        );
    }
}
