//! The end of a provider whose Terraform is gone without a word, as after `kill -9` or out of memory.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// Who started the process and did not connect by then never will. go-plugin gives a provider the same
/// [minute](https://pkg.go.dev/github.com/hashicorp/go-plugin#ClientConfig) for its handshake line.
const CONNECT_LIMIT: Duration = Duration::from_secs(60);

/// How long Terraform may be without a connection. It keeps one open from begin to end; a broken one its gRPC library
/// makes anew at once and then [after 1 s and 1.6 s](https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md).
/// More would be worse: somebody may start the next Terraform already, and two providers would work on the same objects.
const RECONNECT_LIMIT: Duration = Duration::from_secs(5);

/// Counts the connections that are open.
#[derive(Debug, Clone, Default)]
pub(super) struct Attendance {
    open: Arc<watch::Sender<usize>>,
}

/// One open connection, until dropped.
#[derive(Debug)]
pub(super) struct Attendant {
    open: Arc<watch::Sender<usize>>,
}

impl Attendance {
    /// Counts a connection that has proved to come from Terraform.
    pub(super) fn enter(&self) -> Attendant {
        self.open.send_modify(|open| *open += 1);
        Attendant { open: self.open.clone() }
    }

    /// Waits until Terraform has no connection for too long.
    ///
    /// Ending the process then is what `kill -9` would do to it, and as safe: what it had begun in AWS carries its
    /// tags from birth, and the next run finds it by them. To finish the work would not be safer, as nobody is left to
    /// take the answer into the state, and the next run may be at work on the same objects.
    pub(super) async fn deserted(&self) {
        let mut open = self.open.subscribe();
        let mut limit = CONNECT_LIMIT;
        while matches!(timeout(limit, open.wait_for(|open| *open > 0)).await, Ok(Ok(_))) {
            if open.wait_for(|open| *open == 0).await.is_err() {
                // The count lives as long as `self`.
                pending::<()>().await;
            }
            limit = RECONNECT_LIMIT;
        }
    }
}

impl Drop for Attendant {
    fn drop(&mut self) {
        self.open.send_modify(|open| *open -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{Instant, sleep};

    const SECOND: Duration = Duration::from_secs(1);

    /// Runs `deserted` beside `terraform` and returns the seconds after which it ended.
    async fn ended_after<F>(terraform: impl FnOnce(Attendance) -> F) -> u64
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let attendance = Attendance::default();
        let begin = Instant::now();
        tokio::spawn(terraform(attendance.clone()));
        attendance.deserted().await;
        begin.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_comes() {
        assert_eq!(ended_after(async |_| ()).await, 60);
    }

    #[tokio::test(start_paused = true)]
    async fn terraform_comes_and_goes() {
        let terraform = async |attendance: Attendance| {
            sleep(59 * SECOND).await;
            let (first, second) = (attendance.enter(), attendance.enter());
            sleep(1000 * SECOND).await;
            drop(first);
            sleep(1000 * SECOND).await;
            drop(second);
        };
        assert_eq!(ended_after(terraform).await, 59 + 2000 + 5);
    }

    #[tokio::test(start_paused = true)]
    async fn terraform_comes_back_in_time() {
        let terraform = async |attendance: Attendance| {
            let first = attendance.enter();
            sleep(10 * SECOND).await;
            drop(first);
            sleep(4 * SECOND).await;
            let _second = attendance.enter();
            sleep(100 * SECOND).await;
        };
        assert_eq!(ended_after(terraform).await, 10 + 4 + 100 + 5);
    }
}
