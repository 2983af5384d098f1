//! Looks at a network that state knows: what working routes tell is not read.

use super::super::child::Child;
use super::super::desired::Desired;
use super::super::egress::{Nat, Outlet};
use super::super::extras::Extras;
use super::super::model::Vpc;
use super::super::seen::{Answers, Seen};
use super::look_inside;
use landform_cloud::id::{InternetGatewayId, NatGatewayId, VpcId};
use landform_cloud::network::{
    Address, InternetGateway, NatGateway, NatGatewayState, OwnedObject, RouteTarget,
};
use landform_cloud::{NetworkReads, Result};
use landform_model::network::Tier;
use std::collections::BTreeMap;
use tokio::try_join;

/// Looks at a network whose VPC is known: eight reads in one round when it is healthy, and one for each extra.
///
/// A NAT gateway and an internet gateway that a working route leads to are there, and so is the address of such a NAT gateway:
/// they are described only when that cannot be told. Their tags are not compared then. One of the reads lists whatever is in the
/// stack, so that what an interrupted change left behind is noticed, though state knows nothing of it.
pub(crate) async fn look_again(
    network: &dyn NetworkReads,
    desired: &Desired,
    state: &Vpc,
    vpc: &VpcId,
) -> Result<Seen> {
    let tags = desired.owner.selector();
    let inside = async {
        let mut seen = Seen::default();
        match look_inside(network, vpc, &mut seen).await {
            // The VPC is gone: what is missing shows in the other answers.
            Err(error) if error.is_not_found() => Ok(Seen::default()),
            other => other.map(|()| seen),
        }
    };
    let extras = Extras::of(desired);
    let (listed, vpcs, subnets, route_tables, extra, inside) = try_join!(
        network.in_stack(&desired.owner.stack),
        network.vpcs(&tags),
        network.subnets(&tags),
        network.route_tables(&tags),
        extras.read(network, &tags),
        inside,
    )?;
    let strangers = Strangers::among(listed, desired);
    let more = Extras::NONE.and(&strangers.0).without(extras).read(network, &tags).await?;
    let answers = extra.and(Answers { vpcs, subnets, route_tables, ..more });
    let mut seen = Seen::sort(&desired.owner, answers);
    seen.dns = inside.dns;
    seen.default_security_group = inside.default_security_group;
    seen.default_network_acl = inside.default_network_acl;
    infer_nat_gateways(network, desired, state, &strangers, &mut seen).await?;
    infer_internet_gateway(network, desired, vpc, &strangers, &mut seen).await?;
    infer_addresses(network, desired, &strangers, &mut seen).await?;
    Ok(seen.prefer(desired))
}

/// Objects of the stack that state does not hold for this network: those of other resources, those deleted a while ago, whose
/// tags linger, and those that an interrupted change has made.
struct Strangers(Vec<OwnedObject>);

impl Strangers {
    fn among(listed: Vec<OwnedObject>, desired: &Desired) -> Self {
        let known = |object: &OwnedObject| desired.recorded.values().any(|id| *id == object.id);
        Self(listed.into_iter().filter(|object| !known(object)).collect())
    }

    fn of_kind(&self, prefix: &str) -> bool {
        self.0.iter().any(|object| object.id.starts_with(prefix))
    }
}

async fn infer_nat_gateways(
    network: &dyn NetworkReads,
    desired: &Desired,
    state: &Vpc,
    strangers: &Strangers,
    seen: &mut Seen,
) -> Result<()> {
    let told = |nat: &Nat| {
        // The addresses of a regional gateway come and go by zone: no route tells which it has.
        let Nat::Zonal(slot) = nat else { return None };
        let child = Child::NatGateway(*nat);
        let id: NatGatewayId = desired.recorded.get(&child)?.parse().ok()?;
        let target = RouteTarget::NatGateway(id.clone());
        let mut routes = seen.route_tables.values().flat_map(|table| &table.routes);
        routes.find(|route| route.active && route.target == target)?;
        let subnet = seen.subnets.get(&(Tier::Public, *slot))?;
        let recorded = state.nat_gateways.known()?.get(slot.as_str())?;
        Some(NatGateway {
            id,
            vpc: subnet.vpc.clone(),
            subnet: Some(subnet.id.clone()),
            state: NatGatewayState::Available,
            failure: None,
            allocation: Some(recorded.allocation_id.known()?.parse().ok()?),
            public_ip: Some(recorded.public_ip.known()?.parse().ok()?),
            zone_addresses: Vec::new(),
            tags: desired.tags_of(child),
        })
    };
    let recorded = desired.recorded.keys().filter_map(|child| match child {
        Child::NatGateway(nat) => Some(*nat),
        _ => None,
    });
    let wanted = desired.nat_gateways.iter().copied().chain(recorded);
    let all: Option<BTreeMap<Nat, NatGateway>> = wanted.map(|nat| Some((nat, told(&nat)?))).collect();
    match all.filter(|_| !strangers.of_kind("nat-")) {
        Some(gateways) => seen.nat_gateways = gateways,
        None => {
            let nat_gateways = network.nat_gateways(&desired.owner.selector()).await?;
            let sorted = Seen::sort(&desired.owner, Answers { nat_gateways, ..Answers::default() });
            seen.nat_gateways = sorted.nat_gateways;
            seen.spare_nat_gateways = sorted.spare_nat_gateways;
        }
    }
    Ok(())
}

