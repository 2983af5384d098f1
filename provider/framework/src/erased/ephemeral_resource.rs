use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tfplugin_proto::cty::Value;

use super::{AnyArguments, Arguments, Block};
use crate::attribute::Attribute;
use crate::docs::Permissions;
use crate::ephemeral_resource::{EphemeralContext, Opened, Renewed};
use crate::plan::keep_spelling;
use crate::schema::conform;
use crate::{Diagnostics, EphemeralResource, run};

/// An ephemeral resource whose model is hidden.
#[async_trait]
pub(crate) trait AnyEphemeralResource<C>: Block {
    fn permissions(&self) -> Permissions;
    /// Runs the validators of the attributes and of the ephemeral resource.
    fn validate(&self, config: &Value) -> Diagnostics;
    /// Opens what `config` asks for; the second value is the configuration with defaults.
    async fn open(&self, config: Value, cx: EphemeralContext<C>) -> Told<(Opened<Value>, Value)>;
    async fn renew(&self, private: Vec<u8>, cx: EphemeralContext<C>) -> Told<Renewed>;
    async fn close(&self, private: Vec<u8>, cx: EphemeralContext<C>) -> Told<()>;
}

/// How a call ended, and its warnings.
pub(crate) type Told<T> = (Result<T, Diagnostics>, Diagnostics);

/// An ephemeral resource with its model.
pub(crate) struct TypedEphemeralResource<E: EphemeralResource> {
    ephemeral: Arc<E>,
    arguments: Arguments<E::Model>,
}

impl<E: EphemeralResource> TypedEphemeralResource<E> {
    pub(crate) fn new(ephemeral: E, type_name: String) -> TypedEphemeralResource<E> {
        let arguments = Arguments::with_results(type_name, ephemeral.subcategory());
        TypedEphemeralResource { ephemeral: Arc::new(ephemeral), arguments }
    }

    /// Runs `body` as a task of its own and gathers its warnings.
    async fn run<T, B, F>(&self, verb: &str, cx: EphemeralContext<E::Client>, body: B) -> Told<T>
    where
        T: Send + 'static,
        B: FnOnce(Arc<E>, EphemeralContext<E::Client>) -> F,
        F: Future<Output = Result<T, Diagnostics>> + Send + 'static,
    {
        let (warnings, stopped) = (cx.warnings(), cx.stopped().clone());
        let doing = self.arguments.gerund(verb);
        let result = run::interruptible(&doing, &stopped, body(Arc::clone(&self.ephemeral), cx))
            .await
            .and_then(|done| done);
        (result, take(&warnings))
    }
}

fn take(warnings: &Mutex<Diagnostics>) -> Diagnostics {
    std::mem::take(&mut *warnings.lock().unwrap_or_else(PoisonError::into_inner))
}

impl<E: EphemeralResource> Block for TypedEphemeralResource<E> {
    fn arguments(&self) -> &dyn AnyArguments {
        &self.arguments
    }
}

#[async_trait]
impl<E: EphemeralResource> AnyEphemeralResource<E::Client> for TypedEphemeralResource<E> {
    fn permissions(&self) -> Permissions {
        self.ephemeral.permissions()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(config, |config, diagnostics| {
            self.ephemeral.validate(config, diagnostics);
        })
    }

    async fn open(&self, config: Value, cx: EphemeralContext<E::Client>) -> Told<(Opened<Value>, Value)> {
        let (config, model) = match self.arguments.complete(&config) {
            Ok(complete) => complete,
            Err(errors) => return (Err(errors), Diagnostics::new()),
        };
        let respelled = E::Model::respelled(&config);
        let body = |ephemeral: Arc<E>, cx| async move { ephemeral.open(&cx, model).await };
        let (opened, warnings) = self.run("opening", cx, body).await;
        let opened = opened.map(|Opened { result, renew_at, private }| {
            let result = keep_spelling(&config, &respelled, result.encode());
            let result = conform(result, self.cty_type());
            (Opened { result, renew_at, private }, config)
        });
        (opened, warnings)
    }

    async fn renew(&self, private: Vec<u8>, cx: EphemeralContext<E::Client>) -> Told<Renewed> {
        let body = |ephemeral: Arc<E>, cx| async move { ephemeral.renew(&cx, private).await };
        self.run("renewing", cx, body).await
    }

    async fn close(&self, private: Vec<u8>, cx: EphemeralContext<E::Client>) -> Told<()> {
        let body = |ephemeral: Arc<E>, cx| async move { ephemeral.close(&cx, private).await };
        self.run("closing", cx, body).await
    }
}
