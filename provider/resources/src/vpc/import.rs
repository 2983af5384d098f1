//! Imports a network by the id of its VPC, or by its identity.

mod guess;

use super::adopt;
use super::decide::{conflicts, decide};
use super::desired::{Desired, Wish, WishedEndpoint};
use super::egress::WishedEgress;
use super::extras::Extras;
use super::identity::VpcIdentity;
use super::interface_endpoints::WishedInterface;
use super::look::{look, look_inside};
use super::model::{CustomTier, Egress, FlowLogs, GatewayEndpoint, InterfaceEndpoint, Route, Vpc, status};
use super::overrides;
use super::routes::WishedRoute;
use super::state;
use super::steps::Step;
use super::tiers::OwnTier;
use crate::client::{Landform, failure};
use guess::Guess;
use landform_cloud::id::{AllocationId, VpcId};
use landform_cloud::network::FlowLogSettings;
use landform_cloud::{Tags, Target};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::ResourceName;
use landform_model::network::{AnyTier, DEFAULT_FLOW_LOG_FORMAT, Tier};
use landform_model::ownership::{Owner, RESOURCE_TAG, ResourceKind, STACK_TAG};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// Reads the network of the VPC that `id` names: `vpc-…`, or `ACCOUNT/REGION/vpc-…` outside the provider's own; with `/NAME`
/// behind it where others made the VPC.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<Vpc, Diagnostics> {
    let wrong = |why: String| Diagnostics::from(wrong_id(&why));
    let parsed = |error: &dyn Display| wrong(format!("{error}."));
    match id.split('/').collect::<Vec<_>>().as_slice() {
        [vpc] => {
            let vpc = vpc.parse().map_err(|error| parsed(&error))?;
            import(client, id, client.target(None, None).await?, vpc, None).await
        }
        [vpc, name] => {
            let (vpc, name) =
                (vpc.parse().map_err(|error| parsed(&error))?, name.parse().map_err(|error| parsed(&error))?);
            import(client, id, client.target(None, None).await?, vpc, Some(name)).await
        }
        [account, region, vpc] => {
            let account = account.parse().map_err(|error| parsed(&error))?;
            let region = region.parse().map_err(|error| parsed(&error))?;
            let vpc = vpc.parse().map_err(|error| parsed(&error))?;
            import(client, id, Target { account, region }, vpc, None).await
        }
        [account, region, vpc, name] => {
            let account = account.parse().map_err(|error| parsed(&error))?;
            let region = region.parse().map_err(|error| parsed(&error))?;
            let (vpc, name) =
                (vpc.parse().map_err(|error| parsed(&error))?, name.parse().map_err(|error| parsed(&error))?);
            import(client, id, Target { account, region }, vpc, Some(name)).await
        }
        _ => Err(wrong(format!("\"{id}\" is not one."))),
    }
}

fn wrong_id(why: &str) -> Diagnostic {
    Diagnostic::error(
        "Invalid import id",
        format!(
            "{why} Write the id of a VPC (`vpc-0a1b…`), or `ACCOUNT/REGION/vpc-0a1b…` for another account or region; with `/NAME` behind it to take in one that others made."
        ),
    )
}

/// Reads the network of the VPC that `identity` names; account and region are the provider's own when left out.
pub(super) async fn by_identity(client: &Landform, identity: VpcIdentity) -> Result<Vpc, Diagnostics> {
    let Some(Text(vpc)) = identity.id.into_known() else {
        let text = "The identity needs the id of a VPC (`vpc-0a1b…`).";
        return Err(Diagnostic::error("Invalid import identity", text).into());
    };
    let account = identity.account_id.into_known().map(|account| account.0);
    let region = identity.region.into_known().map(|region| region.0);
    import(client, vpc.as_str(), client.target(account, region).await?, vpc.clone(), None).await
}

