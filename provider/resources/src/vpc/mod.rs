//! `landform_vpc`: a whole network as one resource.
//!
//! [`decide`] compares the [`desired`] network with what was [`seen`](look) and gives [`steps`]; [`act`] carries them out.

mod abandoned;
mod act;
mod adopt;
mod blockers;
mod blocks;
mod both;
mod cautions;
mod child;
mod controls;
mod decide;
mod desired;
mod dhcp_options;
mod egress;
mod extras;
mod flow_logs;
mod identity;
mod import;
mod interface_endpoints;
mod ipv6;
mod kubernetes;
mod list;
mod look;
mod model;
mod network_acl;
mod outputs;
mod overrides;
pub(crate) mod permissions;
mod plan;
mod reconcile;
mod refusals;
mod remove;
mod retired;
mod routes;
mod seen;
mod state;
mod steps;
mod sweep;
#[cfg(test)]
pub(crate) mod tests;
mod tiers;
mod validate;

pub(crate) use abandoned::AbandonedNetworks;
pub(crate) use extras::Extras;
pub(crate) use flow_logs::validate_inherited;
pub use list::VpcList;
pub(crate) use look::look;
pub use model::{
    CustomTier, DhcpOptions, Egress, EncryptionControl, FlowLogs, GatewayEndpoint, InterfaceEndpoint, Ipv6,
    Kubernetes, NatGateway, Route, Subnet, Vpc,
};
pub(crate) use outputs::Outputs;

