use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::{Diagnostic, Diagnostics};

/// What a resource's create, read, update, delete and import can reach besides the model.
pub struct Context<C, M> {
    client: Arc<C>,
    stopped: CancellationToken,
    deadline: Option<Instant>,
    config: Option<M>,
    resumed_from: Option<M>,
    report: Arc<Report<M>>,
}

/// What a call has said so far; the runner keeps the other end, for when the call does not come back.
pub(crate) struct Report<M> {
    checkpoint: Mutex<Option<M>>,
    warnings: Mutex<Diagnostics>,
}

impl<C, M: Clone> Context<C, M> {
    /// A context of a call that nobody stops before `stopped` is cancelled.
    pub fn new(client: Arc<C>, stopped: CancellationToken) -> Context<C, M> {
        Context {
            client,
            stopped,
            deadline: None,
            config: None,
            resumed_from: None,
            report: Arc::new(Report::default()),
        }
    }

    /// The same, with the configuration of the object.
    #[must_use]
    pub fn with_config(mut self, config: Option<M>) -> Context<C, M> {
        self.config = config;
        self
    }

    /// The same, for a call that shall end by then.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Option<Instant>) -> Context<C, M> {
        self.deadline = deadline;
        self
    }

    /// The same, for a create that continues a failed one which left `prior`.
    #[must_use]
    pub fn resuming(mut self, prior: Option<M>) -> Context<C, M> {
        self.resumed_from = prior;
        self
    }

    /// What the provider's configuration was turned into.
    pub fn client(&self) -> &C {
        &self.client
    }

    /// The configuration, in create and update: the only place where write-only attributes have values.
    pub fn config(&self) -> Option<&M> {
        self.config.as_ref()
    }

    /// Says what exists now. If the call fails, panics or is stopped, Terraform's state gets the last of these; what
    /// is unknown in it becomes null. Call it whenever something was made that must not be forgotten.
    pub fn checkpoint(&self, model: &M) {
        *self.report.checkpoint.lock().unwrap_or_else(PoisonError::into_inner) = Some(model.clone());
    }

    /// Cancelled when the user interrupts Terraform, and at the [deadline](Context::deadline). A call should then return
    /// soon, with an error; its last checkpoint goes to state. One that goes on for 30 more seconds is abandoned.
    pub fn stopped(&self) -> &CancellationToken {
        &self.stopped
    }

    /// When the call is asked to end: [`Context::stopped`] is cancelled then. `None` without a limit; see
    /// [`Timeouts`](crate::Timeouts).
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// The incomplete object which a failed create left, when this create continues that one: it has the same
    /// identity and the same immutable attributes, and nothing of it was deleted.
    pub fn resumed_from(&self) -> Option<&M> {
        self.resumed_from.as_ref()
    }

    /// Shows a warning with the answer, whether the call succeeds or not.
    pub fn warn(&self, warning: Diagnostic) {
        self.report.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning);
    }

    /// What the call says through this context, for whoever runs it.
    pub(crate) fn report(&self) -> Arc<Report<M>> {
        Arc::clone(&self.report)
    }
}

impl<M> Report<M> {
    /// The last checkpoint.
    pub(crate) fn take_checkpoint(&self) -> Option<M> {
        self.checkpoint.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// All warnings.
    pub(crate) fn take_warnings(&self) -> Diagnostics {
        std::mem::take(&mut *self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<M> Default for Report<M> {
    fn default() -> Report<M> {
        Report { checkpoint: Mutex::new(None), warnings: Mutex::new(Diagnostics::new()) }
    }
}

impl<C, M: fmt::Debug> fmt::Debug for Context<C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("resumed_from", &self.resumed_from).finish_non_exhaustive()
    }
}
