use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::docs::Permissions;
use crate::{Diagnostic, Diagnostics, Model};

/// Something to be done, which leaves nothing in the state:
/// [actions](https://developer.hashicorp.com/terraform/language/block/action) of Terraform 1.14. A resource's
/// `lifecycle` triggers it, or `terraform apply -invoke`.
#[async_trait]
pub trait Action: Send + Sync + 'static {
    /// What the provider's configuration is turned into.
    type Client: Send + Sync + 'static;
    /// The arguments.
    type Config: Model;

    /// The type name without the provider's name: `node_refresh` becomes `landform_node_refresh`.
    fn name(&self) -> &'static str;

    /// Checks the arguments, without any calls; values may be unknown.
    fn validate(&self, config: &Self::Config, diagnostics: &mut Diagnostics) {
        let _ = (config, diagnostics);
    }

    /// Objects to the action before anything is applied, or warns of it. Values may be unknown, and there is no
    /// client while the provider's configuration is. Must not change anything in the world.
    async fn plan(
        &self,
        client: Option<&Self::Client>,
        config: &Self::Config,
        diagnostics: &mut Diagnostics,
    ) {
        let _ = (client, config, diagnostics);
    }

    /// Does it. Defaults are set already and everything is known.
    async fn invoke(&self, cx: &ActionContext<Self::Client>, config: Self::Config)
    -> Result<(), Diagnostics>;

    /// The group of pages the action is listed under in the registry.
    fn subcategory(&self) -> &'static str {
        ""
    }

    /// What AWS must allow for it, for the reference page.
    fn permissions(&self) -> Permissions {
        Permissions::default()
    }
}

/// What an action tells while it runs.
#[derive(Debug)]
pub(crate) enum Told {
    Progress(String),
    Warning(Diagnostic),
}

/// What an action can reach besides its arguments.
pub struct ActionContext<C> {
    client: Arc<C>,
    stopped: CancellationToken,
    sender: mpsc::Sender<Told>,
}

impl<C> ActionContext<C> {
    pub(crate) fn new(
        client: Arc<C>,
        stopped: CancellationToken,
        sender: mpsc::Sender<Told>,
    ) -> ActionContext<C> {
        ActionContext { client, stopped, sender }
    }

    /// What the provider's configuration was turned into.
    pub fn client(&self) -> &C {
        &self.client
    }

    /// Cancelled when the user interrupts Terraform. The action should then return soon, with an error that says how
    /// far it came.
    pub fn stopped(&self) -> &CancellationToken {
        &self.stopped
    }

    /// Shows a line while the action runs. After an interrupt nothing is shown: Terraform 1.15.5 crashes on a line that it
    /// has stopped reading.
    pub async fn progress(&self, message: impl Into<String>) {
        if self.stopped.is_cancelled() {
            return;
        }
        self.tell(Told::Progress(message.into())).await;
    }

    /// Shows a warning when the action has ended.
    pub async fn warn(&self, warning: Diagnostic) {
        self.tell(Told::Warning(warning)).await;
    }

    async fn tell(&self, told: Told) {
        // Nobody listens any more when this fails, and the action goes on all the same.
        let _ = self.sender.send(told).await;
    }
}

impl<C> fmt::Debug for ActionContext<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionContext").finish_non_exhaustive()
    }
}
