//! What Terraform says, and what it takes to get there.

use crate::evidence::{Evidence, Outcome};
use crate::history::Action;
use landform_test_cloud::{Call, is_write};
use std::time::Duration;

/// Twice the twenty minutes that an operation may take, because a replacement is two.
const LONGEST: Duration = Duration::from_secs(41 * 60);

/// No more calls than a multiple of what is needed where nothing goes wrong, and no longer than the limits of time.
pub(super) fn work_is_bounded(evidence: &Evidence<'_>) -> Result<(), String> {
    if evidence.calls.len() > evidence.most_calls {
        return Err(format!("{} calls, where {} are enough", evidence.calls.len(), evidence.most_calls));
    }
    if evidence.elapsed > LONGEST {
        return Err(format!("it took {} s", evidence.elapsed.as_secs()));
    }
    Ok(())
}

/// Terraform fails only where something went wrong. That a success has come to what is declared is what the others check.
pub(super) fn an_error_has_a_reason(evidence: &Evidence<'_>) -> Result<(), String> {
    match &evidence.outcome {
        Outcome::Failed(errors) if !evidence.excused => Err(errors.clone()),
        _ => Ok(()),
    }
}

/// Where Terraform fails, what was in state and still exists stays in state.
pub(super) fn what_exists_stays_in_state(evidence: &Evidence<'_>) -> Result<(), String> {
    let still = evidence.ours(&evidence.before).len().min(evidence.ours(&evidence.after).len());
    match (&evidence.outcome, evidence.recorded) {
        (Outcome::Failed(errors), (true, false)) if still > 0 => {
            Err(format!("{still} parts are in no state any more: {errors}"))
        }
        _ => Ok(()),
    }
}

/// Neither a plan nor a refresh writes.
pub(super) fn a_plan_writes_nothing(evidence: &Evidence<'_>) -> Result<(), String> {
    let planned = if matches!(evidence.action, Action::Plan(_)) { evidence.calls.as_slice() } else { &[] };
    let again = evidence.again.iter().flat_map(|again| &again.calls);
    let writes: Vec<String> =
        (planned.iter().chain(again)).filter(|call| is_write(call.operation)).map(Call::to_string).collect();
    if writes.is_empty() { Ok(()) } else { Err(writes.join(", ")) }
}
