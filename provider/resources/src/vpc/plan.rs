//! Plans a network: checks what can be checked, and shows every part with its CIDR. Makes no write call.

use super::desired::Desired;
use super::egress;
use super::model::{Vpc, status};
use super::outputs::Outputs;
use super::overrides;
use super::state::{owner, sketch, target};
use crate::client::{Landform, failure};
use landform_framework::{Diagnostics, Path, Plan, Text, Value};

/// Fills the planned network.
pub(crate) async fn plan(plan: &mut Plan<'_, Landform, Vpc>) {
    place(plan).await;
    plan.planned.status = Value::Known(status::READY.to_owned());
    plan.planned.drift = Value::Known(Vec::new());
    let Some(client) = plan.client() else { return unknown(&mut plan.planned) };
    let planned = &plan.planned;
    let (Some(owner), Some(wish), Some(_)) = (owner(planned), sketch(planned, client), target(planned))
    else {
        return unknown(&mut plan.planned);
    };
    // The sketch has no routes of the user's own, so what is shown of routes needs the whole wish.
    let whole = super::state::wish(planned, client).and_then(|wish| Desired::new(owner.clone(), wish).ok());
    let routes = whole.map_or(Value::Unknown, |whole| Value::Known(super::routes::shown(&whole)));
    let desired = match Desired::new(owner, wish) {
        Ok(desired) => desired,
        Err(error) => return super::validate::layout_error(&error, &mut plan.diagnostics),
    };
    zones(plan).await;
    if let Some(prior) = plan.prior {
        unmoved(prior, &plan.planned, &mut plan.diagnostics);
        overrides::unmoved(prior, &plan.planned, &desired, &mut plan.diagnostics);
    }
    Outputs::planned(&desired, plan.prior).forget_addresses(&plan.planned).into_model(&mut plan.planned);
    if plan.planned.gateway_endpoints.is_unknown() {
        plan.planned.gateway_endpoint_ids = Value::Unknown;
    }
    if plan.planned.interface_endpoints.is_unknown() {
        plan.planned.interface_endpoint_ids = Value::Unknown;
    }
    if super::interface_endpoints::group_is_unknown(&plan.planned.interface_endpoints) {
        plan.planned.endpoints_security_group_id = Value::Unknown;
    }
    plan.planned.route_table_routes = routes;
    super::ipv6::plan(&desired, plan.prior, &mut plan.planned);
    plan.planned.dhcp_options_id = dhcp_options_id(plan.prior, &plan.planned);
    plan.planned.flow_log_id = flow_log_id(plan.prior, &plan.planned);
    plan.planned.network_acl_id = match (plan.prior, desired.network_acl.is_some()) {
        _ if plan.planned.network_acl.is_unknown() => Value::Unknown,
        (_, false) => Value::Null,
        (Some(prior), true) if prior.network_acl_id.is_known() => prior.network_acl_id.clone(),
        (_, true) => Value::Unknown,
    };
    super::cautions::warn(plan.prior, &plan.planned, &desired, &mut plan.diagnostics);
    super::controls::check_exclusion(plan).await;
    if let Some(prior) = plan.prior {
        egress::warn(prior, &plan.planned, &mut plan.diagnostics);
        rerouted_services(prior, &plan.planned, &mut plan.diagnostics);
    }
}

/// Account, region, stack and flow logs: the resource's own, else the provider's.
async fn place(plan: &mut Plan<'_, Landform, Vpc>) {
    crate::place::place(plan, |vpc| &mut vpc.account_id, |vpc| &mut vpc.region).await;
    if let Some(client) = plan.client() {
        let (stack, flow_logs) =
            (client.stack().clone(), client.flow_logs().map(super::flow_logs::inherited));
        plan.planned.stack = Value::Known(Text(stack));
        plan.compute(|vpc| &mut vpc.flow_logs, flow_logs);
    }
}

/// Nothing about the parts can be said before apply.
fn unknown(planned: &mut Vpc) {
    Outputs::unknown().into_model(planned);
    planned.ipv6_cidr = Value::Unknown;
    planned.egress_only_internet_gateway_id = Value::Unknown;
    planned.dhcp_options_id = Value::Unknown;
    planned.flow_log_id = Value::Unknown;
    planned.network_acl_id = Value::Unknown;
    planned.route_table_routes = Value::Unknown;
}

/// The set of DHCP options stays as long as nothing about it changes.
fn dhcp_options_id(prior: Option<&Vpc>, planned: &Vpc) -> Value<String> {
    match prior {
        _ if planned.dhcp_options.is_null() => Value::Null,
        Some(prior) if prior.dhcp_options == planned.dhcp_options && prior.dhcp_options_id.is_known() => {
            prior.dhcp_options_id.clone()
        }
        _ => Value::Unknown,
    }
}

