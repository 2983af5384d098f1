//! `landform_vpc`: a whole network as one resource.
//!
//! [`decide`] compares the [`desired`] network with what was [`seen`](look) and gives [`steps`]; [`act`] carries them out.

mod act;
mod blockers;
mod child;
mod decide;
mod desired;
mod identity;
mod import;
mod look;
mod model;
mod outputs;
mod plan;
mod remove;
mod seen;
mod state;
mod steps;
#[cfg(test)]
mod tests;
mod validate;

pub(crate) use look::look;
pub use model::{Egress, NatGateway, Subnet, Vpc};
pub(crate) use outputs::Outputs;

use crate::client::{Landform, failure};
use act::Act;
use decide::{conflicts, decide};
use desired::Desired;
use identity::VpcIdentity;
use landform_cloud::{CloudError, Network, Target};
use landform_framework::{Context, Diagnostic, Diagnostics, IdentifiedBy, Path, Plan, Resource, Value};
use model::status;
use seen::Seen;
use std::collections::BTreeSet;
use steps::{Step, waits_for};

type Call = Context<Landform, Vpc>;

/// The resource `landform_vpc`.
pub struct VpcResource;

#[async_trait::async_trait]
impl Resource for VpcResource {
    type Client = Landform;
    type Model = Vpc;

    fn name(&self) -> &'static str {
        "vpc"
    }

    fn subcategory(&self) -> &'static str {
        "Network"
    }

    fn validate(&self, config: &Vpc, diagnostics: &mut Diagnostics) {
        validate::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, Vpc>) {
        plan::plan(plan).await;
    }

    async fn plan_destroy(&self, prior: &Vpc, diagnostics: &mut Diagnostics) {
        diagnostics.extend(protected(prior));
    }

    async fn read(&self, cx: &Call, state: Vpc) -> Result<Option<Vpc>, Diagnostics> {
        let doing = format!("Reading network {}", name(&state));
        let (desired, target) = declared(cx.client(), &state)?;
        let network = cx.client().network(&target).await.map_err(|error| failure(&doing, &error, ""))?;
        let seen =
            read(network.as_ref(), &desired, &state).await.map_err(|error| failure(&doing, &error, ""))?;
        let Some(seen) = seen else { return Ok(None) };
        let drift: Vec<String> = decide(&desired, &seen).iter().map(Step::to_string).collect();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            _ if drift.is_empty() => status::READY,
            Some(status::DEGRADED) => status::DEGRADED,
            _ => status::DRIFTED,
        };
        Ok(Some(state::observed(&state, &seen, now, drift)))
    }

    async fn create(&self, cx: &Call, planned: Vpc) -> Result<Vpc, Diagnostics> {
        let doing = format!("Creating network {}", name(&planned));
        let (desired, target) = declared(cx.client(), &planned)?;
        let nothing =
            |error: CloudError| failure(&doing, &error, "Nothing was created and nothing is in state.");
        let network = cx.client().network_for_change(&target).await.map_err(nothing)?;
        let seen = find(network.as_ref(), &desired).await.map_err(nothing)?;
        // Protection begins when the network is complete, unless it was there before this resource began to make it.
        let resumed = cx.resumed_from().is_some_and(|prior| prior.deletion_protection == Value::Known(false));
        let mut partial = planned.clone();
        if seen == Seen::default() || resumed {
            partial.deletion_protection = Value::Known(false);
        }
        if let Err(refusal) = refuse_conflicts(&desired, &seen) {
            // What a failed create left stays in state, whatever the configuration says now.
            cx.checkpoint(&state::observed(&partial, &seen, status::INCOMPLETE, Vec::new()));
            return Err(refusal);
        }
        carry_out(cx, network.as_ref(), &desired, seen, &planned, &partial, status::INCOMPLETE).await
    }

    async fn update(&self, cx: &Call, prior: Vpc, planned: Vpc) -> Result<Vpc, Diagnostics> {
        let doing = format!("Updating network {}", name(&planned));
        let (mut desired, target) = declared(cx.client(), &planned)?;
        desired.recorded = state::recorded(&prior);
        desired.retired_tags = retired_tags(&prior, &desired);
        let unchanged = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let network = cx.client().network_for_change(&target).await.map_err(unchanged)?;
        let seen = read(network.as_ref(), &desired, &prior).await.map_err(unchanged)?;
        let seen = seen.ok_or_else(|| gone(&prior))?;
        refuse_conflicts(&desired, &seen)?;
        carry_out(cx, network.as_ref(), &desired, seen, &planned, &planned, status::DEGRADED).await
    }

    async fn delete(&self, cx: &Call, prior: Vpc) -> Result<(), Diagnostics> {
        // A replacement has no plan of its destroy half: this is the only place that can refuse it.
        if let Some(refusal) = protected(&prior) {
            return Err(refusal.into());
        }
        let doing = format!("Deleting network {}", name(&prior));
        let (desired, target) = declared(cx.client(), &prior)?;
        let untouched = |error: CloudError| failure(&doing, &error, "The network is still in state.");
        let network = cx.client().network_for_change(&target).await.map_err(untouched)?;
        if self.is_incomplete(&prior)
            && look(network.as_ref(), &desired.owner).await.map_err(untouched)?.is(&desired)
        {
            return Err(finished_since(&prior));
        }
        let steps = remove::steps(network.as_ref(), &desired.owner).await.map_err(untouched)?;
        let act = Act::new(network.as_ref(), &desired, Seen::default(), cx.stopped(), &|_| ());
        let outcome = crate::graph::run(&steps, waits_for, cx.stopped(), |step| act.perform(step)).await;
        if outcome.failed.is_empty() && outcome.not_started.is_empty() {
            return Ok(());
        }
        let left = format!(
            "{} of {} objects are left; destroy again to go on.",
            steps.len() - done(&steps, &outcome),
            steps.len()
        );
        let mut diagnostics = report(&desired, &outcome, &left);
        if let Some(diagnostic) = blockers::name(network.as_ref(), &prior, &outcome).await {
            diagnostics.push(diagnostic);
        }
        Err(diagnostics)
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<Vpc, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<VpcIdentity>())
    }

    fn identity(&self, model: &Vpc) -> Option<String> {
        let (owner, target) = (state::owner(model)?, state::target(model)?);
        Some(format!("{}/{}@{}/{}", owner.stack, owner.resource(), target.account, target.region))
    }

    fn is_incomplete(&self, model: &Vpc) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}

