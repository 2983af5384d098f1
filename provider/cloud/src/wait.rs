//! Waiting for something AWS does in its own time.

use crate::{CloudError, ErrorKind, Result};
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_util::sync::CancellationToken;

/// How often to look and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The pause after the first look; it doubles from look to look.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// When to give up, from the start.
    pub deadline: Duration,
}

/// What one look saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen<T> {
    /// What was waited for.
    Ready(T),
    /// Not yet; the text says what state it is in.
    Pending(String),
}

/// Looks again and again until `look` answers [`Seen::Ready`].
///
/// Logs the state every 30 seconds. Ends at once with the error of `look`, with [`ErrorKind::NotReady`] at the deadline,
/// and with [`ErrorKind::Other`] when `stop` is cancelled.
pub async fn wait_for<T, F, Fut>(
    operation: &'static str,
    what: &str,
    schedule: Schedule,
    stop: &CancellationToken,
    mut look: F,
) -> Result<T>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<Seen<T>>>,
{
    let start = Instant::now();
    let end = start + schedule.deadline;
    let mut pause = schedule.first;
    let mut next_report = start + Duration::from_secs(30);
    let mut state = "not looked at yet".to_owned();
    loop {
        match timeout_at(end, look()).await {
            Ok(Ok(Seen::Ready(value))) => return Ok(value),
            Ok(Ok(Seen::Pending(now))) => state = now,
            Ok(Err(error)) => return Err(error),
            Err(_) => return Err(late(operation, what, schedule.deadline, &state)),
        }
        if Instant::now() + pause > end {
            return Err(late(operation, what, schedule.deadline, &state));
        }
        if Instant::now() >= next_report {
            next_report += Duration::from_secs(30);
            tracing::info!(elapsed_seconds = start.elapsed().as_secs(), state, "still waiting for {what}");
        }
        tokio::select! {
            () = sleep(pause) => {}
            () = stop.cancelled() => return Err(stopped(operation, what, &state)),
        }
        pause = (pause * 2).min(schedule.longest);
    }
}

fn late(operation: &'static str, what: &str, deadline: Duration, state: &str) -> CloudError {
    let seconds = deadline.as_secs();
    CloudError::new(
        ErrorKind::NotReady,
        operation,
        format!("{what} is not ready after {seconds} s: it is {state}"),
    )
}

fn stopped(operation: &'static str, what: &str, state: &str) -> CloudError {
    CloudError::new(
        ErrorKind::Other,
        operation,
        format!("stopped while waiting for {what}, which is {state}"),
    )
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

    async fn look_until(ready_at: u32, stop: &CancellationToken) -> (Result<u32>, u32) {
        let looks = Cell::new(0);
        let result = wait_for("DescribeThing", "thing t-1", SCHEDULE, stop, || {
            looks.set(looks.get() + 1);
            let now = looks.get();
            async move { Ok(if now >= ready_at { Seen::Ready(now) } else { Seen::Pending("pending".into()) }) }
        })
        .await;
        (result, looks.get())
    }

    #[tokio::test(start_paused = true)]
    async fn answers_as_soon_as_it_is_ready() {
        let start = Instant::now();
        let (result, _) = look_until(4, &CancellationToken::new()).await;
        assert_eq!(result.unwrap(), 4);
        assert_eq!(start.elapsed().as_secs(), 1 + 2 + 4);
    }

    #[tokio::test(start_paused = true)]
    async fn gives_up_at_the_deadline_and_says_the_state() {
        let start = Instant::now();
        let (result, looks) = look_until(u32::MAX, &CancellationToken::new()).await;
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), "DescribeThing: thing t-1 is not ready after 60 s: it is pending");
        assert!(start.elapsed() <= SCHEDULE.deadline);
        assert!(looks < 12, "{looks}");
    }

    #[tokio::test(start_paused = true)]
    async fn stops_at_once() {
        let stop = CancellationToken::new();
        stop.cancel();
        let start = Instant::now();
        let (result, looks) = look_until(u32::MAX, &stop).await;
        assert!(result.unwrap_err().to_string().contains("stopped while waiting"));
        assert_eq!((looks, start.elapsed().as_secs()), (1, 0));
    }
}
