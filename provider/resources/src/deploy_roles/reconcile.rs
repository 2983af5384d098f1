//! From what is declared and what exists to what state will say: runs the steps, keeps checkpoints, reports failures.

use super::Call;
use super::act::Act;
use super::decide::{decide, unknown_audiences};
use super::desired::{Desired, Unwanted};
use super::look::Seen;
use super::model::{DeployRoles, status};
use super::state::{self, name};
use super::steps::{Step, waits_for};
use crate::client::{Landform, failure};
use landform_cloud::{CloudError, Iam, Target};
use landform_framework::{Diagnostic, Diagnostics, Path};
use std::sync::{Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// What `model` declares, and where.
pub(super) async fn declared(
    client: &Landform,
    model: &DeployRoles,
) -> Result<(Desired, Target), Diagnostics> {
    let account = model.account_id.known().ok_or_else(|| unknown(model))?.0.clone();
    let target = client.global_target(account).await?;
    let desired = Desired::new(model, target.region.partition(), |tags| client.with_default_tags(tags))
        .map_err(|unwanted| refused(model, &unwanted))?;
    if desired.owner.stack != *client.stack() {
        let detail = format!(
            "State says stack \"{}\", the provider block says \"{}\". The stack is part of the identity of every object: set it back.",
            desired.owner.stack,
            client.stack()
        );
        let summary = format!("Deploy roles {} belong to another stack", name(model));
        return Err(Diagnostic::error(summary, detail).into());
    }
    Ok((desired, target))
}

fn unknown(model: &DeployRoles) -> Diagnostic {
    let detail = "An attribute is still unknown. This is a fault of the provider; please report it.";
    Diagnostic::error(format!("Deploy roles {} are not fully known", name(model)), detail)
}

/// Why the roles cannot be made as they are declared.
pub(super) fn refused(model: &DeployRoles, unwanted: &Unwanted) -> Diagnostic {
    match unwanted {
        Unwanted::Unknown => unknown(model),
        Unwanted::Trust(which, error) => {
            let summary = format!("Nobody could assume the {which} as it is meant");
            Diagnostic::error(summary, format!("{error}.")).at(Path::root().attribute("trust"))
        }
    }
}

/// The refusal to touch what is somebody else's.
pub(super) fn conflicting(desired: &Desired, seen: &Seen) -> Result<(), Diagnostics> {
    let mut errors = Diagnostics::default();
    if !seen.foreign.is_empty() {
        let detail = format!(
            "{} in account {} is there already and does not carry the tags of {} in stack \"{}\". Give the roles other names, or delete what is there. Nothing was changed.",
            seen.foreign.join(" and "),
            desired.place.account,
            desired.owner.resource(),
            desired.owner.stack
        );
        errors.error(format!("Deploy roles {}: a name is taken", desired.owner.name), detail);
    }
    let unknown = unknown_audiences(desired, seen);
    if !unknown.is_empty() {
        let detail = format!(
            "An OIDC provider that somebody else made does not know the audience {}, so AWS would refuse its tokens. Have it added to the provider. Nothing was changed.",
            unknown.join(" and ")
        );
        errors.error_at(Path::root().attribute("trust").attribute("oidc"), "Unknown audience", detail);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Runs the steps from what exists to what is wanted, checkpointing after each.
pub(super) async fn run(
    cx: &Call,
    iam: &dyn Iam,
    desired: &Desired,
    seen: &Seen,
    planned: &DeployRoles,
    unfinished: &str,
) -> Result<DeployRoles, Diagnostics> {
    let steps = decide(desired, seen);
    released(seen, &steps).into_iter().for_each(|warning| cx.warn(warning));
    let left = Mutex::new(steps.clone());
    let checkpoint = |done: Option<&Step>| {
        let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
        left.retain(|step| Some(step) != done);
        let drift = left.iter().map(Step::to_string).collect();
        cx.checkpoint(&state::observed(planned, desired, seen, unfinished, drift));
    };
    if !seen.is_empty() {
        checkpoint(None);
    }
    let act = Act { iam, desired };
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
        return Ok(state::observed(planned, desired, seen, status::READY, Vec::new()));
    }
    let state = format!(
        "{} of {} steps are done; what exists is in state with status \"{unfinished}\". The next apply goes on from there and makes nothing twice.",
        done(&steps, &outcome),
        steps.len()
    );
    Err(report(desired, &outcome, &state))
}

/// Takes away what is ours.
pub(super) async fn take_down(
    iam: &dyn Iam,
    desired: &Desired,
    steps: &[Step],
    stop: &CancellationToken,
) -> Result<(), Diagnostics> {
    let act = Act { iam, desired };
    let outcome = crate::graph::run(steps, waits_for, stop, |step| act.perform(step)).await;
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(());
    }
    let left = steps.len() - done(steps, &outcome);
    Err(report(
        desired,
        &outcome,
        &format!("{left} of {} steps are left; destroy again to go on.", steps.len()),
    ))
}

/// Who needs the providers that stay.
pub(super) fn released(seen: &Seen, steps: &[Step]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for step in steps {
        let Step::ReleaseProvider(issuer) = step else { continue };
        let users = seen.providers.get(issuer).map(|it| it.used_by.as_slice()).unwrap_or_default();
        let users: Vec<&str> = users.iter().map(landform_model::RoleName::as_str).collect();
        let detail = format!(
            "The roles {} trust it. It loses the `landform:` tags and is nobody's from then on; delete it yourself when no role needs it.",
            users.join(", ")
        );
        warnings.push(Diagnostic::warning(format!("The OIDC provider of {issuer} stays"), detail));
    }
    warnings
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
            format!("Deploy roles {}: could not {step}", desired.owner.name),
            error,
            state,
        ));
    }
    if outcome.failed.is_empty() && outcome.stopped {
        diagnostics.push(Diagnostic::error(format!("Deploy roles {}: stopped", desired.owner.name), state));
    }
    diagnostics
}