async fn import(
    client: &Landform,
    given: &str,
    target: Target,
    vpc: VpcId,
    name: Option<ResourceName>,
) -> Result<Vpc, Diagnostics> {
    let doing = format!("Importing network {given}");
    let failed = |error| failure(&doing, &error, "Nothing was imported.");
    let network = client.network(&target).await.map_err(failed)?;
    let found = network.vpc(&vpc).await.map_err(failed)?;
    let found =
        found.ok_or_else(|| Diagnostic::error(&*doing, format!("There is no VPC {vpc} in {target}.")))?;
    let adopting = name.filter(|_| !found.tags.contains_key(STACK_TAG));
    let (owner, seen) = match &adopting {
        Some(name) => {
            let owner = Owner { stack: client.stack().clone(), kind: ResourceKind::VPC, name: name.clone() };
            let answers = adopt::read(network.as_ref(), &owner, &vpc, Extras::NONE).await.map_err(failed)?;
            if let Some(id) = adopt::foreign(&owner, &answers) {
                let text = format!(
                    "{id} in it belongs to another resource of Landform, as its tags say. Nothing was imported."
                );
                return Err(Diagnostic::error(&*doing, text).into());
            }
            let parts = adopt::classify(&target.region, &answers)
                .map_err(|why| Diagnostic::error(&*doing, format!("It cannot be taken in: {why}.")))?;
            let mut seen = adopt::sort(&owner, answers, &parts);
            look_inside(network.as_ref(), &vpc, &mut seen).await.map_err(failed)?;
            (owner, seen)
        }
        None => {
            let owner = owner(client, &vpc, &found.tags)?;
            let owned = network.owned(&owner).await.map_err(failed)?;
            let seen = look(network.as_ref(), &owner, Extras::NONE.and(&owned)).await.map_err(failed)?;
            (owner, seen)
        }
    };
    let guess = guess::guess(client, target.region.clone(), found.cidr, &found.tags, &seen);
    let whole = Wish { tags: client.with_default_tags(&guess.wish.tags), ..guess.wish.clone() };
    let desired = Desired::new(owner.clone(), whole)
        .map_err(|error| Diagnostic::error(&*doing, format!("{error}.")))?;
    let mut conflicts = conflicts(&desired, &seen);
    let inside = |cidr| {
        found.cidr.contains(cidr) || found.secondary_blocks.iter().any(|block| block.cidr.contains(cidr))
    };
    for ((tier, slot), subnet) in seen.subnets.iter().filter(|(_, subnet)| !inside(&subnet.cidr)) {
        conflicts
            .push(format!("subnet {tier}/{slot} ({}) is {}, outside {}", subnet.id, subnet.cidr, found.cidr));
    }
    if !conflicts.is_empty() {
        return Err(Diagnostic::error(
            &*doing,
            format!("It is laid out as no configuration can say: {}.", conflicts.join("; ")),
        )
        .into());
    }
    let drift: Vec<String> = decide(&desired, &seen).iter().map(Step::to_string).collect();
    let now = match drift.is_empty() {
        _ if adopting.is_some() => status::ADOPTED,
        true => status::READY,
        false => status::DRIFTED,
    };
    Ok(state::observed(&model(&target, &owner, guess, client), &desired, &seen, now, drift))
}

/// The owner that the tags of the VPC name. Only a network of this stack is ours to take in.
fn owner(client: &Landform, vpc: &VpcId, tags: &Tags) -> Result<Owner, Diagnostics> {
    let foreign = |why: &str| {
        Diagnostics::from(Diagnostic::error(
            format!("{vpc} is not a network of this stack"),
            format!(
                "{why} Only networks that Landform made in stack \"{}\" can be imported by the id alone. To take in one that others made, write the name that it shall have behind the id: `{vpc}/NAME`.",
                client.stack()
            ),
        ))
    };
    let stack = tags.get(STACK_TAG).ok_or_else(|| foreign(&format!("It has no tag `{STACK_TAG}`.")))?;
    if *stack != client.stack().to_string() {
        return Err(foreign(&format!("Its tag `{STACK_TAG}` says \"{stack}\".")));
    }
    let resource = tags.get(RESOURCE_TAG).and_then(|resource| resource.strip_prefix("vpc/"));
    let name: Option<ResourceName> = resource.and_then(|name| name.parse().ok());
    let name = name.ok_or_else(|| foreign(&format!("Its tag `{RESOURCE_TAG}` names no network.")))?;
    Ok(Owner { stack: client.stack().clone(), kind: ResourceKind::VPC, name })
}

fn flow_logs(settings: FlowLogSettings) -> FlowLogs {
    let format = Some(settings.format).filter(|format| format != DEFAULT_FLOW_LOG_FORMAT);
    FlowLogs {
        enabled: Value::Known(true),
        destination_arn: Value::Known(Text(settings.destination)),
        role_arn: settings.role.map(Text).into(),
        traffic: Value::Known(Text(settings.traffic)),
        aggregation_seconds: Value::Known(settings.aggregation_seconds.into()),
        format: format.into(),
    }
}

fn egress(wished: WishedEgress) -> Egress {
    let own = wished.own.into_iter();
    let own: BTreeMap<String, Value<Text<AllocationId>>> =
        own.map(|(slot, id)| (slot.to_string(), Value::Known(Text(id)))).collect();
    Egress {
        mode: Value::Known(Text(wished.mode)),
        transit_gateway_id: wished.transit_gateway.map(Text).into(),
        eip_allocation_ids: (!own.is_empty()).then_some(own).into(),
        retain_eips_on_destroy: Value::Known(wished.retain),
    }
}

fn any_tiers(tiers: Option<BTreeSet<Tier>>) -> Value<BTreeSet<Text<AnyTier>>> {
    tiers.map(|tiers| tiers.into_iter().map(|tier| Text(AnyTier(tier))).collect()).into()
}

