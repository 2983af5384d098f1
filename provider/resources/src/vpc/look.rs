//! Looks at what exists of a network: few reads, all at once.

use super::child::Child;
use super::desired::Desired;
use super::egress::{Nat, Outlet};
use super::extras::Extras;
use super::model::Vpc;
use super::seen::{Answers, Seen};
use landform_cloud::id::{InternetGatewayId, VpcId};
use landform_cloud::network::{Address, InternetGateway, NatGatewayState, RouteTarget};
use landform_cloud::{CloudError, ErrorKind, Network, Result};
use landform_model::network::Tier;
use landform_model::ownership::Owner;
use std::collections::BTreeMap;
use tokio::try_join;

/// Looks for a network that exists already: after a create that was killed, or with a lost state. One read when there is none.
pub(super) async fn find(network: &dyn Network, desired: &Desired) -> Result<Seen> {
    let owned = network.owned(&desired.owner).await?;
    if owned.is_empty() {
        return Ok(Seen::default());
    }
    Ok(look(network, &desired.owner, Extras::of(desired).and(&owned)).await?.prefer(desired))
}

/// Looks at the network that state knows. None when its VPC is gone.
///
/// A VPC that exists but lost our tags is an error: taking it for gone would make a second network.
pub(super) async fn recorded(network: &dyn Network, desired: &Desired, state: &Vpc) -> Result<Option<Seen>> {
    let Some(id) = state.id.known().and_then(|id| id.parse().ok()) else {
        let seen = look(network, &desired.owner, Extras::of(desired)).await?.prefer(desired);
        return Ok(Some(seen).filter(|seen| *seen != Seen::default()));
    };
    let seen = look_again(network, desired, &id).await?;
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
                    .tags(&Child::Vpc.key())
                    .iter()
                    .map(|(key, value)| format!("{key} = {value}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            Err(CloudError::new(ErrorKind::Invalid, "DescribeVpcs", text))
        }
    }
}

/// Looks at a network of which nothing is known but its owner: ten reads in two rounds, and one for each extra.
pub(crate) async fn look(network: &dyn Network, owner: &Owner, extras: Extras) -> Result<Seen> {
    let tags = owner.selector();
    let (vpcs, subnets, internet_gateways, addresses, nat_gateways, route_tables, optional) = try_join!(
        network.vpcs(&tags),
        network.subnets(&tags),
        network.internet_gateways(&tags),
        network.addresses(&tags),
        network.nat_gateways(&tags),
        network.route_tables(&tags),
        extras.read(network, &tags),
    )?;
    let answers =
        Answers { vpcs, subnets, internet_gateways, addresses, nat_gateways, route_tables, ..optional };
    let mut seen = Seen::sort(owner, answers);
    if let Some(vpc) = seen.vpc.as_ref().map(|vpc| vpc.id.clone()) {
        look_inside(network, &vpc, &mut seen).await?;
    }
    Ok(seen)
}

/// Looks at a network whose VPC is known: eight reads in one round when it is healthy, and one for each extra.
///
/// An internet gateway that a working route leads to is attached, and the address of a working NAT gateway is allocated: they
/// are described only when that cannot be told. Their tags are not compared then.
pub(crate) async fn look_again(network: &dyn Network, desired: &Desired, vpc: &VpcId) -> Result<Seen> {
    let tags = desired.owner.selector();
    let inside = async {
        let mut seen = Seen::default();
        look_inside(network, vpc, &mut seen).await.map(|()| seen)
    };
    let extras = Extras::of(desired);
    let (vpcs, subnets, nat_gateways, route_tables, optional, inside) = try_join!(
        network.vpcs(&tags),
        network.subnets(&tags),
        network.nat_gateways(&tags),
        network.route_tables(&tags),
        extras.read(network, &tags),
        async {
            match inside.await {
                // The VPC is gone: what is missing shows in the other answers.
                Err(error) if error.is_not_found() => Ok(Seen::default()),
                other => other,
            }
        },
    )?;
    let answers = Answers { vpcs, subnets, nat_gateways, route_tables, ..optional };
    let mut seen = Seen::sort(&desired.owner, answers);
    seen.dns = inside.dns;
    seen.default_security_group = inside.default_security_group;
    seen.default_network_acl = inside.default_network_acl;
    infer_internet_gateway(network, desired, vpc, &mut seen).await?;
    infer_addresses(network, desired, &mut seen).await?;
    Ok(seen.prefer(desired))
}

async fn look_inside(network: &dyn Network, vpc: &VpcId, seen: &mut Seen) -> Result<()> {
    let (dns, group, acl) = try_join!(
        network.dns_attributes(vpc),
        network.default_security_group(vpc),
        network.default_network_acl(vpc)
    )?;
    seen.dns = Some(dns);
    seen.default_security_group = Some(group);
    seen.default_network_acl = Some(acl);
    Ok(())
}

async fn infer_internet_gateway(
    network: &dyn Network,
    desired: &Desired,
    vpc: &VpcId,
    seen: &mut Seen,
) -> Result<()> {
    let child = Child::InternetGateway;
    let recorded = desired.recorded.get(&child).and_then(|id| id.parse::<InternetGatewayId>().ok());
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

async fn infer_addresses(network: &dyn Network, desired: &Desired, seen: &mut Seen) -> Result<()> {
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
    match all {
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