/// The flow log stays as long as nothing about it changes.
fn flow_log_id(prior: Option<&Vpc>, planned: &Vpc) -> Value<String> {
    match prior {
        _ if !super::flow_logs::wanted(&planned.flow_logs) => Value::Null,
        Some(prior) if prior.flow_logs == planned.flow_logs && prior.flow_log_id.is_known() => {
            prior.flow_log_id.clone()
        }
        _ => Value::Unknown,
    }
}

/// New zones must exist for this account in this region.
async fn zones(plan: &mut Plan<'_, Landform, Vpc>) {
    let (Some(azs), Some(target)) = (plan.planned.azs.known().cloned(), target(&plan.planned)) else {
        return;
    };
    if plan.prior.and_then(|prior| prior.azs.known()) == Some(&azs) {
        return;
    }
    let path = Path::root().attribute("azs");
    for (slot, zone) in azs.iter().filter(|(_, zone)| !zone.belongs_to(&target.region)) {
        let detail = format!(
            "{} is not a zone of {}: its zones start with \"{}-az\".",
            zone.0,
            target.region,
            target.region.short_code()
        );
        plan.diagnostics.error_at(path.clone().key(slot), "Zone of another region", detail);
    }
    let Some(client) = plan.client() else { return };
    let exist = async { client.network_of_stack(&target).await?.availability_zones().await }.await;
    match exist {
        Err(error) => plan.diagnostics.extend(failure(
            format!("Reading the availability zones of {target}"),
            &error,
            "",
        )),
        Ok(exist) => {
            let names: Vec<String> = exist.iter().map(|zone| zone.id.to_string()).collect();
            for (slot, zone) in azs
                .iter()
                .filter(|(_, zone)| zone.belongs_to(&target.region) && !names.contains(&zone.to_string()))
            {
                let detail = format!("{target} has no zone {}; it has {}.", zone.0, names.join(", "));
                plan.diagnostics.error_at(path.clone().key(slot), "Unknown availability zone", detail);
            }
        }
    }
}

/// A zone keeps its slot, and a protected network keeps its subnets.
fn unmoved(prior: &Vpc, planned: &Vpc, diagnostics: &mut Diagnostics) {
    let (Some(before), Some(after)) = (prior.azs.known(), planned.azs.known()) else { return };
    for (slot, zone) in before {
        if after.get(slot).is_some_and(|now| now != zone) {
            diagnostics.error_at(Path::root().attribute("azs").key(slot), "A slot cannot move to another zone", format!("Slot {slot} is {}; AWS cannot move its subnets. Give the new zone a free letter, move what runs there, then remove {slot}.", zone.0));
        }
    }
    if prior.deletion_protection != Value::Known(true) {
        return;
    }
    let gone: Vec<&String> = before.keys().filter(|slot| !after.contains_key(*slot)).collect();
    if let [slot, ..] = gone.as_slice() {
        diagnostics.error_at(Path::root().attribute("azs"), "Subnets are protected", format!("Removing slot {slot} deletes its subnets, and `deletion_protection` is on. Set it to false and apply, then remove the slot."));
    }
    let (Some(before), Some(after)) = (prior.tiers.known(), planned.tiers.known()) else { return };
    if let Some(tier) = before.iter().find(|tier| !after.contains(*tier)) {
        diagnostics.error_at(Path::root().attribute("tiers"), "Subnets are protected", format!("Removing tier {} deletes its subnets, and `deletion_protection` is on. Set it to false and apply, then remove the tier.", tier.0));
    }
}

/// Services whose packets take another way from now on.
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html>
fn rerouted_services(prior: &Vpc, planned: &Vpc, diagnostics: &mut Diagnostics) {
    let (Some(before), Some(after)) =
        (prior.gateway_endpoint_ids.known(), planned.gateway_endpoint_ids.known())
    else {
        return;
    };
    let rerouted = before.keys().filter(|service| !after.contains_key(*service));
    let services: Vec<&str> = rerouted
        .chain(after.keys().filter(|service| !before.contains_key(*service)))
        .map(String::as_str)
        .collect();
    if !services.is_empty() {
        diagnostics.warning(
            format!("Open connections to {} break", services.join(" and ")),
            "A gateway endpoint is added or taken away, which moves packets between the endpoint and the way out by `egress`. AWS cuts connections that are open at that moment; programs must open them again.",
        );
    }
}
