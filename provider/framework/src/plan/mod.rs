//! The plan of one object: from what the configuration asks for to what the apply will make.
//!
//! The order is that of Terraform's own framework: proposed state, defaults, null for write-only attributes, prior values
//! for what is sticky, the prior spelling of what means the same; if anything differs from the prior state, unknown for
//! every other computed attribute that the configuration leaves out; what would replace the object; the resource's own
//! `plan`; promises about what is unknown; a check of the result.

mod decide;
mod defaults;
mod destroy;
mod prior_spelling;
mod promises;
mod replace;
mod spelling;
mod tools;
mod transform;
mod unknowns;

use std::fmt;
use std::sync::Arc;

use crate::{Diagnostics, Path};

pub(crate) use decide::{Change, Planned, plan_change, resumable};
pub(crate) use defaults::fill_defaults;
pub(crate) use destroy::{plan_destroy, shadows_a_complete_object};
pub(crate) use replace::same_immutables;
pub(crate) use spelling::keep_spelling;
pub(crate) use unknowns::null_write_only;

/// The plan of a create or an update, to be refined by [`Resource::plan`](crate::Resource::plan).
pub struct Plan<'a, C, M> {
    /// The object as it is; `None` when it will be created.
    pub prior: Option<&'a M>,
    /// The configuration as written: without defaults, and unknown where it depends on what is not known yet.
    pub config: &'a M,
    /// The object as it will be. Only computed attributes which the configuration leaves out may be changed.
    pub planned: M,
    /// What to tell the user.
    pub diagnostics: Diagnostics,
    client: Option<Arc<C>>,
    resuming: Option<M>,
    replace: Vec<(Path, String)>,
}

impl<'a, C, M> Plan<'a, C, M> {
    /// A plan without a client.
    pub fn new(prior: Option<&'a M>, config: &'a M, planned: M) -> Plan<'a, C, M> {
        Plan {
            prior,
            config,
            planned,
            diagnostics: Diagnostics::new(),
            client: None,
            resuming: None,
            replace: Vec::new(),
        }
    }

    /// The same, with what the provider's configuration was turned into.
    #[must_use]
    pub fn with_client(mut self, client: Option<Arc<C>>) -> Plan<'a, C, M> {
        self.client = client;
        self
    }

    /// The same, for a create that continues a failed one which left `prior`.
    #[must_use]
    pub fn with_resuming(mut self, prior: Option<M>) -> Plan<'a, C, M> {
        self.resuming = prior;
        self
    }

    /// What the provider's configuration was turned into; `None` while that configuration is unknown.
    pub fn client(&self) -> Option<&C> {
        self.client.as_deref()
    }

    /// The incomplete object which a failed create left, when this plan continues that create.
    pub fn resuming(&self) -> Option<&M> {
        self.resuming.as_ref()
    }

    /// Replaces the object because of the change at `path`, whatever the schema says of it. The user is shown the
    /// `reason`, one sentence or more, as a warning at that path. In the plan of a create it has no effect.
    ///
    /// Terraform replaces nothing for the sake of a value that stays as it is, so that is an error.
    pub fn require_replace(&mut self, path: Path, reason: impl Into<String>) {
        self.replace.push((path, reason.into()));
    }

    /// What the resource made of the plan.
    pub(crate) fn finish(self) -> (M, Vec<(Path, String)>, Diagnostics) {
        (self.planned, self.replace, self.diagnostics)
    }
}

impl<C, M: fmt::Debug> fmt::Debug for Plan<'_, C, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("prior", &self.prior)
            .field("config", &self.config)
            .field("planned", &self.planned)
            .finish_non_exhaustive()
    }
}
