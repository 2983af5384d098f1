use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::erased::{AnyList, TypedList};
use crate::{Diagnostic, Diagnostics, Model, Resource};

/// How existing objects are found for [`terraform query`](https://developer.hashicorp.com/terraform/cli/commands/query)
/// (Terraform 1.14), which writes the import blocks for them.
///
/// The struct is what stands in `config` of a `list` block. [`Resource::listed_by`] names it; the resource must have
/// an identity as well.
#[async_trait]
pub trait List: Model {
    /// The resource whose objects are found.
    type Resource: Resource;

    /// Checks the arguments, without any calls; values may be unknown.
    fn validate(&self, diagnostics: &mut Diagnostics) {
        let _ = diagnostics;
    }

    /// Reports each object with [`ListContext::found`], until that says to stop. Objects are found in a stable order.
    async fn list(
        self,
        resource: &Self::Resource,
        cx: &ListContext<Self::Resource>,
    ) -> Result<(), Diagnostics>;
}

/// The [`List`] of a resource, whatever its type.
pub struct ListedBy<R: Resource>(Erase<R>);

/// Makes a [`List`] of a type name and a group of pages.
type Erase<R> = fn(String, &'static str) -> Arc<dyn AnyList<R>>;

impl<R: Resource> ListedBy<R> {
    /// Objects of the resource are found by `L`.
    pub fn new<L: List<Resource = R>>() -> ListedBy<R> {
        ListedBy(|type_name, subcategory| Arc::new(TypedList::<L>::new(type_name, subcategory)))
    }

    /// What is found how.
    pub(crate) fn erased(self, type_name: String, subcategory: &'static str) -> Arc<dyn AnyList<R>> {
        self.0(type_name, subcategory)
    }
}

impl<R: Resource> fmt::Debug for ListedBy<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedBy").finish_non_exhaustive()
    }
}

/// What was found.
pub(crate) enum Found<M> {
    Object { display_name: String, object: M },
    Warning(Diagnostic),
}

/// What [`List::list`] can reach besides its arguments.
pub struct ListContext<R: Resource> {
    client: Arc<R::Client>,
    stopped: CancellationToken,
    wants_objects: bool,
    limit: usize,
    count: AtomicUsize,
    sender: mpsc::Sender<Found<R::Model>>,
}

impl<R: Resource> ListContext<R> {
    pub(crate) fn new(
        client: Arc<R::Client>,
        stopped: CancellationToken,
        query: Query,
        sender: mpsc::Sender<Found<R::Model>>,
    ) -> ListContext<R> {
        let Query { wants_objects, limit } = query;
        ListContext { client, stopped, wants_objects, limit, count: AtomicUsize::new(0), sender }
    }

    /// What the provider's configuration was turned into.
    pub fn client(&self) -> &R::Client {
        &self.client
    }

    /// Cancelled when the user interrupts Terraform.
    pub fn stopped(&self) -> &CancellationToken {
        &self.stopped
    }

    /// Whether Terraform wants all attributes (`include_resource = true`). Without that only the attributes
    /// that the identity is made of are looked at.
    pub fn wants_objects(&self) -> bool {
        self.wants_objects
    }

    /// How many objects Terraform takes at most.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Reports an object under a name that people know it by. `Break` when there have been enough or nobody reads on.
    pub async fn found(&self, display_name: impl Into<String>, object: R::Model) -> ControlFlow<()> {
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        if number > self.limit || self.stopped.is_cancelled() {
            return ControlFlow::Break(());
        }
        let sent = self.sender.send(Found::Object { display_name: display_name.into(), object }).await;
        if sent.is_err() || number == self.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Shows a warning, such as that a part of the objects could not be looked at.
    pub async fn warn(&self, warning: Diagnostic) {
        // Nobody is there to be warned when this fails.
        let _ = self.sender.send(Found::Warning(warning)).await;
    }
}

impl<R: Resource> fmt::Debug for ListContext<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListContext")
            .field("wants_objects", &self.wants_objects)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// What Terraform wants of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query {
    pub(crate) wants_objects: bool,
    pub(crate) limit: usize,
}