fn own_tier(tier: &OwnTier) -> CustomTier {
    let area = tier.area.map(|area| i64::from(area.number()));
    CustomTier { area: area.into(), way_out: Value::Known(Text(tier.way_out)) }
}

fn model(target: &Target, owner: &Owner, guess: Guess, client: &Landform) -> Vpc {
    let wish = guess.wish;
    let tags = (!wish.tags.is_empty()).then(|| wish.tags.clone());
    let tier_tags: BTreeMap<String, Tags> =
        guess.tier_tags.into_iter().map(|(tier, tags)| (tier.to_string(), tags)).collect();
    let endpoint = |endpoint: WishedEndpoint| GatewayEndpoint {
        policy: endpoint.policy.map(Text).into(),
        tiers: any_tiers(endpoint.tiers),
    };
    let interface = |endpoint: WishedInterface| InterfaceEndpoint {
        policy: endpoint.policy.map(Text).into(),
        private_dns: Value::Known(endpoint.private_dns),
        tier: endpoint.tier.map(|tier| Text(AnyTier(tier))).into(),
        security_group_ids: endpoint.groups.map(|groups| groups.into_iter().map(Text).collect()).into(),
    };
    let interface_endpoints = wish.interface_endpoints.into_iter();
    let interface_endpoints =
        interface_endpoints.map(|(service, it)| (service.to_string(), interface(it))).collect();
    let gateway_endpoints = wish.gateway_endpoints.into_iter();
    let route = |route: WishedRoute| Route {
        to: Value::Known(Text(route.to)),
        via: Value::Known(Text(route.via)),
        tiers: any_tiers(route.tiers),
    };
    let routes: Vec<Route> = wish.routes.into_iter().map(route).collect();
    Vpc {
        account_id: Value::Known(Text(target.account.clone())),
        region: Value::Known(Text(target.region.clone())),
        name: Value::Known(Text(owner.name.clone())),
        cidr: Value::Known(Text(wish.cidr)),
        ipam_pool_id: Value::Null,
        ipv6: wish.ipv6.map(super::ipv6::written).into(),
        secondary_cidrs: (!wish.secondary_cidrs.is_empty())
            .then(|| wish.secondary_cidrs.iter().copied().map(Text).collect())
            .into(),
        pods_cidr: wish.pods.map(Text).into(),
        reserved_cidrs: Value::Null,
        profile: Value::Known(Text(wish.profile)),
        azs: Value::Known(
            wish.zones.iter().map(|(slot, zone)| (slot.to_string(), Text(zone.clone()))).collect(),
        ),
        tiers: Value::Known(
            wish.tiers.iter().filter(|tier| Tier::ALL.contains(tier)).map(|tier| Text(*tier)).collect(),
        ),
        custom_tiers: (!wish.own_tiers.is_empty())
            .then(|| wish.own_tiers.iter().map(|(name, it)| (name.to_string(), own_tier(it))).collect())
            .into(),
        egress: Value::Known(egress(wish.egress)),
        subnet_overrides: overrides::written(wish.overrides),
        routes: (!routes.is_empty()).then_some(routes).into(),
        gateway_endpoints: Value::Known(
            gateway_endpoints.map(|(service, it)| (service.to_string(), endpoint(it))).collect(),
        ),
        interface_endpoints: Value::Known(interface_endpoints),
        dhcp_options: wish.dhcp_options.map(super::dhcp_options::written).into(),
        flow_logs: wish.flow_log.map(flow_logs).into(),
        network_acl: Value::Known(Text(wish.network_acl)),
        block_public_access_exclusion: wish.exclusion.map(Text).into(),
        encryption_control: wish.encryption.as_ref().map(super::controls::attribute).into(),
        map_public_ip_on_launch: Value::Known(wish.map_public_ip_on_launch),
        dns_support: Value::Known(wish.dns_support),
        dns_hostnames: Value::Known(wish.dns_hostnames),
        tags: tags.into(),
        tier_tags: (!tier_tags.is_empty()).then_some(tier_tags).into(),
        kubernetes: guess.kubernetes.into(),
        deletion_protection: Value::Known(true),
        sweep_on_destroy: Value::Known(false),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        id: Value::Null,
        arn: Value::Null,
        stack: Value::Known(Text(client.stack().clone())),
        subnets: Value::Null,
        subnet_ids: Value::Null,
        route_table_ids: Value::Null,
        route_table_routes: Value::Null,
        internet_gateway_id: Value::Null,
        ipv6_cidr: Value::Null,
        egress_only_internet_gateway_id: Value::Null,
        nat_gateways: Value::Null,
        nat_public_ips: Value::Null,
        gateway_endpoint_ids: Value::Null,
        interface_endpoint_ids: Value::Null,
        endpoints_security_group_id: Value::Null,
        dhcp_options_id: Value::Null,
        flow_log_id: Value::Null,
        network_acl_id: Value::Null,
        default_security_group_id: Value::Null,
        status: Value::Null,
        drift: Value::Null,
    }
}
