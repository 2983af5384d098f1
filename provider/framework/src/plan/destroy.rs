use std::sync::Arc;

use tfplugin_proto::cty::Value;

use crate::Diagnostics;
use crate::erased::AnyResource;
use crate::private::{Intent, Private};
use crate::resume::Memory;

/// Plans the destruction of an object.
///
/// What an interrupted `create_before_destroy` left incomplete may be the same real thing as the complete object
/// that took its place. Then it only leaves the state.
pub(crate) async fn plan_destroy<C: Send + Sync + 'static>(
    resource: &dyn AnyResource<C>,
    prior: &Value,
    client: Option<Arc<C>>,
    memory: &Memory,
) -> (Private, Diagnostics) {
    if shadows_a_complete_object(resource, prior, memory) || was_found_again(resource, prior, memory) {
        return (Private::of(Intent::Forget), Diagnostics::new());
    }
    (Private::of(Intent::Destroy), resource.plan_destroy(prior, client).await)
}

/// Whether `object` is incomplete, and this process has seen a complete one with the same identity.
pub(crate) fn shadows_a_complete_object<C>(
    resource: &dyn AnyResource<C>,
    object: &Value,
    memory: &Memory,
) -> bool {
    resource.is_incomplete(object)
        && resource
            .identity(object)
            .is_some_and(|identity| memory.has_complete(&(resource.type_name().to_owned(), identity)))
}

/// Whether `object` outlives replacements, and this process has just made the object that takes its place in the state: that
/// one is the same real thing.
fn was_found_again<C>(resource: &dyn AnyResource<C>, object: &Value, memory: &Memory) -> bool {
    resource.outlives_replacement()
        && resource
            .identity(object)
            .is_some_and(|identity| memory.has_created(&(resource.type_name().to_owned(), identity)))
}
