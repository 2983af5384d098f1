//! Reads, makes, changes and deletes a set of policies: one path for all of them.

use super::act::Act;
use super::affected::affected;
use super::core::{Around, Core, PolicySet, declared, status};
use super::decide::decide;
use super::desired::Desired;
use super::look::{Question, look};
use super::plan::{held, namesakes, nothing_allowed, tried, turn_on};
use super::seen::Seen;
use super::shown::{self, number};
use super::steps::Step;
use crate::client::{Landform, failure};
use crate::organization::OrganizationSnapshot;
use landform_cloud::organizations::PolicyTypeStatus;
use landform_cloud::wait::{Schedule, Seen as Look, wait_for};
use landform_cloud::{CloudError, Organizations, OrganizationsReads, Result as Answer};
use landform_framework::{Context, Diagnostic, Diagnostics, Text, Value};
use landform_model::guardrails::PolicyType;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A kind of policy is on some seconds after it was turned on.
const TURNING_ON: Schedule = Schedule {
    first: Duration::from_secs(1),
    longest: Duration::from_secs(10),
    deadline: Duration::from_secs(300),
};

/// What the set looks like now; none when no policy of it is left.
pub(crate) async fn read<M: PolicySet>(client: &Landform, state: M) -> Result<Option<M>, Diagnostics> {
    let core = state.core();
    let failed = |error: CloudError| failure(format!("Reading {} {}", M::NOUN, core.name()), &error, "");
    let desired = declared(client, &state)?;
    let organization = client.organizations().await.map_err(failed)?;
    // What an apply that failed has left may be of any kind.
    let unfinished = core.is(status::DEGRADED) || core.is(status::INCOMPLETE);
    let types: Vec<PolicyType> =
        if unfinished { M::TYPES.to_vec() } else { desired.policy_types().into_iter().collect() };
    let question =
        Question { adopted: core.is(status::ADOPTED), ..Question::about(&desired, &types, core.ids()) };
    if organization.organization().await.map_err(failed)?.is_none() {
        return Ok(None);
    }
    let seen = look(organization.as_ref(), &organization, &question).await.map_err(failed)?;
    if let Some(refusal) = namesakes::<M>(&core.name(), &seen) {
        return Err(refusal.into());
    }
    if seen.policies.is_empty() {
        return Ok(None);
    }
    let drift = drift(&desired, &seen);
    let now = match core.status.known().map(String::as_str) {
        Some(status::INCOMPLETE) => status::INCOMPLETE,
        Some(status::ADOPTED) => status::ADOPTED,
        _ if drift.is_empty() => status::READY,
        Some(status::DEGRADED) => status::DEGRADED,
        _ => status::DRIFTED,
    };
    let mut model = observed(&state, &desired, &seen, now, drift);
    let mut core = model.core();
    core.slots = shown::slots(&model, &desired, &seen).into();
    core.affected_accounts = counted::<M>(&organization, &seen).await.map_err(failed)?;
    core.invalid_accounts = invalid(organization.as_ref(), &desired).await.map_err(failed)?;
    model.set_core(core);
    Ok(Some(model))
}

/// Makes the set, or goes on with one that a failed create left.
pub(crate) async fn create<M: PolicySet>(cx: &Context<Landform, M>, planned: M) -> Result<M, Diagnostics> {
    let doing = format!("Creating {} {}", M::NOUN, planned.core().name());
    let begun = cx.resumed_from();
    if let Some(begun) = begun {
        // Terraform has forgotten it by now: an error before the first step must not lose it.
        cx.checkpoint(begun);
    }
    let unchanged = "Nothing was created, and what a failed create left is still in state.";
    apply(cx, &doing, unchanged, planned, begun, status::INCOMPLETE).await
}

/// Changes the set.
pub(crate) async fn update<M: PolicySet>(
    cx: &Context<Landform, M>,
    prior: &M,
    planned: M,
) -> Result<M, Diagnostics> {
    let core = prior.core();
    let unfinished = if core.is(status::ADOPTED) { status::ADOPTED } else { status::DEGRADED };
    let doing = format!("Updating {} {}", M::NOUN, core.name());
    apply(cx, &doing, "Nothing was changed.", planned, Some(prior), unfinished).await
}