async fn infer_internet_gateway(
    network: &dyn NetworkReads,
    desired: &Desired,
    vpc: &VpcId,
    strangers: &Strangers,
    seen: &mut Seen,
) -> Result<()> {
    let child = Child::InternetGateway;
    let recorded = desired.recorded.get(&child).and_then(|id| id.parse::<InternetGatewayId>().ok());
    let recorded = recorded.filter(|_| !strangers.of_kind("igw-"));
    let regional = |seen: &Seen| {
        let gateway = seen.nat_gateways.get(&Nat::Regional);
        gateway.is_some_and(|gateway| gateway.state == NatGatewayState::Available)
    };
    let routed = |id: &InternetGatewayId| {
        let target = RouteTarget::InternetGateway(id.clone());
        seen.route_tables
            .values()
            .flat_map(|table| &table.routes)
            .any(|route| route.active && route.target == target)
            // AWS detaches no internet gateway that a NAT gateway still uses.
            || (!desired.subnets.keys().any(|(tier, _)| *tier == Tier::Public) && regional(seen))
    };
    match recorded.filter(routed) {
        Some(id) if desired.internet_gateway => {
            seen.internet_gateway =
                Some(InternetGateway { id, vpc: Some(vpc.clone()), tags: desired.tags_of(child) });
        }
        _ => {
            let internet_gateways = network.internet_gateways(&desired.owner.selector()).await?;
            let sorted = Seen::sort(&desired.owner, Answers { internet_gateways, ..Answers::default() });
            seen.internet_gateway = sorted.internet_gateway;
            seen.duplicates.extend(sorted.duplicates);
        }
    }
    Ok(())
}

async fn infer_addresses(
    network: &dyn NetworkReads,
    desired: &Desired,
    strangers: &Strangers,
    seen: &mut Seen,
) -> Result<()> {
    let recorded = |outlet: &Outlet| desired.recorded.get(&Child::Address(*outlet));
    let told = |outlet: Outlet| {
        let id = recorded(&outlet)?;
        let gateway = seen.nat_gateways.get(&outlet.nat());
        let gateway = gateway.filter(|gateway| gateway.state == NatGatewayState::Available)?;
        let (allocation, public_ip) = match outlet {
            Outlet::Zonal(_) => (gateway.allocation.as_ref()?, gateway.public_ip?),
            Outlet::Regional(_) => {
                let zone = &desired.outlets.get(&outlet)?.zone;
                let address = gateway.zone_addresses.iter().find(|it| it.zone == *zone)?;
                (&address.allocation, address.public_ip?)
            }
        };
        let tags = desired.tags_of(Child::Address(outlet));
        (allocation.as_str() == id).then(|| Address {
            id: allocation.clone(),
            public_ip,
            associated: true,
            tags,
        })
    };
    let allocated = desired.outlets.iter().filter(|(_, it)| it.own.is_none()).map(|(outlet, _)| *outlet);
    let recorded = desired.recorded.keys().filter_map(|child| match child {
        Child::Address(outlet) => Some(*outlet),
        _ => None,
    });
    let all: Option<BTreeMap<Outlet, Address>> =
        allocated.chain(recorded).map(|outlet| Some((outlet, told(outlet)?))).collect();
    match all.filter(|_| !strangers.of_kind("eipalloc-")) {
        Some(addresses) => seen.addresses = addresses,
        None => {
            let addresses = network.addresses(&desired.owner.selector()).await?;
            let sorted = Seen::sort(&desired.owner, Answers { addresses, ..Answers::default() });
            seen.addresses = sorted.addresses;
            seen.duplicates.extend(sorted.duplicates);
        }
    }
    Ok(())
}
