use tfplugin_proto::cty::Value;

use super::Applied;
use crate::erased::{AnyResource, Outcome};
use crate::schema::without_unknowns;
use crate::{Diagnostics, consistency};

/// The answer to `doing`, which ended as `outcome`. Whatever went wrong, what exists is in it.
pub(super) fn finish<C>(
    resource: &dyn AnyResource<C>,
    doing: &str,
    prior: Option<&Value>,
    planned: Option<&Value>,
    outcome: Outcome,
) -> Applied {
    let Outcome { result, checkpoint, warnings } = outcome;
    let mut diagnostics = warnings;
    let new_state = match result {
        Ok(result) => {
            if let (Some(result), Some(planned)) = (&result, planned) {
                diagnostics.extend(faults(resource, doing, planned, result));
            }
            result
        }
        Err(errors) => {
            diagnostics.extend(errors);
            if !diagnostics.has_errors() {
                diagnostics.error(format!("Failed while {doing}"), "The provider gave no reason.");
            }
            checkpoint.or_else(|| prior.cloned())
        }
    };
    Applied { new_state: new_state.map(without_unknowns), diagnostics }
}

/// What is wrong with the result of a call that says it succeeded.
fn faults<C>(resource: &dyn AnyResource<C>, doing: &str, planned: &Value, result: &Value) -> Diagnostics {
    let mut faults = consistency::known(doing, resource.schema(), result);
    if faults.is_empty() {
        faults = consistency::object_compatible(doing, resource.schema(), planned, result);
    }
    faults
}
