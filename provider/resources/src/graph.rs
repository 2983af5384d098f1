//! Runs steps as a dependency graph: what can go at once goes at once, nothing starts after a failure or a stop.

use futures_util::stream::{FuturesUnordered, StreamExt};
use std::future::Future;
use tokio_util::sync::CancellationToken;

/// How many calls are in flight at once for one resource. EC2 counts per account, region and action, so more gains nothing.
/// <https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html>
const IN_FLIGHT: usize = 12;

/// What became of the steps.
#[derive(Debug)]
pub(crate) struct Outcome<'a, S, E> {
    /// Steps that failed, in the order they did.
    pub(crate) failed: Vec<(&'a S, E)>,
    /// Steps that were never started, in their order.
    pub(crate) not_started: Vec<&'a S>,
    /// Whether it was Terraform that asked to stop.
    pub(crate) stopped: bool,
}

/// Runs `steps`, each after all those it waits for.
///
/// After the first failure, or when `stop` is cancelled, steps in flight are finished and no other is started.
///
/// # Panics
/// When `waits_for` has a cycle: a fault of the program that tests rule out.
pub(crate) async fn run<'a, S, E, F, Fut>(
    steps: &'a [S],
    waits_for: impl Fn(&S, &S) -> bool,
    stop: &CancellationToken,
    act: F,
) -> Outcome<'a, S, E>
where
    F: Fn(&'a S) -> Fut,
    Fut: Future<Output = Result<(), E>>,
{
    let mut open: Vec<usize> = (0..steps.len()).collect();
    let mut unfinished: Vec<usize> = open.clone();
    let mut flying = FuturesUnordered::new();
    let mut failed = Vec::new();
    loop {
        if failed.is_empty() && !stop.is_cancelled() {
            let free = IN_FLIGHT.saturating_sub(flying.len());
            let ready = |index: &usize| {
                !unfinished.iter().any(|other| other != index && waits_for(&steps[*index], &steps[*other]))
            };
            let starting: Vec<usize> = open.iter().filter(|index| ready(index)).take(free).copied().collect();
            assert!(
                !(starting.is_empty() && flying.is_empty() && !open.is_empty()),
                "the steps wait for each other"
            );
            open.retain(|index| !starting.contains(index));
            for index in starting {
                let future = act(&steps[index]);
                flying.push(async move { (index, future.await) });
            }
        }
        let Some((index, result)) = flying.next().await else { break };
        match result {
            Ok(()) => unfinished.retain(|other| *other != index),
            Err(error) => failed.push((&steps[index], error)),
        }
    }
    let not_started = open.into_iter().map(|index| &steps[index]).collect();
    Outcome { failed, not_started, stopped: stop.is_cancelled() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::time::Duration;

    /// Steps are numbers; a number waits for its half.
    async fn run_numbers(fail: Option<u32>, stop_at: Option<u32>) -> (Vec<u32>, Vec<u32>, bool) {
        let steps: Vec<u32> = (1..=7).collect();
        let stop = CancellationToken::new();
        let done = RefCell::new(Vec::new());
        let outcome = run(
            &steps,
            |later, earlier| later / 2 == *earlier,
            &stop,
            |step| {
                let (done, stop) = (&done, &stop);
                async move {
                    tokio::time::sleep(Duration::from_secs(u64::from(8 - step))).await;
                    if stop_at == Some(*step) {
                        stop.cancel();
                    }
                    if fail == Some(*step) {
                        return Err(());
                    }
                    done.borrow_mut().push(*step);
                    Ok(())
                }
            },
        )
        .await;
        (done.into_inner(), outcome.not_started.into_iter().copied().collect(), outcome.stopped)
    }

    #[tokio::test(start_paused = true)]
    async fn each_step_runs_once_after_those_it_waits_for_and_as_early_as_it_can() {
        let (done, not_started, stopped) = run_numbers(None, None).await;
        assert_eq!((done, not_started, stopped), (vec![1, 3, 2, 7, 6, 5, 4], vec![], false));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_failure_what_flies_lands_and_nothing_starts() {
        let (done, not_started, _) = run_numbers(Some(3), None).await;
        assert_eq!((done, not_started), (vec![1, 2], vec![4, 5, 6, 7]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_like_a_failure_without_an_error() {
        let (done, not_started, stopped) = run_numbers(None, Some(1)).await;
        assert_eq!((done, not_started.len(), stopped), (vec![1], 6, true));
    }
}
