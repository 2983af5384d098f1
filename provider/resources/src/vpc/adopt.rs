//! Takes a network in that others made: what has no tags of ours is known by its id until the next apply has tagged it.
//!
//! The VPC is tagged last. Until then every look reads all that is in it, and finds the parts by the ids that the import noted.

use super::child::{Child, Table};
use super::desired::Desired;
use super::egress::Nat;
use super::extras::Extras;
use super::look::look_inside;
use super::model::{self, status};
use super::seen::{Answers, Seen};
use landform_cloud::id::{SubnetId, VpcId};
use landform_cloud::network::{NatGateway, NatGatewayState, RouteTable, RouteTarget, Subnet};
use landform_cloud::{NetworkReads, Result, Tags};
use landform_model::network::{InterfaceService, RouteDestination, Slot, Tier};
use landform_model::ownership::{Owner, STACK_TAG};
use landform_model::{AvailabilityZoneId, Region};
use std::collections::{BTreeMap, BTreeSet};
use tokio::try_join;

/// What part each object is, by its id.
pub(super) type Parts = BTreeMap<String, Child>;

/// Everything in the VPC, whoever made it, and what carries our tags besides.
///
/// Elastic IP addresses of gateways that others made stay theirs, and so do network ACLs and controls of the VPC: of these, those
/// of `extras` are read by our tags.
pub(super) async fn read(
    network: &dyn NetworkReads,
    owner: &Owner,
    vpc: &VpcId,
    extras: Extras,
) -> Result<Answers> {
    let (all, ours) = (Tags::new(), owner.selector());
    let (vpcs, subnets, internet_gateways, nat_gateways, route_tables, endpoints, flow_logs, more) = try_join!(
        network.vpc(vpc),
        network.subnets(&all),
        network.internet_gateways(&all),
        network.nat_gateways(&all),
        network.route_tables(&all),
        network.vpc_endpoints(&all),
        network.flow_logs(&all),
        async {
            try_join!(
                network.addresses(&ours),
                network.security_groups(&ours),
                network.dhcp_options(&ours),
                extras.controls().read(network, &ours)
            )
        },
    )?;
    let (addresses, security_groups, dhcp_options, controls) = more;
    let mut answers = Answers {
        vpcs: vpcs.into_iter().collect(),
        subnets,
        internet_gateways,
        addresses,
        nat_gateways,
        route_tables,
        endpoints,
        flow_logs,
        security_groups,
        dhcp_options,
        ..controls
    };
    // Whose VPC has no IPv6 has no way out over it.
    if answers.vpcs.iter().any(|it| it.ipv6_block.is_some()) {
        answers.egress_only_gateways = network.egress_only_internet_gateways(&all).await?;
        answers.egress_only_gateways.retain(|it| it.vpc.as_ref() == Some(vpc));
    }
    answers.subnets.retain(|it| it.vpc == *vpc);
    answers.internet_gateways.retain(|it| it.vpc.as_ref() == Some(vpc));
    answers.nat_gateways.retain(|it| it.vpc == *vpc);
    answers.route_tables.retain(|it| it.vpc == *vpc);
    answers.endpoints.retain(|it| it.vpc == *vpc);
    answers.flow_logs.retain(|it| it.vpc == *vpc);
    Ok(answers)
}

/// Whether this is a network that others made and that no apply has tagged yet.
pub(super) fn adopted(model: &model::Vpc) -> bool {
    model.status.known().is_some_and(|now| now == status::ADOPTED)
}

/// The VPC of such a network.
pub(super) fn vpc(model: &model::Vpc) -> Option<VpcId> {
    model.id.known().filter(|_| adopted(model))?.parse().ok()
}

/// The network that state noted, each part with the tags that it really has; none when its VPC is gone.
pub(super) async fn look(network: &dyn NetworkReads, desired: &Desired, vpc: &VpcId) -> Result<Option<Seen>> {
    let answers = read(network, &desired.owner, vpc, Extras::of(desired)).await?;
    if answers.vpcs.is_empty() {
        return Ok(None);
    }
    let parts = desired.recorded.iter().map(|(child, id)| (id.clone(), *child)).collect();
    let mut seen = sort(&desired.owner, answers, &parts);
    look_inside(network, vpc, &mut seen).await?;
    Ok(Some(seen.prefer(desired)))
}

