//! Decides about NAT gateways and their addresses.

use super::super::child::Child;
use super::super::decide::wanted;
use super::super::desired::{Desired, Exit};
use super::super::seen::Seen;
use super::super::steps::{Removal, Step};
use super::{Nat, Outlet, allocation, fits};
use landform_cloud::id::AllocationId;
use landform_cloud::network::{NatGateway, NatGatewayState, RouteTarget, ZoneAddress, ZoneAddressState};

/// Addresses, gateways, and the zones of a regional one.
///
/// AWS fixes the address of a zonal gateway at its creation. So another address makes another gateway: the new one is made,
/// the routes are moved, and the old one goes.
pub(in super::super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (outlet, it) in &desired.outlets {
        if it.own.is_none() && !seen.addresses.contains_key(outlet) {
            steps.push(Step::AllocateAddress(*outlet));
        }
    }
    for nat in &desired.nat_gateways {
        let Some(gateway) = seen.nat_gateways.get(nat) else {
            steps.push(Step::CreateNatGateway(*nat));
            continue;
        };
        match gateway.state {
            NatGatewayState::Failed | NatGatewayState::Deleting | NatGatewayState::Deleted => {
                steps.push(Step::Remove(Removal::NatGateway(gateway.id.clone(), true)));
                steps.push(Step::CreateNatGateway(*nat));
            }
            NatGatewayState::Available | NatGatewayState::Pending if !fits(desired, seen, *nat, gateway) => {
                steps.push(Step::CreateNatGateway(*nat));
                steps.push(removal(desired, gateway));
            }
            state => {
                if state == NatGatewayState::Pending {
                    steps.push(Step::AwaitNatGateway(*nat));
                }
                if *nat == Nat::Regional {
                    zones(desired, seen, gateway, steps);
                }
            }
        }
    }
}

/// The zones of a regional gateway: adds the addresses that it lacks and takes those away that it must not have.
fn zones(desired: &Desired, seen: &Seen, gateway: &NatGateway, steps: &mut Vec<Step>) {
    let outlets = || desired.outlets.iter();
    let is = |outlet: &Outlet, zone: &_, address: &ZoneAddress| {
        address.zone == *zone && allocation(desired, seen, *outlet) == Some(&address.allocation)
    };
    for (outlet, it) in outlets() {
        let works = |address: &&ZoneAddress| {
            is(outlet, &it.zone, address) && address.state == ZoneAddressState::Associated
        };
        // A gateway that is still being made gets the zones that it was made with.
        let comes = |address: &&ZoneAddress| {
            is(outlet, &it.zone, address)
                && gateway.state == NatGatewayState::Pending
                && address.state == ZoneAddressState::Associating
        };
        if !gateway.zone_addresses.iter().any(|address| works(&address) || comes(&address)) {
            steps.push(Step::AssociateAddress(outlet.slot()));
        }
    }
    for address in &gateway.zone_addresses {
        let keeps = outlets().any(|(outlet, it)| is(outlet, &it.zone, address))
            && matches!(address.state, ZoneAddressState::Associated | ZoneAddressState::Associating);
        if let (false, Some(association)) = (keeps, &address.association) {
            let early = needed(desired, &address.allocation)
                || outlets().any(|(outlet, it)| is(outlet, &it.zone, address));
            let removal = Removal::ZoneAddress(gateway.id.clone(), association.clone(), early);
            steps.push(Step::Remove(removal));
        }
    }
}

/// Removes gateways and addresses that are no longer wanted.
pub(in super::super) fn surplus(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let unwanted = seen.nat_gateways.iter().filter(|(nat, _)| !desired.nat_gateways.contains(nat));
    for gateway in unwanted.map(|(_, gateway)| gateway).chain(&seen.spare_nat_gateways) {
        steps.push(removal(desired, gateway));
    }
    for (_, address) in seen.addresses.iter().filter(|(outlet, _)| !wanted(desired, Child::Address(**outlet)))
    {
        let keep = desired.retain_addresses || needed(desired, &address.id);
        steps.push(Step::Remove(match keep {
            true => Removal::Disown(address.id.clone()),
            false => Removal::Address(address.id.clone()),
        }));
    }
}

/// A gateway goes when no route needs it any longer, or first, when another one needs its address.
fn removal(desired: &Desired, gateway: &NatGateway) -> Step {
    let mut addresses =
        gateway.allocation.iter().chain(gateway.zone_addresses.iter().map(|it| &it.allocation));
    let early = addresses.any(|allocation| needed(desired, allocation));
    Step::Remove(Removal::NatGateway(gateway.id.clone(), early))
}

/// Whether the user names this address as one of theirs.
fn needed(desired: &Desired, allocation: &AllocationId) -> bool {
    desired.outlets.values().any(|it| it.own.as_ref() == Some(allocation))
}

/// The id behind an exit; none while it is still to be made, or is there but does not work.
pub(in super::super) fn target(exit: Exit, desired: &Desired, seen: &Seen) -> Option<RouteTarget> {
    match exit {
        Exit::Internet => {
            seen.internet_gateway.as_ref().map(|gateway| RouteTarget::InternetGateway(gateway.id.clone()))
        }
        Exit::Nat(nat) => {
            let gateway = seen.nat_gateways.get(&nat)?;
            let works = gateway.state == NatGatewayState::Available && fits(desired, seen, nat, gateway);
            works.then(|| RouteTarget::NatGateway(gateway.id.clone()))
        }
    }
}
