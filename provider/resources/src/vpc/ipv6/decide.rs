//! Decides about IPv6.

use super::super::child::Table;
use super::super::desired::Desired;
use super::super::desired::Exit;
use super::super::egress;
use super::super::seen::Seen;
use super::super::steps::{Removal, Step};
use super::{DesiredIpv6, Ipv6Exit, Ipv6Step, block};
use landform_cloud::network::{Direction, NetworkAclEntry, Route, RouteTarget};
use landform_model::Ipv6Cidr;
use landform_model::network::RouteDestination;

/// Gives what is missing. Where the network asks for no IPv6 and asked for none before, what others did about it stays.
pub(in super::super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let Some(wanted) = &desired.ipv6 else {
        if desired.retired_ipv6 {
            retire(desired, seen, steps);
        }
        return;
    };
    let mut push = |step| steps.push(Step::Ipv6(step));
    if block(desired, seen).is_none() {
        push(Ipv6Step::AssociateBlock);
    }
    if wanted.egress_only() && seen.egress_only_gateway.is_none() {
        push(Ipv6Step::CreateEgressOnlyGateway);
    }
    for ((tier, slot), subnet) in &wanted.subnets {
        let exists = seen.subnets.get(&(*tier, *slot));
        if exists.is_some_and(|it| it.ipv6_block.is_none()) {
            push(Ipv6Step::AssociateSubnet(*tier, *slot));
        }
        if !exists.is_some_and(|it| it.ipv6_address_on_launch) {
            push(Ipv6Step::SetAddressOnLaunch(*tier, *slot, true));
        }
        if exists.is_some_and(|it| it.dns64) != subnet.dns64 {
            push(Ipv6Step::SetDns64(*tier, *slot, subnet.dns64));
        }
    }
    for ((table, to), exit) in &wanted.routes {
        match route(seen, *table, *to) {
            None => push(Ipv6Step::SetRoute(*table, *to, *exit, false)),
            Some(route) if route.active && target(*exit, desired, seen).as_ref() == Some(&route.target) => {}
            Some(_) => push(Ipv6Step::SetRoute(*table, *to, *exit, true)),
        }
    }
    routes_away(desired, Some(wanted), seen, steps);
}

/// The egress-only internet gateway that nothing leads to any longer.
pub(in super::super) fn surplus(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let wanted = desired.ipv6.as_ref().is_some_and(DesiredIpv6::egress_only);
    if let Some(gateway) = seen.egress_only_gateway.as_ref().filter(|_| !wanted) {
        steps.push(Step::Remove(Removal::EgressOnlyGateway(gateway.id.clone())));
    }
}

/// Takes everything away that an earlier configuration asked for.
fn retire(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let kept = seen.subnets.iter().filter(|(place, _)| desired.subnets.contains_key(place));
    for ((tier, slot), subnet) in kept {
        if subnet.ipv6_address_on_launch {
            steps.push(Step::Ipv6(Ipv6Step::SetAddressOnLaunch(*tier, *slot, false)));
        }
        if subnet.dns64 {
            steps.push(Step::Ipv6(Ipv6Step::SetDns64(*tier, *slot, false)));
        }
        if let Some(block) = &subnet.ipv6_block {
            steps.push(Step::Remove(Removal::SubnetIpv6Block(block.id.clone(), subnet.id.clone())));
        }
    }
    routes_away(desired, None, seen, steps);
    if let Some(block) = seen.vpc.as_ref().and_then(|vpc| vpc.ipv6_block.as_ref()) {
        steps.push(Step::Remove(Removal::Ipv6Block(block.id.clone())));
    }
}

/// Routes of the kinds that this module makes, where none is wanted. One to something else is the user's or another's.
fn routes_away(desired: &Desired, wanted: Option<&DesiredIpv6>, seen: &Seen, steps: &mut Vec<Step>) {
    for table in desired.route_tables.keys() {
        for to in [Ipv6Cidr::ANYWHERE, Ipv6Cidr::NAT64] {
            let ours = route(seen, *table, to).is_some_and(|it| !matches!(it.target, RouteTarget::Other(_)));
            let users = desired.routes.contains_key(&(*table, to.into()));
            if ours && !users && !wanted.is_some_and(|it| it.routes.contains_key(&(*table, to))) {
                steps.push(Step::Ipv6(Ipv6Step::RemoveRoute(*table, to)));
            }
        }
    }
}

fn route(seen: &Seen, table: Table, to: Ipv6Cidr) -> Option<&Route> {
    let to = RouteDestination::Ipv6(to);
    seen.route_tables.get(&table)?.routes.iter().find(|route| route.destination == to)
}

/// The id behind an exit; none while it is still to be made, or is there but does not work.
pub(in super::super) fn target(exit: Ipv6Exit, desired: &Desired, seen: &Seen) -> Option<RouteTarget> {
    match exit {
        Ipv6Exit::Internet => egress::target(Exit::Internet, desired, seen),
        Ipv6Exit::Nat(nat) => egress::target(Exit::Nat(nat), desired, seen),
        Ipv6Exit::EgressOnly => {
            let gateway = seen.egress_only_gateway.as_ref()?;
            Some(RouteTarget::EgressOnlyInternetGateway(gateway.id.clone()))
        }
    }
}

/// The entries that AWS adds to the default network ACL with an IPv6 block of the VPC: all traffic, both ways.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>
fn original_entries() -> [NetworkAclEntry; 2] {
    [Direction::Ingress, Direction::Egress].map(|direction| NetworkAclEntry {
        direction,
        number: 101,
        allow: true,
        protocol: "-1".into(),
        cidr: "::/0".into(),
        ports: None,
    })
}

/// Those of these entries that must be there: AWS adds them with the block, so before it there are none.
pub(in super::super) fn wanted_entries(desired: &Desired, seen: &Seen) -> Vec<NetworkAclEntry> {
    block(desired, seen).map(|_| original_entries().into()).unwrap_or_default()
}

/// Whether this is one of these entries, of a block that somebody else has given to the VPC or that AWS is still adding.
pub(in super::super) fn is_original_entry(entry: &NetworkAclEntry, desired: &Desired, seen: &Seen) -> bool {
    let has_block = seen.vpc.as_ref().is_some_and(|vpc| vpc.ipv6_block.is_some());
    has_block && !desired.retired_ipv6 && original_entries().contains(entry)
}