/// Takes the set away. What is gone already counts as done.
pub(crate) async fn delete<M: PolicySet>(cx: &Context<Landform, M>, prior: &M) -> Result<(), Diagnostics> {
    let core = prior.core();
    let doing = format!("Deleting {} {}", M::NOUN, core.name());
    let untouched = |error: CloudError| failure(&doing, &error, "The set is still in state.");
    let desired = declared(cx.client(), prior)?;
    let port = cx.client().organizations_for_change().await.map_err(untouched)?;
    if port.organization().await.map_err(untouched)?.is_none() {
        return Ok(());
    }
    let question = Question {
        // Policies that an import found are the user's to delete once an apply has tagged them.
        adopted: core.is(status::ADOPTED),
        ..Question::about(&desired, M::TYPES, core.ids())
    };
    let organization = cx.client().organizations().await.map_err(untouched)?;
    let seen = look(port.as_ref(), &organization, &question).await.map_err(untouched)?;
    take_away::<M>(port.as_ref(), &desired.gone(), seen, cx.stopped()).await
}

/// Takes away what was seen of a set that is to be gone.
pub(crate) async fn take_away<M: PolicySet>(
    port: &dyn Organizations,
    desired: &Desired,
    seen: Seen,
    stop: &CancellationToken,
) -> Result<(), Diagnostics> {
    let steps = decide(desired, &seen);
    let mut act = Act { port, desired, stop, seen };
    let (done, failed) = run(&mut act, &steps, |_| ()).await;
    let left = format!("{done} of {} steps are done; destroy again to go on.", steps.len());
    report::<M>(desired, &steps, done, failed, &left)
}

/// From what there is to what is planned.
async fn apply<M: PolicySet>(
    cx: &Context<Landform, M>,
    doing: &str,
    unchanged: &str,
    mut planned: M,
    prior: Option<&M>,
    unfinished: &str,
) -> Result<M, Diagnostics> {
    let refused = |error: CloudError| failure(doing, &error, unchanged);
    let before = prior.map(M::core).unwrap_or_default();
    settle(cx.client(), &mut planned, &before).await?;
    let mut desired = declared(cx.client(), &planned)?;
    desired.before = before.placement();
    desired.retired_tags = before.tags.known().into_iter().flatten().map(|(key, _)| key.clone()).collect();
    let port = cx.client().organizations_for_change().await.map_err(refused)?;
    let question =
        Question { adopted: before.is(status::ADOPTED), ..Question::about(&desired, M::TYPES, before.ids()) };
    let organization = cx.client().organizations().await.map_err(refused)?;
    let mut seen = look(port.as_ref(), &organization, &question).await.map_err(refused)?;
    check::<M>(&desired, &seen, unchanged)?;
    turned_on::<M>(port.as_ref(), &desired, &mut seen, cx.stopped()).await.map_err(|error| {
        let mut diagnostics = failure(doing, &error, unchanged);
        diagnostics.extend(off::<M>(&desired, &seen));
        diagnostics
    })?;
    let steps = decide(&desired, &seen);
    let partial = both(&planned, &before);
    let checkpoint = |seen: &Seen| {
        if !seen.policies.is_empty() {
            cx.checkpoint(&observed(&partial, &desired, seen, unfinished, drift(&desired, seen)));
        }
    };
    checkpoint(&seen);
    let mut act = Act { port: port.as_ref(), desired: &desired, stop: cx.stopped(), seen };
    let (done, failed) = run(&mut act, &steps, &checkpoint).await;
    let state = format!(
        "{done} of {} steps are done; what exists is in state with status \"{unfinished}\". The next apply goes on from there and makes nothing twice.",
        steps.len()
    );
    report::<M>(&desired, &steps, done, failed, &state)?;
    let seen = act.seen;
    finish(cx.client(), planned, &desired, &seen).await.map_err(|error| failure(doing, &error, &state))
}

