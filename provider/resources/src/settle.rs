//! Calls that come too early: AWS does not see yet what it has just made, or is still at work on it.

use landform_cloud::{ErrorKind, Result};
use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

/// Pauses between looks: half a minute in all.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency>
const PAUSES: [u64; 6] = [500, 1000, 2000, 4000, 8000, 15_000];

/// Sends a call again while AWS does not see what it is about.
pub(crate) async fn seen<F: Future<Output = Result<()>>>(call: impl Fn() -> F) -> Result<()> {
    settled(ErrorKind::NotFound, call).await
}

/// Sends a call again while it fails with `kind`, or because AWS is at work on the object.
pub(crate) async fn settled<F: Future<Output = Result<()>>>(
    kind: ErrorKind,
    call: impl Fn() -> F,
) -> Result<()> {
    for pause in PAUSES {
        match call().await {
            Err(error) if error.kind == kind || error.kind == ErrorKind::NotReady => {
                tracing::debug!(%error, "waiting for AWS to see what was just changed");
                sleep(Duration::from_millis(pause)).await;
            }
            answer => return answer,
        }
    }
    call().await
}
