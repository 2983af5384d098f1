use std::sync::Arc;

use async_trait::async_trait;
use tfplugin_proto::cty::{self, Value};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Arguments;
use crate::action::{ActionContext, Told};
use crate::attribute::Attribute;
use crate::schema::ObjectSchema;
use crate::{Action, Diagnostics, Path, run};

/// An action whose arguments are hidden.
#[async_trait]
pub(crate) trait AnyAction<C>: Send + Sync {
    fn type_name(&self) -> &str;
    fn subcategory(&self) -> &'static str;
    fn schema(&self) -> &ObjectSchema;
    fn cty_type(&self) -> &cty::Type;

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
    type_name: String,
    arguments: Arguments<A::Config>,
}

impl<A: Action> TypedAction<A> {
    pub(crate) fn new(action: A, type_name: String) -> TypedAction<A> {
        TypedAction { action: Arc::new(action), type_name, arguments: Arguments::only() }
    }

    fn gerund(&self, verb: &str) -> String {
        format!("{verb} {}", self.type_name)
    }
}

#[async_trait]
impl<A: Action> AnyAction<A::Client> for TypedAction<A> {
    fn type_name(&self) -> &str {
        &self.type_name
    }

    fn subcategory(&self) -> &'static str {
        self.action.subcategory()
    }

    fn schema(&self) -> &ObjectSchema {
        self.arguments.schema()
    }

    fn cty_type(&self) -> &cty::Type {
        self.arguments.cty_type()
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(&self.gerund("validating"), config, |config, diagnostics| {
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
                run::caught(&self.gerund("planning"), planned).await
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
        run::interruptible(&self.gerund("invoking"), &stopped, invoked).await?
    }
}