/// The first object that another resource or stack of Landform owns.
pub(super) fn foreign(owner: &Owner, answers: &Answers) -> Option<String> {
    let theirs = |tags: &Tags| tags.contains_key(STACK_TAG) && owner.child_of(tags).is_none();
    let subnet = answers.subnets.iter().find(|it| theirs(&it.tags)).map(|it| it.id.to_string());
    let gateway = answers.internet_gateways.iter().find(|it| theirs(&it.tags)).map(|it| it.id.to_string());
    let nat = answers.nat_gateways.iter().find(|it| theirs(&it.tags)).map(|it| it.id.to_string());
    let table = answers.route_tables.iter().find(|it| theirs(&it.tags)).map(|it| it.id.to_string());
    subnet.or(gateway).or(nat).or(table)
}

/// Sorts by the noted ids as if they were tags.
pub(super) fn sort(owner: &Owner, mut answers: Answers, parts: &Parts) -> Seen {
    let mut real: BTreeMap<String, Tags> = BTreeMap::new();
    let mut note = |id: String, tags: &mut Tags| {
        if let (false, Some(child)) = (tags.contains_key(STACK_TAG), parts.get(&id)) {
            real.insert(id, tags.clone());
            tags.extend(owner.tags(&child.key()));
        }
    };
    answers.vpcs.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.subnets.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.internet_gateways.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.egress_only_gateways.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.nat_gateways.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.route_tables.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.endpoints.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    answers.flow_logs.iter_mut().for_each(|it| note(it.id.to_string(), &mut it.tags));
    let mut seen = Seen::sort(owner, answers);
    let mut restore = |id: String, tags: &mut Tags| {
        if let Some(real) = real.remove(&id) {
            *tags = real;
        }
    };
    seen.vpc.iter_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.subnets.values_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.internet_gateway.iter_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.egress_only_gateway.iter_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.nat_gateways.values_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.route_tables.values_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.gateway_endpoints.values_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.interface_endpoints.values_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen.flow_logs.iter_mut().for_each(|it| restore(it.id.to_string(), &mut it.tags));
    seen
}

