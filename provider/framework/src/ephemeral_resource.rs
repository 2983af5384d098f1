use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::docs::Permissions;
use crate::{Diagnostic, Diagnostics, Model};

/// A value that Terraform uses while it runs and stores nowhere, such as credentials:
/// [ephemeral resources](https://developer.hashicorp.com/terraform/language/block/ephemeral) of Terraform 1.10.
///
/// Terraform opens it in every run that needs it, renews it while that run lasts, and closes it at the end.
#[async_trait]
pub trait EphemeralResource: Send + Sync + 'static {
    /// What the provider's configuration is turned into.
    type Client: Send + Sync + 'static;
    /// The arguments and the results.
    type Model: Model;

    /// The type name without the provider's name: `member_credentials` becomes `landform_member_credentials`.
    fn name(&self) -> &'static str;

    /// Checks the arguments, without any calls; values may be unknown.
    fn validate(&self, config: &Self::Model, diagnostics: &mut Diagnostics) {
        let _ = (config, diagnostics);
    }

    /// Fills in the computed attributes. Defaults are set already and everything is known.
    async fn open(
        &self,
        cx: &EphemeralContext<Self::Client>,
        config: Self::Model,
    ) -> Result<Opened<Self::Model>, Diagnostics>;

    /// Prolongs what was opened; called when the time of [`Opened::renew_at`] has come. The result of `open` cannot
    /// change any more.
    async fn renew(
        &self,
        cx: &EphemeralContext<Self::Client>,
        private: Vec<u8>,
    ) -> Result<Renewed, Diagnostics> {
        let _ = (cx, private);
        Err(Diagnostic::error(
            format!("A {} cannot be renewed", self.name()),
            "It asked for a renewal that it does not support: a bug in the provider.",
        )
        .into())
    }

    /// Ends what was opened.
    async fn close(&self, cx: &EphemeralContext<Self::Client>, private: Vec<u8>) -> Result<(), Diagnostics> {
        let _ = (cx, private);
        Ok(())
    }

    /// The group of pages the ephemeral resource is listed under in the registry.
    fn subcategory(&self) -> &'static str {
        ""
    }

    /// What AWS must allow for it, for the reference page.
    fn permissions(&self) -> Permissions {
        Permissions::default()
    }
}

/// An ephemeral resource that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened<M> {
    /// Arguments and results.
    pub result: M,
    /// When it must be renewed, if ever.
    pub renew_at: Option<SystemTime>,
    /// What [`EphemeralResource::renew`] and [`EphemeralResource::close`] are told. Terraform keeps it in memory.
    pub private: Vec<u8>,
}

impl<M> Opened<M> {
    /// Needs no renewal.
    pub fn new(result: M) -> Opened<M> {
        Opened { result, renew_at: None, private: Vec::new() }
    }

    /// The same, to be renewed at that time.
    #[must_use]
    pub fn renew_at(mut self, time: SystemTime) -> Opened<M> {
        self.renew_at = Some(time);
        self
    }

    /// The same, with what renewing and closing must be told.
    #[must_use]
    pub fn private(mut self, private: impl Into<Vec<u8>>) -> Opened<M> {
        self.private = private.into();
        self
    }
}

/// An ephemeral resource that was renewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renewed {
    /// When it must be renewed again, if ever.
    pub renew_at: Option<SystemTime>,
    /// What the next renewal and closing are told.
    pub private: Vec<u8>,
}

/// What an ephemeral resource can reach besides its arguments.
#[derive(Debug)]
pub struct EphemeralContext<C> {
    client: Arc<C>,
    stopped: CancellationToken,
    warnings: Arc<Mutex<Diagnostics>>,
}

impl<C> EphemeralContext<C> {
    /// A context of a call that nobody stops before `stopped` is cancelled.
    pub fn new(client: Arc<C>, stopped: CancellationToken) -> EphemeralContext<C> {
        EphemeralContext { client, stopped, warnings: Arc::default() }
    }

    /// What the provider's configuration was turned into.
    pub fn client(&self) -> &C {
        &self.client
    }

    /// Cancelled when the user interrupts Terraform.
    pub fn stopped(&self) -> &CancellationToken {
        &self.stopped
    }

    /// Shows a warning with the answer.
    pub fn warn(&self, warning: Diagnostic) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning);
    }

    /// All warnings so far, for whoever runs the call.
    pub(crate) fn warnings(&self) -> Arc<Mutex<Diagnostics>> {
        Arc::clone(&self.warnings)
    }
}
