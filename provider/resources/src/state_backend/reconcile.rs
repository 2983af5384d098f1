//! From what is declared and what exists to what state will say: runs the steps, keeps checkpoints, reports failures.

use super::Call;
use super::act::Act;
use super::decide::{decide, remove};
use super::desired::Desired;
use super::look::Seen;
use super::model::{StateBackend, status};
use super::state::{self, name};
use super::steps::{Step, waits_for};
use crate::client::{Landform, failure};
use landform_cloud::state_storage::Encryption;
use landform_cloud::{CloudError, StateStorage};
use landform_framework::{Diagnostic, Diagnostics};
use std::sync::{Mutex, PoisonError};

/// What `model` declares.
pub(super) fn declared(client: &Landform, model: &StateBackend) -> Result<Desired, Diagnostics> {
    let desired = Desired::new(model, |tags| client.with_default_tags(tags)).ok_or_else(|| {
        let detail = "An attribute is still unknown. This is a fault of the provider; please report it.";
        Diagnostic::error(format!("State backend {} is not fully known", name(model)), detail)
    })?;
    if desired.owner.stack != *client.stack() {
        let detail = format!(
            "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: set it back.",
            desired.owner.stack,
            client.stack()
        );
        let summary = format!("State backend {} belongs to another stack", name(model));
        return Err(Diagnostic::error(summary, detail).into());
    }
    Ok(desired)
}

/// The refusal to touch what is somebody else's, and to renew a key that states are encrypted with.
pub(super) fn conflicting(desired: &Desired, seen: &Seen) -> Result<(), Diagnostics> {
    let mut errors = Diagnostics::default();
    if !seen.foreign.is_empty() {
        let detail = format!(
            "There is {} already. The names of buckets are unique in all of AWS: give this one another by `bucket`. Nothing was changed.",
            seen.foreign.join(" and ")
        );
        errors.error(format!("State backend {}: a name is taken", desired.bucket), detail);
    }
    if let (Some(key), Some(bucket)) = (&seen.leaving, &seen.bucket)
        && bucket.encryption == Encryption::Kms(key.arn.to_string())
    {
        let detail = format!(
            "States in the bucket are encrypted with {}, and nobody can read them once it is gone. Run `aws kms cancel-key-deletion` and `aws kms enable-key` on it, then apply. Nothing was changed.",
            key.arn
        );
        errors.error(format!("State backend {}: its key is being deleted", desired.bucket), detail);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Runs the steps from what exists to what is wanted, checkpointing after each.
pub(super) async fn run(
    cx: &Call,
    storage: &dyn StateStorage,
    desired: &Desired,
    seen: &Seen,
    planned: &StateBackend,
    partial: &StateBackend,
    unfinished: &str,
) -> Result<StateBackend, Diagnostics> {
    let steps = decide(desired, seen);
    let left = Mutex::new(steps.clone());
    let act = Act::new(storage, desired, seen.key.clone());
    let checkpoint = |done: Option<&Step>| {
        let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
        left.retain(|step| Some(step) != done);
        let drift = left.iter().map(Step::to_string).collect();
        cx.checkpoint(&state::observed(partial, desired, act.key().as_ref(), unfinished, drift));
    };
    if !seen.is_empty() {
        checkpoint(None);
    }
    let outcome = crate::graph::run(&steps, waits_for, cx.stopped(), |step| {
        let (act, checkpoint) = (&act, &checkpoint);
        async move {
            act.perform(step).await?;
            checkpoint(Some(step));
            Ok(())
        }
    })
    .await;
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(state::observed(planned, desired, act.key().as_ref(), status::READY, Vec::new()));
    }
    let state = format!(
        "{} of {} steps are done; what exists is in state with status \"{unfinished}\". The next apply goes on from there and makes nothing twice.",
        done(&steps, &outcome),
        steps.len()
    );
    Err(report(desired, &outcome, &state))
}

/// How many states the refusal to delete them names.
const NAMED: usize = 5;

/// Takes away what is ours. States are only deleted where the configuration says so; what locks leave behind goes in any case.
pub(super) async fn take_down(
    cx: &Call,
    storage: &dyn StateStorage,
    desired: &Desired,
    seen: &Seen,
    force: bool,
) -> Result<(), Diagnostics> {
    if seen.bucket.is_some() && !force {
        let versions = storage.versions(&desired.bucket).await;
        let versions = versions.map_err(|error| {
            let doing = format!("Deleting state backend {}", desired.bucket);
            failure(doing, &error, "Nothing was deleted.")
        })?;
        let mut states: Vec<&str> =
            versions.iter().map(|it| it.key.as_str()).filter(|key| !key.ends_with(".tflock")).collect();
        states.sort_unstable();
        states.dedup();
        if !states.is_empty() {
            return Err(in_use(desired, &states).into());
        }
    }
    let steps = remove(seen);
    let act = Act::new(storage, desired, seen.key.clone());
    let outcome = crate::graph::run(&steps, waits_for, cx.stopped(), |step| act.perform(step)).await;
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(());
    }
    let left = steps.len() - done(&steps, &outcome);
    Err(report(
        desired,
        &outcome,
        &format!("{left} of {} steps are left; destroy again to go on.", steps.len()),
    ))
}

fn in_use(desired: &Desired, states: &[&str]) -> Diagnostic {
    let named: Vec<&str> = states.iter().take(NAMED).copied().collect();
    let more = match states.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let detail = format!(
        "It holds {}{more}, as they are or in old versions. Move them elsewhere and delete them, or set `force_destroy = true` and apply to lose them all. Nothing was deleted.",
        named.join(", ")
    );
    Diagnostic::error(format!("State backend {} holds states", desired.bucket), detail)
}

type Outcome<'a> = crate::graph::Outcome<'a, Step, CloudError>;

/// How many steps are done.
fn done(steps: &[Step], outcome: &Outcome<'_>) -> usize {
    steps.len() - outcome.failed.len() - outcome.not_started.len()
}

/// An error for every step that failed; when Terraform asked to stop and nothing failed, one that says so.
fn report(desired: &Desired, outcome: &Outcome<'_>, state: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (step, error) in &outcome.failed {
        diagnostics.extend(failure(
            format!("State backend {}: could not {step}", desired.bucket),
            error,
            state,
        ));
    }
    if outcome.failed.is_empty() && outcome.stopped {
        diagnostics.push(Diagnostic::error(format!("State backend {}: stopped", desired.bucket), state));
    }
    diagnostics
}
