//! An HTTP proxy in front of the AWS emulator that counts every call and injects faults.
//!
//! ```no_run
//! # let endpoint = "http://127.0.0.1:5000";
//! use landform_test_support::FaultProxy;
//!
//! let proxy = FaultProxy::start(endpoint);
//! let lost = proxy.on("CreateVpc").lost_answer();
//! proxy.on("CreateSubnet").times(3).throttle();
//! // ... run something with AWS_ENDPOINT_URL = proxy.endpoint() ...
//! assert_eq!(lost.hits(), 1);
//! assert_eq!(proxy.calls().count("CreateVpc"), 1);
//! ```
//!
//! It also does what AWS does and the emulator does not: it knows the client tokens of the creates that passed, answers a
//! deletion that is sent twice, and keeps tags of creates.

mod action_name;
mod call;
mod emulator_gaps;
mod refusal;
mod rule;
mod server;
mod tokens;

pub use call::{Call, Calls};
pub use rule::{On, Rule};

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use tokens::Tokens;

/// A running proxy on a free port of 127.0.0.1. It works from synchronous and asynchronous tests and ends when dropped.
#[derive(Debug)]
pub struct FaultProxy {
    endpoint: String,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

impl FaultProxy {
    /// Starts a proxy for the emulator at `upstream` (`http://127.0.0.1:PORT`).
    ///
    /// # Panics
    /// When no port can be opened or `upstream` is no such address.
    pub fn start(upstream: &str) -> FaultProxy {
        let Some(Ok(address)) = upstream.strip_prefix("http://").map(str::parse) else {
            panic!("the fault proxy needs an upstream like http://127.0.0.1:5000, not {upstream}");
        };
        let started = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .thread_name("fault-proxy")
            .build()
            .and_then(|runtime| {
                let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
                listener.set_nonblocking(true)?;
                let port = listener.local_addr()?.port();
                let listener = {
                    let _inside = runtime.enter();
                    TcpListener::from_std(listener)?
                };
                Ok((runtime, listener, port))
            });
        let (runtime, listener, port) = match started {
            Ok(started) => started,
            Err(error) => panic!("the fault proxy cannot listen: {error}"),
        };
        let shared = Arc::new(Shared {
            begin: Instant::now(),
            rules: Mutex::default(),
            calls: Mutex::default(),
            tokens: Tokens::default(),
        });
        runtime.spawn(server::accept(listener, address, Arc::clone(&shared)));
        FaultProxy { endpoint: format!("http://127.0.0.1:{port}"), shared, runtime: Some(runtime) }
    }

    /// `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Begins a rule for one action, such as `CreateVpc`. Rules may be added while calls are running.
    pub fn on(&self, action: &str) -> On<'_> {
        let action = action.to_owned();
        self.on_where(move |call| call.action == action)
    }

    /// Begins a rule for every call that changes something.
    pub fn on_mutating(&self) -> On<'_> {
        self.on_where(|call| call.mutating)
    }

    /// Begins a rule for the calls that `matches` accepts.
    pub fn on_where(&self, matches: impl Fn(&Call) -> bool + Send + Sync + 'static) -> On<'_> {
        On::new(self, Arc::new(matches))
    }

    /// Removes all rules. Calls that a rule already holds stay held.
    pub fn clear_rules(&self) {
        self.shared.rules().clear();
    }

    /// Every call since the start or the last [`FaultProxy::take_calls`], in order of arrival.
    pub fn calls(&self) -> Calls {
        Calls::new(self.shared.calls().clone())
    }

    /// As [`FaultProxy::calls`], and forgets them: the next count begins at zero.
    pub fn take_calls(&self) -> Calls {
        Calls::new(std::mem::take(&mut *self.shared.calls()))
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // The plain drop of a runtime is forbidden inside another one, where asynchronous tests are.
            runtime.shutdown_background();
        }
    }
}

/// What the proxy's handle and its connections have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    begin: Instant,
    rules: Mutex<Vec<Rule>>,
    calls: Mutex<Vec<Call>>,
    tokens: Tokens,
}

impl Shared {
    fn rules(&self) -> MutexGuard<'_, Vec<Rule>> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
