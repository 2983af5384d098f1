//! When a delete deletes nothing, and what an apply leaves in memory.

use tfplugin_proto::cty::Value;

use super::Applied;
use crate::erased::AnyResource;
use crate::plan::{same_immutables, shadows_a_complete_object};
use crate::private::{Intent, Private};
use crate::resume::Memory;

/// Whether deleting `prior` must leave everything where it is: the create half of the same replacement continues it,
/// or a complete object took its place.
pub(super) fn keeps<C>(
    resource: &dyn AnyResource<C>,
    prior: &Value,
    private: Option<&Private>,
    memory: &Memory,
) -> bool {
    let forgets = private.is_some_and(|private| private.intent == Intent::Forget);
    if !resource.is_incomplete(prior) {
        return forgets && resource.outlives_replacement();
    }
    if shadows_a_complete_object(resource, prior, memory) {
        return true;
    }
    let Some(private) = private else { return false };
    match private.intent {
        Intent::Forget => true,
        Intent::Create => continues(resource, prior, private, memory),
        Intent::Update | Intent::Destroy => false,
    }
}

/// Whether a delete is the one half of a replacement: the private data are those of the planned create then.
pub(super) fn is_half_of_a_replacement(private: Option<&Private>) -> bool {
    private.is_some_and(|private| private.intent == Intent::Create)
}

/// Whether the planned create makes the very object that `prior` is the beginning of. Then the create half, which
/// comes next in this process, is told about `prior`.
fn continues<C>(resource: &dyn AnyResource<C>, prior: &Value, planned: &Private, memory: &Memory) -> bool {
    let (Some(identity), Ok(normalized)) = (resource.identity(prior), resource.normalized(prior)) else {
        return false;
    };
    let same = planned.identity.as_ref() == Some(&identity)
        && same_immutables(resource.schema(), &normalized, &planned.immutable);
    if same {
        memory.see((resource.type_name().to_owned(), identity), prior, true);
    }
    same
}

/// Notes what exists now, for later plans and applies in this process.
pub(super) fn remember<C>(
    resource: &dyn AnyResource<C>,
    prior: Option<&Value>,
    applied: &Applied,
    memory: &Memory,
) {
    let key = |object: &Value| Some((resource.type_name().to_owned(), resource.identity(object)?));
    match &applied.new_state {
        Some(state) => {
            let Some(key) = key(state) else { return };
            if resource.is_incomplete(state) {
                memory.failed(key, state);
            } else if !applied.diagnostics.has_errors() {
                match prior {
                    Some(_) => memory.completed(key),
                    None => memory.created(key),
                }
            }
        }
        None => {
            if let Some(key) = prior.and_then(key) {
                memory.gone(&key);
            }
        }
    }
}
