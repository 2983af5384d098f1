//! Calls into a provider's own code, which may panic, hang or be interrupted.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

use crate::timeouts::{self, Ended, Left, supervised};
use crate::{Diagnostic, Diagnostics};

/// Runs `future` as a task of its own, so that it ends by itself even if nobody waits for it any more, and makes an
/// error of a panic.
pub(crate) async fn spawned<T: Send + 'static>(
    doing: &str,
    future: impl Future<Output = T> + Send + 'static,
) -> Result<T, Diagnostics> {
    joined(doing, tokio::spawn(future).await)
}

/// The same for a call that the user may interrupt: it should end when `stopped` is cancelled, and if it goes on for
/// long after that it is abandoned.
pub(crate) async fn interruptible<T: Send + 'static>(
    doing: &str,
    stopped: &CancellationToken,
    future: impl Future<Output = T> + Send + 'static,
) -> Result<T, Diagnostics> {
    let Ended { result, interruption } = supervised(future, stopped.child_token(), None).await;
    match result {
        Some(done) => joined(doing, done),
        None => {
            let left = Left { abandoned: true, checkpoint: false };
            Err(timeouts::message(doing, None, None, interruption, left).into_iter().collect())
        }
    }
}

/// What a task that was `doing` something came to, with an error for a panic.
pub(crate) fn joined<T>(doing: &str, joined: Result<T, JoinError>) -> Result<T, Diagnostics> {
    match joined {
        Ok(done) => Ok(done),
        Err(error) if error.is_panic() => Err(panicked(doing, error.into_panic().as_ref()).into()),
        Err(_) => {
            Err(Diagnostic::error(format!("{doing} was cancelled"), "The provider is shutting down.").into())
        }
    }
}

/// Runs `future` in place, and makes an error of a panic.
pub(crate) async fn caught<T>(doing: &str, future: impl Future<Output = T>) -> Result<T, Diagnostics> {
    let mut future = pin!(future);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => std::task::Poll::Ready(Err(panicked(doing, panic.as_ref()).into())),
    })
    .await
}

/// Runs `f`, and makes an error of a panic.
pub(crate) fn caught_now<T>(doing: &str, f: impl FnOnce() -> T) -> Result<T, Diagnostics> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| panicked(doing, panic.as_ref()).into())
}

fn panicked(doing: &str, panic: &(dyn Any + Send)) -> Diagnostic {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned());
    Diagnostic::error(
        format!("The provider crashed while {doing}"),
        format!("{text}\nThis is a bug in the provider, which should be reported to its developers."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_does_not_listen_to_an_interrupt_is_abandoned_and_the_rest_ends_as_it_likes() {
        let stopped = CancellationToken::new();
        let token = stopped.clone();
        let listens = async move {
            token.cancelled().await;
            "half done"
        };
        let doing = "reading landform_count";
        let hangs = interruptible(doing, &stopped, std::future::pending::<()>());
        let listens = interruptible(doing, &stopped, listens);
        let (hangs, listens, ()) = tokio::join!(hangs, listens, async { stopped.cancel() });
        assert_eq!(listens.unwrap(), "half done");
        insta::assert_snapshot!(hangs.unwrap_err(), @r#"
        error: Reading landform_count was interrupted
        It did not end within 30s of being asked to, and was abandoned.
        "#);
    }

    #[tokio::test]
    async fn a_panic_becomes_an_error_with_its_message() {
        let spawned = spawned("creating landform_toy", async { panic!("number {}", 7) }).await;
        let caught = caught("creating landform_toy", async { panic!("number {}", 7) }).await;
        let now = caught_now("creating landform_toy", || panic!("number {}", 7));
        let results: [Result<(), Diagnostics>; 3] = [spawned, caught, now];
        for result in results {
            let text = result.unwrap_err().to_string();
            assert!(
                text.starts_with("error: The provider crashed while creating landform_toy\nnumber 7\n"),
                "{text}"
            );
        }
    }
}