/// What part each object of a VPC is that others made. Fails with the reason where no configuration can say what there is.
///
/// Zones get letters in the order of their ids, that of a single NAT gateway first. A subnet's tier is told by its `Name` where
/// that says one (`database`, `intra`, `elasticache`, `redshift`), else by where its route table leads: to the internet gateway,
/// elsewhere, or nowhere.
pub(super) fn classify(region: &Region, answers: &Answers) -> std::result::Result<Parts, String> {
    let mut parts = Parts::new();
    parts.extend(answers.vpcs.iter().map(|it| (it.id.to_string(), Child::Vpc)));
    parts.extend(answers.internet_gateways.iter().map(|it| (it.id.to_string(), Child::InternetGateway)));
    parts.extend(answers.egress_only_gateways.iter().map(|it| (it.id.to_string(), Child::EgressOnlyGateway)));
    let zones: BTreeSet<&AvailabilityZoneId> = answers.subnets.iter().map(|it| &it.zone).collect();
    if zones.len() > Slot::ALL.len() {
        return Err(format!(
            "it has subnets in {} zones, and a network has {} at most",
            zones.len(),
            Slot::ALL.len()
        ));
    }
    // A private NAT gateway, which has no address of the internet, is no part of a network.
    let works = |it: &&NatGateway| it.state == NatGatewayState::Available && it.allocation.is_some();
    // A single gateway stands in the first slot.
    let gateways: BTreeSet<&SubnetId> =
        answers.nat_gateways.iter().filter(works).filter_map(|it| it.subnet.as_ref()).collect();
    let single = answers.subnets.iter().find(|it| gateways.len() == 1 && gateways.contains(&it.id));
    let mut zones: Vec<&AvailabilityZoneId> = zones.into_iter().collect();
    zones.sort_by_key(|zone| (single.map(|subnet| &subnet.zone) != Some(*zone), *zone));
    let slots: BTreeMap<&AvailabilityZoneId, Slot> = zones.into_iter().zip(Slot::ALL).collect();
    let mut places: BTreeMap<(Tier, Slot), &Subnet> = BTreeMap::new();
    for subnet in &answers.subnets {
        let Some(slot) = slots.get(&subnet.zone) else { continue };
        let tier = tier(subnet, table_of(&answers.route_tables, &subnet.id));
        if let Some(other) = places.insert((tier, *slot), subnet) {
            return Err(format!(
                "{} and {} are both {tier} subnets in {}, and a tier has one in a zone: name one of them for its tier (such as `database` or `intra`) in its `Name` tag",
                other.id, subnet.id, subnet.zone
            ));
        }
        parts.insert(subnet.id.to_string(), Child::Subnet(tier, *slot));
    }
    // A table that several parts share is the first one's; the others get tables of their own.
    for ((tier, slot), subnet) in &places {
        if let Some(table) = table_of(&answers.route_tables, &subnet.id) {
            let child = Child::RouteTable(Table::of(*tier, *slot));
            if !parts.values().any(|other| *other == child) {
                parts.entry(table.id.to_string()).or_insert(child);
            }
        }
    }
    for gateway in answers.nat_gateways.iter().filter(works) {
        let nat = match &gateway.subnet {
            None => Some(Nat::Regional),
            Some(subnet) => {
                places.iter().find(|(_, it)| it.id == *subnet).map(|((_, slot), _)| Nat::Zonal(*slot))
            }
        };
        if let Some(nat) = nat
            && !parts.values().any(|other| *other == Child::NatGateway(nat))
        {
            parts.insert(gateway.id.to_string(), Child::NatGateway(nat));
        }
    }
    let prefix = format!("com.amazonaws.{region}.");
    for endpoint in &answers.endpoints {
        let name = endpoint.service.strip_prefix(&prefix).unwrap_or(&endpoint.service);
        let interface = || name.parse::<InterfaceService>().ok().map(Child::InterfaceEndpoint);
        let child = match (endpoint.subnets.is_empty(), name.parse()) {
            (true, Ok(service)) => Some(Child::GatewayEndpoint(service)),
            _ => interface(),
        };
        if let Some(child) = child.filter(|child| !parts.values().any(|other| other == child)) {
            parts.insert(endpoint.id.to_string(), child);
        }
    }
    if let [log] = answers.flow_logs.as_slice()
        && log.settings.is_some()
    {
        parts.insert(log.id.to_string(), Child::FlowLog);
    }
    Ok(parts)
}

fn table_of<'a>(tables: &'a [RouteTable], subnet: &SubnetId) -> Option<&'a RouteTable> {
    tables.iter().find(|table| table.associations.iter().any(|association| association.subnet == *subnet))
}

fn tier(subnet: &Subnet, table: Option<&RouteTable>) -> Tier {
    let name = subnet.tags.get("Name").map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    let exit = table
        .and_then(|table| table.routes.iter().find(|route| route.destination == RouteDestination::ALL_IPV4));
    // Tiers of the module that are none of Landform's become the network's own.
    let own = ["elasticache", "redshift"].into_iter().find(|tier| name.contains(tier));
    match exit.map(|route| &route.target) {
        Some(RouteTarget::InternetGateway(_)) => Tier::Public,
        _ if own.is_some() => own.and_then(|own| own.parse().ok()).map_or(Tier::Intra, Tier::Custom),
        _ if name.contains("database") || name.contains("-db-") => Tier::Database,
        _ if name.contains("intra") => Tier::Intra,
        Some(_) => Tier::Private,
        None if name.contains("private") => Tier::Private,
        None => Tier::Intra,
    }
}