/// What could not be planned, because something was unknown, is chosen and checked now.
async fn settle<M: PolicySet>(client: &Landform, planned: &mut M, before: &Core) -> Result<(), Diagnostics> {
    let mut core = planned.core();
    let targets = planned.attached_to().unwrap_or_default();
    let open = core.documents.is_unknown() || core.attached_to.is_unknown();
    core.attached_to = Value::Known(targets.iter().cloned().map(Text).collect());
    if core.stack.is_unknown() {
        core.stack = Value::Known(Text(client.stack().clone()));
    }
    if open {
        let mut diagnostics = Diagnostics::new();
        let tried = async { tried(client.organizations().await?.as_ref(), planned).await }.await;
        let tried =
            tried.map_err(|error| failure("Reading what was tried", &error, "Nothing was changed."))?;
        let tried = [tried, held(before, &targets)].concat();
        let asked = planned.tried_on().is_some();
        let around = Around {
            region: client.region().await,
            before: before.placement(),
            taken: &|_| None,
            tried: asked.then_some(tried.as_slice()),
        };
        let choice = planned.choice(&around, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        if core.documents.is_unknown() {
            planned.set_sizes(choice.as_ref());
            core.documents = Value::Known(BTreeMap::new());
            planned.set_core(core.clone());
            let mut desired = declared(client, planned)?;
            desired.documents = choice.map(|choice| choice.documents).unwrap_or_default();
            core.documents = Value::Known(shown::documents(planned, &desired, &before.ids()));
        }
    }
    planned.set_core(core);
    Ok(())
}

/// The plan, with what has to be remembered of before until the apply is through: the keys of tags to take away.
fn both<M: PolicySet>(planned: &M, before: &Core) -> M {
    let mut core = planned.core();
    let mut tags = before.tags.known().cloned().unwrap_or_default();
    tags.extend(core.tags.known().cloned().unwrap_or_default());
    core.tags = (!tags.is_empty()).then_some(tags).into();
    let mut partial = planned.clone();
    partial.set_core(core);
    partial
}

/// What is refused, whatever AWS would say.
fn check<M: PolicySet>(desired: &Desired, seen: &Seen, unchanged: &str) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    diagnostics.extend(namesakes::<M>(desired.owner.name.as_str(), seen));
    diagnostics.extend(nothing_allowed(desired, seen));
    for target in desired.targets.iter().filter(|target| !seen.targets.contains_key(target)) {
        let detail = format!(
            "There is no {target} in the organization. Make it first, with `landform_organizational_units` or by hand. {unchanged}"
        );
        diagnostics.push(Diagnostic::error(format!("{target} does not exist"), detail));
    }
    if diagnostics.has_errors() { Err(diagnostics) } else { Ok(()) }
}

/// Waits for kinds of policy that were turned on a moment ago.
async fn turned_on<M: PolicySet>(
    port: &dyn Organizations,
    desired: &Desired,
    seen: &mut Seen,
    stop: &CancellationToken,
) -> Answer<()> {
    let is_pending = |types: &BTreeMap<_, _>| {
        desired.policy_types().iter().any(|kind| types.get(kind) == Some(&PolicyTypeStatus::PendingEnable))
    };
    if is_pending(&seen.policy_types) {
        let look = || async {
            let types = port.root().await?.policy_types;
            Ok(if is_pending(&types) { Look::Pending("about to be on".into()) } else { Look::Ready(types) })
        };
        seen.policy_types = wait_for("ListRoots", "the kind of policy", TURNING_ON, stop, look).await?;
    }
    match off::<M>(desired, seen) {
        None => Ok(()),
        Some(_) => {
            let text = "a kind of policy that this set needs is off in the organization";
            Err(CloudError::new(landform_cloud::ErrorKind::Invalid, "AttachPolicy", text))
        }
    }
}

/// What to do about kinds of policy that are off.
fn off<M: PolicySet>(desired: &Desired, seen: &Seen) -> Option<Diagnostic> {
    let on = |kind: &_| seen.policy_types.get(kind) == Some(&PolicyTypeStatus::Enabled);
    let off = desired.policy_types().into_iter().find(|kind| !on(kind))?;
    Some(Diagnostic::error(format!("{off} is off in the organization"), turn_on(off)))
}

