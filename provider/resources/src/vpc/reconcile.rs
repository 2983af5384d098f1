//! From what is declared and what exists to what state will say: runs the steps, keeps checkpoints, reports failures.

use super::Call;
use super::act::Act;
use super::blockers;
use super::decide::decide;
use super::desired::Desired;
use super::model::{Vpc, status};
use super::remove;
use super::seen::Seen;
use super::state::{self, name};
use super::steps::{Step, waits_for};
use crate::client::{Landform, failure};
use landform_cloud::id::VpcId;
use landform_cloud::{CloudError, Network, Target};
use landform_framework::{Diagnostic, Diagnostics};
use tokio_util::sync::CancellationToken;

/// The network that `model` declares, and where.
pub(super) fn declared(client: &Landform, model: &Vpc) -> Result<(Desired, Target), Diagnostics> {
    let parts = (state::owner(model), state::wish(model, client), state::target(model));
    let (Some(owner), Some(wish), Some(target)) = parts else {
        return Err(Diagnostic::error(
            format!("Network {} is not fully known", name(model)),
            "An attribute is still unknown. This is a fault of the provider; please report it.",
        )
        .into());
    };
    if owner.stack != *client.stack() {
        let detail = format!(
            "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: set it back.",
            owner.stack,
            client.stack()
        );
        return Err(
            Diagnostic::error(format!("Network {} belongs to another stack", name(model)), detail).into()
        );
    }
    let mut desired = Desired::new(owner, wish)
        .map_err(|error| Diagnostic::error("The network does not fit its profile", error.to_string()))?;
    desired.recorded = state::recorded(model);
    Ok((desired, target))
}

/// Runs the steps from what exists to what is wanted, checkpointing after each.
pub(super) async fn carry_out(
    cx: &Call,
    network: &dyn Network,
    desired: &Desired,
    seen: Seen,
    planned: &Vpc,
    partial: &Vpc,
    unfinished: &str,
) -> Result<Vpc, Diagnostics> {
    let steps = decide(desired, &seen);
    let checkpoint = |seen: &Seen| {
        if seen.vpc.is_some() {
            let drift = decide(desired, seen).iter().map(Step::to_string).collect();
            cx.checkpoint(&state::observed(partial, desired, seen, unfinished, drift));
        }
    };
    checkpoint(&seen);
    let act = Act::new(network, desired, seen, cx.stopped(), &checkpoint);
    let outcome = crate::graph::run(&steps, waits_for, cx.stopped(), |step| act.perform(step)).await;
    let seen = act.into_seen();
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(state::observed(planned, desired, &seen, status::READY, Vec::new()));
    }
    let state = format!(
        "{} of {} steps are done; what exists is in state with status \"{unfinished}\". The next apply goes on from there and makes nothing twice.",
        done(&steps, &outcome),
        steps.len()
    );
    Err(report(desired, &outcome, &state))
}

/// Removes everything that carries the network's tags. What is in the way is named with its owner, and with the option to sweep it
/// where that was not `swept` before.
pub(super) async fn take_down(
    network: &dyn Network,
    desired: &Desired,
    vpc: Option<&VpcId>,
    swept: bool,
    stop: &CancellationToken,
) -> Result<(), Diagnostics> {
    let steps = remove::steps(network, desired).await.map_err(|error| {
        let doing = format!("Deleting network {}", desired.owner.name);
        failure(doing, &error, "Nothing was deleted.")
    })?;
    let act = Act::new(network, desired, Seen::default(), stop, &|_| ());
    let outcome = crate::graph::run(&steps, waits_for, stop, |step| act.perform(step)).await;
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(());
    }
    let left = format!(
        "{} of {} objects are left; destroy again to go on.",
        steps.len() - done(&steps, &outcome),
        steps.len()
    );
    let mut diagnostics = report(desired, &outcome, &left);
    if let Some(diagnostic) = blockers::name(network, vpc, swept, &outcome).await {
        diagnostics.push(diagnostic);
    }
    Err(diagnostics)
}

/// What became of the steps of a network.
pub(super) type Outcome<'a> = crate::graph::Outcome<'a, Step, CloudError>;

/// How many steps are done.
fn done(steps: &[Step], outcome: &Outcome<'_>) -> usize {
    steps.len() - outcome.failed.len() - outcome.not_started.len()
}

/// An error for every step that failed; when Terraform asked to stop and nothing failed, one that says so.
fn report(desired: &Desired, outcome: &Outcome<'_>, state: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (step, error) in &outcome.failed {
        diagnostics.extend(failure(
            format!("Network {}: could not {step}", desired.owner.name),
            error,
            state,
        ));
    }
    if outcome.failed.is_empty() && outcome.stopped {
        diagnostics.push(Diagnostic::error(format!("Network {}: stopped", desired.owner.name), state));
    }
    diagnostics
}
