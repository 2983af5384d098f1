use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tfplugin_proto::{cty, wire};
use tokio_util::sync::CancellationToken;

use crate::erased::{AnyAction, AnyDataSource, AnyEphemeralResource, AnyResource};
use crate::resume::Memory;
use crate::{Diagnostic, Provider};

/// A provider that is being served: what it is, and what this process has been told so far.
pub(super) struct Server<C> {
    pub(super) provider: Provider<C>,
    pub(super) memory: Memory,
    pub(super) schema: OnceLock<wire::get_provider_schema::Response>,
    current: Mutex<Current<C>>,
}

struct Current<C> {
    client: Client<C>,
    stopped: CancellationToken,
}

/// What the provider's configuration was turned into.
pub(super) enum Client<C> {
    /// Terraform has not configured the provider.
    NotConfigured,
    /// Parts of the configuration are unknown.
    Unknown,
    /// Ready for work.
    Ready(Arc<C>),
}

impl<C> Server<C> {
    pub(super) fn new(provider: Provider<C>) -> Server<C> {
        let current = Current { client: Client::NotConfigured, stopped: CancellationToken::new() };
        Server { provider, memory: Memory::default(), schema: OnceLock::new(), current: Mutex::new(current) }
    }

    /// The client, if the provider is configured and everything in its configuration is known.
    pub(super) fn client(&self) -> Option<Arc<C>> {
        match &self.current().client {
            Client::Ready(client) => Some(Arc::clone(client)),
            Client::NotConfigured | Client::Unknown => None,
        }
    }

    /// The client, for what cannot be done without.
    pub(super) fn require_client(&self, doing: &str) -> Result<Arc<C>, Diagnostic> {
        let why = match &self.current().client {
            Client::Ready(client) => return Ok(Arc::clone(client)),
            Client::Unknown => {
                "Parts of the provider's configuration are known only after apply. Give it values that are known during plan."
            }
            Client::NotConfigured => "Terraform has not configured the provider.",
        };
        Err(Diagnostic::error(format!("Cannot work on {doing}: the provider is not configured"), why))
    }

    pub(super) fn set_client(&self, client: Client<C>) {
        self.current().client = client;
    }

    /// The token that is cancelled when the user interrupts Terraform.
    pub(super) fn stopped(&self) -> CancellationToken {
        self.current().stopped.clone()
    }

    /// Asks everything that runs to end soon. The server goes on: the answers are still to be given.
    pub(super) fn stop(&self) {
        self.current().stopped.cancel();
    }

    /// A provider that outlives one run of Terraform starts the next one afresh.
    pub(super) fn renew_after_stop(&self) -> CancellationToken {
        let mut current = self.current();
        if current.stopped.is_cancelled() {
            current.stopped = CancellationToken::new();
        }
        current.stopped.clone()
    }

    pub(super) fn resource(&self, type_name: &str) -> Result<&dyn AnyResource<C>, Diagnostic> {
        match self.provider.resources.get(type_name) {
            Some(resource) => Ok(resource.as_ref()),
            None => Err(unknown_type("resource", type_name)),
        }
    }

    pub(super) fn data_source(&self, type_name: &str) -> Result<&dyn AnyDataSource<C>, Diagnostic> {
        match self.provider.data_sources.get(type_name) {
            Some(data_source) => Ok(data_source.as_ref()),
            None => Err(unknown_type("data source", type_name)),
        }
    }

    pub(super) fn ephemeral_resource(
        &self,
        type_name: &str,
    ) -> Result<&dyn AnyEphemeralResource<C>, Diagnostic> {
        match self.provider.ephemeral_resources.get(type_name) {
            Some(ephemeral) => Ok(ephemeral.as_ref()),
            None => Err(unknown_type("ephemeral resource", type_name)),
        }
    }

    /// A resource whose objects can be listed, and the type of the list's arguments.
    pub(super) fn list_resource(
        &self,
        type_name: &str,
    ) -> Result<(&dyn AnyResource<C>, &cty::Type), Diagnostic> {
        let resource = self.provider.resources.get(type_name);
        match resource.and_then(|resource| Some((resource, resource.list_arguments()?))) {
            Some((resource, (_, ty))) => Ok((resource.as_ref(), ty)),
            None => Err(unknown_type("list resource", type_name)),
        }
    }

    pub(super) fn action(&self, type_name: &str) -> Result<&dyn AnyAction<C>, Diagnostic> {
        match self.provider.actions.get(type_name) {
            Some(action) => Ok(action.as_ref()),
            None => Err(unknown_type("action", type_name)),
        }
    }

    /// Puts work off to a later run while the provider's configuration is unknown, if Terraform lets us. It sets the
    /// flag in every apply, so the flag alone is no reason to.
    pub(super) fn deferred(&self, allowed: Option<&wire::ClientCapabilities>) -> Option<wire::Deferred> {
        let unknown = matches!(self.current().client, Client::Unknown);
        let allowed = allowed.is_some_and(|capabilities| capabilities.deferral_allowed);
        let reason = wire::deferred::Reason::ProviderConfigUnknown.into();
        (unknown && allowed).then_some(wire::Deferred { reason })
    }

    fn current(&self) -> MutexGuard<'_, Current<C>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unknown_type(kind: &str, type_name: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Unknown {kind} type"),
        format!("This version of the provider has no {kind} type \"{type_name}\"."),
    )
}
