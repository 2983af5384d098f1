use std::sync::Arc;

use async_trait::async_trait;
use tfplugin_proto::cty::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{AnyArguments, Arguments, Block};
use crate::action::{ActionContext, Told};
use crate::attribute::Attribute;
use crate::docs::Permissions;
use crate::{Action, Diagnostics, Path, run};

/// An action whose arguments are hidden.
#[async_trait]
pub(crate) trait AnyAction<C>: Block {
    fn permissions(&self) -> Permissions;
    /// Runs the validators of the attributes and of the action.
    fn validate(&self, config: &Value) -> Diagnostics;
    async fn plan(&self, config: Value, client: Option<Arc<C>>) -> Diagnostics;
    /// Does it, and tells `sender` how it goes on.
    async fn invoke(
        &self,
        config: Value,
        client: Arc<C>,
        stopped: CancellationToken,
        sender: mpsc::Sender<Told>,
    ) -> Result<(), Diagnostics>;
}

/// An action with its arguments.
pub(crate) struct TypedAction<A: Action> {
    action: Arc<A>,
    arguments: Arguments<A::Config>,
}

impl<A: Action> TypedAction<A> {
    pub(crate) fn new(action: A, type_name: String) -> TypedAction<A> {
        let arguments = Arguments::only(type_name, action.subcategory());
        TypedAction { action: Arc::new(action), arguments }
    }
}

impl<A: Action> Block for TypedAction<A> {
    fn arguments(&self) -> &dyn AnyArguments {
        &self.arguments
    }
}

#[async_trait]
impl<A: Action> AnyAction<A::Client> for TypedAction<A> {
    fn permissions(&self) -> Permissions {
        self.action.permissions()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(config, |config, diagnostics| {
            self.action.validate(config, diagnostics);
        })
    }

    async fn plan(&self, config: Value, client: Option<Arc<A::Client>>) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let result = match self.arguments.complete(&config) {
            Ok((_, model)) => {
                // What was unknown when Terraform validated may be known now.
                model.check(&Path::root(), &mut diagnostics);
                let planned = self.action.plan(client.as_deref(), &model, &mut diagnostics);
                run::caught(&self.arguments.gerund("planning"), planned).await
            }
            Err(errors) => Err(errors),
        };
        diagnostics.extend(result.err().into_iter().flatten());
        diagnostics
    }

    async fn invoke(
        &self,
        config: Value,
        client: Arc<A::Client>,
        stopped: CancellationToken,
        sender: mpsc::Sender<Told>,
    ) -> Result<(), Diagnostics> {
        let (_, model) = self.arguments.complete(&config)?;
        let mut checks = Diagnostics::new();
        model.check(&Path::root(), &mut checks);
        if checks.has_errors() {
            return Err(checks);
        }
        let action = Arc::clone(&self.action);
        let told = stopped.clone();
        let invoked = async move {
            let cx = ActionContext::new(client, told, sender);
            action.invoke(&cx, model).await
        };
        run::interruptible(&self.arguments.gerund("invoking"), &stopped, invoked).await?
    }
}