/// The refusal to delete a protected network.
fn protected(prior: &Vpc) -> Option<Diagnostic> {
    (prior.deletion_protection == Value::Known(true)).then(|| {
        Diagnostic::error(
            format!("Network {} is protected", name(prior)),
            "Set `deletion_protection = false` and apply, then destroy or replace it. Nothing was changed.",
        )
        .at(Path::root().attribute("deletion_protection"))
    })
}

/// The network that `model` declares, and where.
fn declared(client: &Landform, model: &Vpc) -> Result<(Desired, Target), Diagnostics> {
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

/// Looks for a network that exists already: after a create that was killed, or with a lost state. One read when there is none.
async fn find(network: &dyn Network, desired: &Desired) -> Result<Seen, CloudError> {
    if network.owned(&desired.owner).await?.is_empty() {
        return Ok(Seen::default());
    }
    look(network, &desired.owner).await
}

/// Looks at the network that state knows. None when its VPC is gone.
///
/// A VPC that exists but lost our tags is an error: taking it for gone would make a second network.
async fn read(network: &dyn Network, desired: &Desired, state: &Vpc) -> Result<Option<Seen>, CloudError> {
    let Some(id) = state.id.known().and_then(|id| id.parse().ok()) else {
        let seen = look(network, &desired.owner).await?;
        return Ok(Some(seen).filter(|seen| *seen != Seen::default()));
    };
    let seen = look::look_again(network, desired, &id).await?;
    if seen.vpc.is_some() {
        return Ok(Some(seen));
    }
    match network.vpc(&id).await? {
        None => Ok(None),
        Some(_) => {
            let text = format!(
                "{id} exists but no longer carries the tags that say it is ours. Put them back: {}",
                desired
                    .owner
                    .tags(&child::Child::Vpc.key())
                    .iter()
                    .map(|(key, value)| format!("{key} = {value}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            Err(CloudError::new(landform_cloud::ErrorKind::Invalid, "DescribeVpcs", text))
        }
    }
}

/// Runs the steps from what exists to what is wanted, checkpointing after each.
async fn carry_out(
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
            cx.checkpoint(&state::observed(partial, seen, unfinished, drift));
        }
    };
    checkpoint(&seen);
    let act = Act::new(network, desired, seen, cx.stopped(), &checkpoint);
    let outcome = crate::graph::run(&steps, waits_for, cx.stopped(), |step| act.perform(step)).await;
    let seen = act.into_seen();
    if outcome.failed.is_empty() && outcome.not_started.is_empty() {
        return Ok(state::observed(planned, &seen, status::READY, Vec::new()));
    }
    let state = format!(
        "{} of {} steps are done; what exists is in state with status \"{unfinished}\". The next apply goes on from there and makes nothing twice.",
        done(&steps, &outcome),
        steps.len()
    );
    Err(report(desired, &outcome, &state))
}

type Outcome<'a> = crate::graph::Outcome<'a, Step, CloudError>;

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

fn refuse_conflicts(desired: &Desired, seen: &Seen) -> Result<(), Diagnostics> {
    let conflicts = conflicts(desired, seen);
    if conflicts.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "A network with this stack and name exists, made otherwise: {}. Set the attributes to what exists, or give this network another name. Nothing was changed.",
        conflicts.join("; ")
    );
    Err(Diagnostic::error(format!("Network {} exists already", desired.owner.name), detail).into())
}

/// The refusal to delete a whole network for a state that knows only its beginning.
///
/// Such a state is left over where `create_before_destroy` was interrupted between its halves: the finished network is another
/// entry of the same state, and nothing here tells whether it is still wanted.
fn finished_since(prior: &Vpc) -> Diagnostics {
    let detail = "This state says \"incomplete\", but the network is complete, so another entry of the state may hold the same \
                  objects. Nothing was deleted. To drop this entry, run `terraform state rm` on the resource and apply: the \
                  network is adopted as it is. To destroy the network, apply first, then destroy.";
    Diagnostic::error(format!("Network {} was finished since", name(prior)), detail).into()
}

fn gone(prior: &Vpc) -> Diagnostics {
    let detail = "The VPC was deleted since the plan was made. Plan again to create it. Nothing was changed.";
    Diagnostic::error(format!("Network {} is gone", name(prior)), detail).into()
}

/// Tag keys that the resource had and has no longer.
fn retired_tags(prior: &Vpc, desired: &Desired) -> BTreeSet<String> {
    let before = prior.tags.known().into_iter().flatten();
    before.map(|(key, _)| key.clone()).filter(|key| !desired.tags.contains_key(key)).collect()
}

fn name(model: &Vpc) -> String {
    model.name.known().map(|name| name.0.to_string()).unwrap_or_default()
}
