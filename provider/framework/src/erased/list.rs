use std::marker::PhantomData;
use std::sync::Arc;

use tfplugin_proto::cty::Value;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{AnyArguments, Arguments, Block};
use crate::attribute::Attribute;
use crate::list::{Found, List, ListContext, Query};
use crate::{Diagnostics, Resource, run};

/// How many objects may wait for Terraform to take them.
const AHEAD: usize = 16;

/// A [`List`] whose own type is hidden, of a resource that is known.
pub(crate) trait AnyList<R: Resource>: Block {
    fn validate(&self, config: &Value) -> Diagnostics;
    /// Begins to list; the receiver ends when the task has.
    fn list(&self, resource: Arc<R>, config: Value, search: Search<R::Client>) -> mpsc::Receiver<Listed>;
}

/// Where to look for what.
pub(crate) struct Search<C> {
    pub(crate) client: Arc<C>,
    pub(crate) stopped: CancellationToken,
    pub(crate) query: Query,
}

/// What a list says.
pub(crate) enum Listed {
    Object { display_name: String, object: Value },
    Diagnostics(Diagnostics),
}

pub(crate) struct TypedList<L: List> {
    arguments: Arguments<L>,
    list: PhantomData<fn() -> L>,
}

impl<L: List> TypedList<L> {
    pub(crate) fn new(type_name: String, subcategory: &'static str) -> TypedList<L> {
        TypedList { arguments: Arguments::only(type_name, subcategory), list: PhantomData }
    }
}

impl<L: List> Block for TypedList<L> {
    fn arguments(&self) -> &dyn AnyArguments {
        &self.arguments
    }
}

impl<L: List> AnyList<L::Resource> for TypedList<L> {
    fn validate(&self, config: &Value) -> Diagnostics {
        self.arguments.check(config, L::validate)
    }

    fn list(
        &self,
        resource: Arc<L::Resource>,
        config: Value,
        search: Search<<L::Resource as Resource>::Client>,
    ) -> mpsc::Receiver<Listed> {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let doing = self.arguments.gerund("listing");
        let arguments = self.arguments.complete(&config).map(|(_, model)| model);
        tokio::spawn(async move {
            let result = match arguments {
                Ok(arguments) => forward::<L>(&doing, resource, arguments, search, &sender).await,
                Err(errors) => Err(errors),
            };
            if let Err(errors) = result {
                // Nobody is there to be told when this fails.
                let _ = sender.send(Listed::Diagnostics(errors)).await;
            }
        });
        receiver
    }
}

/// Lists in a task of its own, which may panic, and passes on what it finds.
async fn forward<L: List>(
    doing: &str,
    resource: Arc<L::Resource>,
    arguments: L,
    search: Search<<L::Resource as Resource>::Client>,
    sender: &mpsc::Sender<Listed>,
) -> Result<(), Diagnostics> {
    let Search { client, stopped, query } = search;
    let (found, mut receiver) = mpsc::channel(1);
    let told = stopped.clone();
    let listing = run::interruptible(doing, &stopped, async move {
        let cx = ListContext::new(client, told, query, found);
        arguments.list(&resource, &cx).await
    });
    let passing = async {
        while let Some(found) = receiver.recv().await {
            let listed = match found {
                Found::Object { display_name, object } => {
                    Listed::Object { display_name, object: object.encode() }
                }
                Found::Warning(warning) => Listed::Diagnostics(warning.into()),
            };
            if sender.send(listed).await.is_err() {
                // The next object found meets a closed channel, and the list ends.
                break;
            }
        }
        drop(receiver);
    };
    let (result, ()) = tokio::join!(listing, passing);
    result?
}
