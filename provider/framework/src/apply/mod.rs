//! The apply of one object: create, update or delete, and an answer that never loses what exists.

mod finish;
mod resume;

use std::sync::Arc;

use tfplugin_proto::cty::Value;
use tokio_util::sync::CancellationToken;

use crate::erased::{AnyResource, Call};
use crate::plan::resumable;
use crate::private::Private;
use crate::resume::Memory;
use crate::{Diagnostic, Diagnostics, timeouts};

/// What Terraform asks to be applied.
pub(crate) struct Change {
    /// `None` for a create.
    pub(crate) prior: Option<Value>,
    /// `None` for a delete.
    pub(crate) planned: Option<Value>,
    pub(crate) config: Value,
    /// From the plan; of a replacement both halves get the data of the planned create.
    pub(crate) private: Option<Private>,
}

/// The answer: what exists now, and what to tell the user.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) new_state: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

/// Applies a change.
pub(crate) async fn apply_change<C: Send + Sync + 'static>(
    resource: &dyn AnyResource<C>,
    change: Change,
    client: Result<Arc<C>, Diagnostic>,
    stopped: CancellationToken,
    memory: &Memory,
) -> Applied {
    let Change { prior, planned, config, private } = change;
    if planned.is_none()
        && prior.as_ref().is_none_or(|prior| resume::keeps(resource, prior, private.as_ref(), memory))
    {
        return Applied { new_state: None, diagnostics: Diagnostics::new() };
    }
    if let (Some(prior), Some(planned)) = (&prior, &planned)
        && timeouts::same_apart(resource.schema(), prior, planned)
    {
        return Applied { new_state: Some(planned.clone()), diagnostics: Diagnostics::new() };
    }
    if let (Some(prior), None) = (&prior, &planned)
        && resume::is_half_of_a_replacement(private.as_ref())
    {
        // A replacement on request (`-replace`, `taint`) was planned as a create alone.
        let looking = client.as_ref().ok().map(Arc::clone);
        let objections = resource.plan_destroy(prior, looking).await;
        if objections.has_errors() {
            return Applied { new_state: Some(prior.clone()), diagnostics: objections };
        }
        if resource.outlives_replacement() {
            return Applied { new_state: None, diagnostics: Diagnostics::new() };
        }
    }
    let client = match client {
        Ok(client) => client,
        Err(error) => return Applied { new_state: prior, diagnostics: error.into() },
    };
    let (verb, call) = match (prior.clone(), planned.clone()) {
        (None, Some(planned)) => {
            let resumed_from = resumable(resource, memory, &planned).map(|(_, left)| left);
            ("creating", Call::Create { planned, config, resumed_from })
        }
        (Some(prior), Some(planned)) => ("updating", Call::Update { prior, planned, config }),
        (Some(prior), None) => ("deleting", Call::Delete { prior }),
        (None, None) => return Applied { new_state: None, diagnostics: Diagnostics::new() },
    };
    let doing = format!("{verb} {}", resource.type_name());
    let outcome = resource.call(call, client, stopped).await;
    let applied = finish::finish(resource, &doing, prior.as_ref(), planned.as_ref(), outcome);
    resume::remember(resource, prior.as_ref(), &applied, memory);
    applied
}
