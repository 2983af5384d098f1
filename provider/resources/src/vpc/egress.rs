//! How private subnets reach the internet: NAT gateways, and the addresses that packets leave by.

mod decide;
mod validate;
mod warnings;

pub(super) use decide::{decide, surplus, target};
pub(super) use validate::validate;
pub(super) use warnings::{kept_on_destroy, warn};

use super::desired::Desired;
use super::model::Egress;
use super::seen::Seen;
use landform_cloud::id::AllocationId;
use landform_cloud::network::NatGateway;
use landform_framework::Value;
use landform_model::AvailabilityZoneId;
use landform_model::network::{EgressMode, RouteTargetId, Slot};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A NAT gateway of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nat {
    /// In the public subnet of a slot.
    Zonal(Slot),
    /// In no subnet, for all zones.
    Regional,
}

/// The Elastic IP address that packets leave by: that of a zonal gateway, or that of a zone of the regional one.
///
/// The two are different parts, because an address serves one gateway at a time: a network that goes from one kind of gateway
/// to the other has both kinds for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outlet {
    /// Of the zonal gateway of a slot.
    Zonal(Slot),
    /// Of the regional gateway, for the zone of a slot.
    Regional(Slot),
}

impl Outlet {
    pub(crate) fn slot(self) -> Slot {
        match self {
            Self::Zonal(slot) | Self::Regional(slot) => slot,
        }
    }

    pub(crate) fn nat(self) -> Nat {
        match self {
            Self::Zonal(slot) => Nat::Zonal(slot),
            Self::Regional(_) => Nat::Regional,
        }
    }
}

/// What the user wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WishedEgress {
    pub(crate) mode: EgressMode,
    /// Where `centralized` leads.
    pub(crate) transit_gateway: Option<RouteTargetId>,
    /// The user's own addresses.
    pub(crate) own: BTreeMap<Slot, AllocationId>,
    /// Whether addresses that Landform allocated outlive their gateway.
    pub(crate) retain: bool,
}

impl WishedEgress {
    /// Where NAT gateways stand.
    pub(super) fn nat_gateways<'a>(&self, slots: impl Iterator<Item = &'a Slot>) -> BTreeSet<Nat> {
        let mut zonal = slots.map(|slot| Nat::Zonal(*slot));
        match self.mode {
            EgressMode::None | EgressMode::Centralized => BTreeSet::new(),
            EgressMode::Single => zonal.next().into_iter().collect(),
            EgressMode::Zonal => zonal.collect(),
            EgressMode::Regional => BTreeSet::from([Nat::Regional]),
        }
    }

    /// The route to the network that has the way out for all.
    pub(super) fn central_route(&self) -> Option<&RouteTargetId> {
        self.transit_gateway.as_ref().filter(|_| self.mode == EgressMode::Centralized)
    }

    /// The addresses that the gateways use.
    pub(super) fn outlets(
        &self,
        zones: &BTreeMap<Slot, AvailabilityZoneId>,
    ) -> BTreeMap<Outlet, DesiredOutlet> {
        let gateways = self.nat_gateways(zones.keys());
        let outlet = |slot: Slot| match gateways.contains(&Nat::Regional) {
            true => Outlet::Regional(slot),
            false => Outlet::Zonal(slot),
        };
        zones
            .iter()
            .map(|(slot, zone)| (outlet(*slot), zone.clone()))
            .filter(|(outlet, _)| gateways.contains(&outlet.nat()))
            .map(|(outlet, zone)| {
                (outlet, DesiredOutlet { zone, own: self.own.get(&outlet.slot()).cloned() })
            })
            .collect()
    }
}

/// An address and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredOutlet {
    pub(crate) zone: AvailabilityZoneId,
    /// The user's own address; none: Landform allocates one.
    pub(crate) own: Option<AllocationId>,
}

/// What the user wrote; none while something of it is unknown. Keys that are no slots are left out: validation names them.
pub(super) fn wished(egress: &Egress) -> Option<WishedEgress> {
    let mut own = BTreeMap::new();
    match &egress.eip_allocation_ids {
        Value::Unknown => return None,
        Value::Null => {}
        Value::Known(ids) => {
            for (slot, id) in ids {
                let Ok(slot) = slot.parse() else { continue };
                own.insert(slot, id.known()?.0.clone());
            }
        }
    }
    let retain = match &egress.retain_eips_on_destroy {
        Value::Unknown => return None,
        // State of an earlier version has no value here.
        retain => retain.known().copied().unwrap_or_default(),
    };
    let transit_gateway = match &egress.transit_gateway_id {
        Value::Unknown => return None,
        id => id.known().map(|id| id.0.clone()),
    };
    Some(WishedEgress { mode: egress.mode.known()?.0, transit_gateway, own, retain })
}

/// The same with what is unknown left out, where the kind of every part is known all the same.
pub(super) fn sketched(egress: &mut Egress) {
    match &mut egress.eip_allocation_ids {
        Value::Known(ids) => ids.retain(|_, id| id.is_known()),
        unknown => *unknown = Value::Null,
    }
    if egress.transit_gateway_id.is_unknown() {
        egress.transit_gateway_id = Value::Null;
    }
    if egress.retain_eips_on_destroy.is_unknown() {
        egress.retain_eips_on_destroy = Value::Null;
    }
}

/// Whether the address of a slot is one that is still to be told.
pub(super) fn is_unknown(egress: &Egress, slot: &str) -> bool {
    match &egress.eip_allocation_ids {
        Value::Unknown => true,
        Value::Null => false,
        Value::Known(ids) => ids.get(slot).is_some_and(Value::is_unknown),
    }
}

/// The address that an outlet must have; none while Landform's own is still to be allocated.
pub(crate) fn allocation<'a>(
    desired: &'a Desired,
    seen: &'a Seen,
    outlet: Outlet,
) -> Option<&'a AllocationId> {
    match &desired.outlets.get(&outlet)?.own {
        Some(own) => Some(own),
        None => seen.addresses.get(&outlet).map(|address| &address.id),
    }
}

/// Whether a gateway stands where it must with the address that it must have. Those of a regional one change in place.
pub(crate) fn fits(desired: &Desired, seen: &Seen, nat: Nat, gateway: &NatGateway) -> bool {
    match (nat, &gateway.allocation) {
        (Nat::Regional, _) | (_, None) => true,
        (Nat::Zonal(slot), Some(has)) => allocation(desired, seen, Outlet::Zonal(slot)) == Some(has),
    }
}

impl fmt::Display for Nat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zonal(slot) => write!(f, "NAT gateway {slot}"),
            Self::Regional => f.write_str("the regional NAT gateway"),
        }
    }
}

impl fmt::Display for Outlet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zonal(slot) => write!(f, "Elastic IP address {slot}"),
            Self::Regional(slot) => write!(f, "Elastic IP address {slot} of the regional NAT gateway"),
        }
    }
}