/// Takes the steps one by one, because AWS refuses two changes of an organization at a time; how many are done, and the error of
/// the one that failed.
async fn run(act: &mut Act<'_>, steps: &[Step], checkpoint: impl Fn(&Seen)) -> (usize, Option<CloudError>) {
    for (done, step) in steps.iter().enumerate() {
        if act.stop.is_cancelled() {
            return (done, None);
        }
        if let Err(error) = act.perform(step).await {
            return (done, Some(error));
        }
        checkpoint(&act.seen);
    }
    (steps.len(), None)
}

fn report<M: PolicySet>(
    desired: &Desired,
    steps: &[Step],
    done: usize,
    failed: Option<CloudError>,
    state: &str,
) -> Result<(), Diagnostics> {
    let name = &desired.owner.name;
    match (steps.get(done), failed) {
        (Some(step), Some(error)) => {
            Err(failure(format!("{} {name}: could not {step}", M::NOUN), &error, state))
        }
        (Some(_), None) => Err(Diagnostic::error(format!("{} {name}: stopped", M::NOUN), state).into()),
        (None, _) => Ok(()),
    }
}

/// The state after an apply: what was planned, with what only now is known.
async fn finish<M: PolicySet>(client: &Landform, planned: M, desired: &Desired, seen: &Seen) -> Answer<M> {
    let mut model = observed(&planned, desired, seen, status::READY, Vec::new());
    let mut core = model.core();
    if core.slots.is_unknown() {
        core.slots = shown::slots(&model, desired, seen).into();
    }
    if core.affected_accounts.is_unknown() {
        core.affected_accounts = counted::<M>(client.organizations().await?.as_ref(), seen).await?;
    }
    if core.invalid_accounts.is_unknown() {
        core.invalid_accounts = invalid(client.organizations().await?.as_ref(), desired).await?;
    }
    model.set_core(core);
    Ok(model)
}

async fn counted<M: PolicySet>(organization: &OrganizationSnapshot, seen: &Seen) -> Answer<Value<i64>> {
    let statements = M::TYPES.iter().all(|kind| kind.has_statements());
    Ok(Value::Known(number(affected(organization, seen.targets.values(), statements).await?)))
}

/// The accounts in which AWS enforces an older state, because policies come together to something invalid there.
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_invalid-policies.html>
async fn invalid(
    port: &dyn OrganizationsReads,
    desired: &Desired,
) -> Answer<Value<BTreeMap<String, Vec<String>>>> {
    let mut invalid: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for policy_type in desired.policy_types().into_iter().filter(|kind| !kind.has_statements()) {
        for account in port.accounts_with_invalid_policy(policy_type).await? {
            for reason in port.invalid_policy_reasons(&account, policy_type).await? {
                let at = if reason.path.is_empty() { String::new() } else { format!(" at {}", reason.path) };
                let text = format!("{policy_type}: {}: {}{at}", reason.code, reason.message);
                invalid.entry(account.to_string()).or_default().push(text);
            }
        }
    }
    Ok(Value::Known(invalid))
}

/// What an apply would do, and what it cannot do: targets that are gone.
fn drift(desired: &Desired, seen: &Seen) -> Vec<String> {
    let gone = desired.targets.iter().filter(|target| !seen.targets.contains_key(target));
    let mut drift: Vec<String> = gone.map(|target| format!("{target} is gone")).collect();
    drift.extend(decide(desired, seen).iter().map(Step::to_string));
    drift
}

/// The model with what was seen.
fn observed<M: PolicySet>(model: &M, desired: &Desired, seen: &Seen, now: &str, drift: Vec<String>) -> M {
    let mut core = model.core();
    let ids = seen.policies.iter().map(|(key, policy)| (*key, policy.policy.id.clone())).collect();
    let mut documents = shown::documents(model, desired, &ids);
    for document in documents.values_mut().filter(|document| document.id.is_unknown()) {
        document.id = Value::Null;
    }
    core.documents = Value::Known(documents);
    core.status = Value::Known(now.to_owned());
    core.drift = Value::Known(drift);
    let mut model = model.clone();
    model.set_core(core);
    model
}