use crate::client::{Landform, failure};
use decide::decide;
use identity::VpcIdentity;
use landform_cloud::CloudError;
use landform_framework::docs::Permissions;
use landform_framework::{
    Context, DefaultTimeouts, Diagnostics, IdentifiedBy, ListedBy, Plan, Resource, Value,
};
use model::status;
use reconcile::{carry_out, declared, take_down};
use refusals::{conflicting, finished_since, gone, protected};
use seen::Seen;
use state::name;
use std::time::Duration;
use steps::Step;

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

    /// A NAT gateway takes up to fifteen minutes each way, and an update may make one and delete another.
    fn timeouts(&self) -> DefaultTimeouts {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        DefaultTimeouts { create: minutes(30), read: minutes(10), update: minutes(45), delete: minutes(30) }
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &Vpc, diagnostics: &mut Diagnostics) {
        validate::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, Vpc>) {
        plan::plan(plan).await;
    }

    async fn plan_destroy(&self, prior: &Vpc, diagnostics: &mut Diagnostics) {
        diagnostics.extend(protected(prior));
        diagnostics.extend(egress::kept_on_destroy(prior));
    }

    async fn read(&self, cx: &Call, state: Vpc) -> Result<Option<Vpc>, Diagnostics> {
        let doing = format!("Reading network {}", name(&state));
        let (desired, target) = declared(cx.client(), &state)?;
        let network =
            cx.client().network_of_stack(&target).await.map_err(|error| failure(&doing, &error, ""))?;
        let seen = look::refresh(network.as_ref(), &desired, &state)
            .await
            .map_err(|error| failure(&doing, &error, ""))?;
        let Some(seen) = seen else {
            let left = look::left_behind(network.as_ref(), &desired).await;
            let left = left.map_err(|error| failure(&doing, &error, ""))?;
            if let Some(warning) = refusals::left_behind(&state, &left) {
                cx.warn(warning);
            }
            return Ok(None);
        };
        let drift: Vec<String> = decide(&desired, &seen).iter().map(Step::to_string).collect();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            Some(status::ADOPTED) => status::ADOPTED,
            _ if drift.is_empty() => status::READY,
            Some(status::DEGRADED) => status::DEGRADED,
            _ => status::DRIFTED,
        };
        Ok(Some(state::observed(&state, &desired, &seen, now, drift)))
    }

    async fn create(&self, cx: &Call, planned: Vpc) -> Result<Vpc, Diagnostics> {
        let doing = format!("Creating network {}", name(&planned));
        let (mut desired, target) = declared(cx.client(), &planned)?;
        if let Some(begun) = cx.resumed_from() {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
            // The configuration may have changed since: what it no longer has goes.
            desired.retire(begun, cx.client());
        }
        let nothing =
            |error: CloudError| failure(&doing, &error, "Nothing was created and nothing is in state.");
        let network = cx.client().network_for_change(&target).await.map_err(nothing)?;
        let seen = look::find(network.as_ref(), &desired).await.map_err(nothing)?;
        // Protection begins when the network is complete, unless it was there before this resource began to make it.
        let resumed = cx.resumed_from().is_some_and(|prior| prior.deletion_protection == Value::Known(false));
        let mut partial = match cx.resumed_from() {
            Some(begun) => both::of(begun.clone(), &planned),
            None => planned.clone(),
        };
        if seen == Seen::default() || resumed {
            partial.deletion_protection = Value::Known(false);
        }
        if let Err(refusal) = conflicting(&desired, &seen) {
            // What a failed create left stays in state, whatever the configuration says now.
            cx.checkpoint(&state::observed(&partial, &desired, &seen, status::INCOMPLETE, Vec::new()));
            return Err(refusal);
        }
        carry_out(cx, network.as_ref(), &desired, seen, &planned, &partial, status::INCOMPLETE).await
    }

    async fn update(&self, cx: &Call, prior: Vpc, planned: Vpc) -> Result<Vpc, Diagnostics> {
        let doing = format!("Updating network {}", name(&planned));
        let (mut desired, target) = declared(cx.client(), &planned)?;
        desired.recorded = state::recorded(&prior);
        desired.retire(&prior, cx.client());
        let unchanged = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let network = cx.client().network_for_change(&target).await.map_err(unchanged)?;
        let seen = look::whole(network.as_ref(), &desired, &prior).await.map_err(unchanged)?;
        let seen = seen.ok_or_else(|| gone(&prior))?;
        conflicting(&desired, &seen)?;
        // What others made is found by the noted ids until all of it is tagged.
        let unfinished = if adopt::adopted(&prior) { status::ADOPTED } else { status::DEGRADED };
        let partial = both::of(prior, &planned);
        carry_out(cx, network.as_ref(), &desired, seen, &planned, &partial, unfinished).await
    }

    async fn delete(&self, cx: &Call, prior: Vpc) -> Result<(), Diagnostics> {
        let doing = format!("Deleting network {}", name(&prior));
        let (desired, target) = declared(cx.client(), &prior)?;
        let untouched = |error: CloudError| failure(&doing, &error, "The network is still in state.");
        let network = cx.client().network_for_change(&target).await.map_err(untouched)?;
        if self.is_incomplete(&prior)
            && look(network.as_ref(), &desired.owner, Extras::of(&desired))
                .await
                .map_err(untouched)?
                .is(&desired)
        {
            return Err(finished_since(&prior));
        }
        let vpc = prior.id.known().and_then(|id| id.parse().ok());
        let wanted = prior.sweep_on_destroy == Value::Known(true);
        if let Some(vpc) = vpc.as_ref().filter(|_| wanted) {
            let balancers = cx.client().load_balancers_for_change(&target).await.map_err(untouched)?;
            sweep::sweep(network.as_ref(), balancers.as_ref(), vpc, cx.stopped()).await.map_err(untouched)?;
        }
        take_down(network.as_ref(), &desired, vpc.as_ref(), wanted, cx.stopped()).await
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<Vpc, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<VpcIdentity>())
    }

    fn listed_by(&self) -> Option<ListedBy<Self>> {
        Some(ListedBy::new::<VpcList>())
    }

    fn identity(&self, model: &Vpc) -> Option<String> {
        let (owner, target) = (state::owner(model)?, state::target(model)?);
        Some(format!("{}/{}@{}/{}", owner.stack, owner.resource(), target.account, target.region))
    }

    fn is_incomplete(&self, model: &Vpc) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}
