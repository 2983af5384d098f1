//! IPv6: the block of the VPC, those of its subnets, and the ways out over IPv6.

mod decide;
mod order;
mod steps;
mod validate;

pub(super) use decide::{decide, is_original_entry, surplus, wanted_entries};
pub(super) use order::{removal_waits_for, waits_for};
pub(super) use steps::{Ipv6Exit, Ipv6Step};
pub(super) use validate::validate;

use super::child::Table;
use super::desired::{Desired, Exit};
use super::model::{Ipv6, Vpc};
use super::seen::Seen;
use super::tiers::{OwnTiers, way_out};
use landform_cloud::network::Subnet;
use landform_framework::{Text, Value};
use landform_model::Ipv6Cidr;
use landform_model::network::{LayoutError, Slot, Tier, WayOut, ipv6_place, ipv6_subnet};
use std::collections::BTreeMap;

/// What the user wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WishedIpv6 {
    pub(crate) ipam_pool: Option<String>,
    pub(crate) dns64: bool,
}

/// What of a network is there for IPv6.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredIpv6 {
    pub(crate) ipam_pool: Option<String>,
    pub(crate) subnets: BTreeMap<(Tier, Slot), Ipv6Subnet>,
    pub(crate) routes: BTreeMap<(Table, Ipv6Cidr), Ipv6Exit>,
}

/// A subnet's place among the blocks of the VPC, and whether it resolves names by DNS64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ipv6Subnet {
    pub(crate) place: u64,
    pub(crate) dns64: bool,
}

impl DesiredIpv6 {
    /// Whether some tier leaves by an egress-only internet gateway.
    pub(crate) fn egress_only(&self) -> bool {
        self.routes.values().any(|exit| *exit == Ipv6Exit::EgressOnly)
    }
}

/// What the attribute says; none while something of it is unknown.
pub(super) fn wished(ipv6: &Ipv6) -> Option<WishedIpv6> {
    Some(WishedIpv6 {
        ipam_pool: match &ipv6.ipam_pool_id {
            Value::Unknown => return None,
            pool => pool.known().cloned(),
        },
        dns64: match &ipv6.dns64 {
            Value::Unknown => return None,
            dns64 => dns64.known().copied().unwrap_or_default(),
        },
    })
}

/// The same with what is unknown left out: which parts there are is known all the same.
pub(super) fn sketched(ipv6: &mut Value<Ipv6>) {
    if let Value::Known(ipv6) = ipv6 {
        if ipv6.ipam_pool_id.is_unknown() {
            ipv6.ipam_pool_id = Value::Null;
        }
        if ipv6.dns64.is_unknown() {
            ipv6.dns64 = Value::Null;
        }
    }
}

/// The attribute that says this.
pub(super) fn written(wished: WishedIpv6) -> Ipv6 {
    Ipv6 { ipam_pool_id: wished.ipam_pool.into(), dns64: Value::Known(wished.dns64) }
}

/// Places for all subnets, and a way out for each table whose tier has one: over the internet gateway as over IPv4; out only
/// where IPv4 has the way out by `egress`, which is of no use for IPv6 but by NAT64.
pub(super) fn desired(
    wished: WishedIpv6,
    subnets: impl Iterator<Item = (Tier, Slot)>,
    own: &OwnTiers,
    tables: &BTreeMap<Table, Option<Exit>>,
) -> Result<DesiredIpv6, LayoutError> {
    let mut it =
        DesiredIpv6 { ipam_pool: wished.ipam_pool, subnets: BTreeMap::new(), routes: BTreeMap::new() };
    for (tier, slot) in subnets {
        let area = match tier {
            Tier::Custom(name) => own.get(&name).and_then(|own| own.area),
            _ => None,
        };
        let table = Table::of(tier, slot);
        let nat = match tables.get(&table) {
            Some(Some(Exit::Nat(nat))) => Some(*nat),
            _ => None,
        };
        let nat64 = nat.filter(|_| wished.dns64);
        let subnet = Ipv6Subnet { place: ipv6_place(tier, area, slot)?, dns64: nat64.is_some() };
        it.subnets.insert((tier, slot), subnet);
        match way_out(tier, own) {
            WayOut::Internet => drop(it.routes.insert((table, Ipv6Cidr::ANYWHERE), Ipv6Exit::Internet)),
            WayOut::Egress => drop(it.routes.insert((table, Ipv6Cidr::ANYWHERE), Ipv6Exit::EgressOnly)),
            WayOut::None => {}
        }
        if let Some(nat) = nat64 {
            it.routes.insert((table, Ipv6Cidr::NAT64), Ipv6Exit::Nat(nat));
        }
    }
    Ok(it)
}

/// The IPv6 block of the VPC that the network uses; none where it uses none, or AWS is still adding it.
pub(super) fn block(desired: &Desired, seen: &Seen) -> Option<Ipv6Cidr> {
    desired.ipv6.as_ref()?;
    seen.vpc.as_ref()?.ipv6_block.as_ref()?.cidr
}

/// The block that a subnet shall have when it has none: one that it has stays.
pub(super) fn subnet_block(
    desired: &Desired,
    vpc: Option<Ipv6Cidr>,
    place: (Tier, Slot),
) -> Option<Ipv6Cidr> {
    let subnet = desired.ipv6.as_ref()?.subnets.get(&place)?;
    ipv6_subnet(vpc?, subnet.place)
}

/// The wish of a network that is there.
pub(super) fn guess(seen: &Seen) -> Option<WishedIpv6> {
    seen.vpc.as_ref()?.ipv6_block.as_ref()?;
    let mut with_block = seen.subnets.values().filter(|subnet| subnet.ipv6_block.is_some()).peekable();
    with_block.peek()?;
    Some(WishedIpv6 { ipam_pool: None, dns64: with_block.any(|subnet| subnet.dns64) })
}

/// The block of the VPC as planned: the one in state, as AWS never changes it.
pub(super) fn planned_block(desired: &Desired, prior: Option<&Vpc>) -> Value<Text<Ipv6Cidr>> {
    match prior.map(|prior| &prior.ipv6_cidr) {
        _ if desired.ipv6.is_none() => Value::Null,
        Some(Value::Known(block)) => Value::Known(*block),
        _ => Value::Unknown,
    }
}

/// The block of a subnet as planned: the one in state, else the one of its place.
pub(super) fn planned_subnet(
    desired: &Desired,
    prior: Option<&Vpc>,
    (tier, slot): (Tier, Slot),
) -> Value<Text<Ipv6Cidr>> {
    if desired.ipv6.is_none() {
        return Value::Null;
    }
    let slots = prior.and_then(|prior| prior.subnets.known()?.get(tier.as_str()));
    let kept = slots.and_then(|slots| slots.get(slot.as_str())?.ipv6_cidr.known());
    let vpc = planned_block(desired, prior).known().map(|it| it.0);
    match kept.copied().or_else(|| subnet_block(desired, vpc, (tier, slot)).map(Text)) {
        Some(block) => Value::Known(block),
        None => Value::Unknown,
    }
}

/// The outputs that are told before the apply.
pub(super) fn plan(desired: &Desired, prior: Option<&Vpc>, planned: &mut Vpc) {
    planned.ipv6_cidr = planned_block(desired, prior);
    let kept = prior.and_then(|prior| prior.egress_only_internet_gateway_id.known());
    planned.egress_only_internet_gateway_id =
        match desired.ipv6.as_ref().is_some_and(DesiredIpv6::egress_only) {
            true => kept.cloned().map_or(Value::Unknown, Value::Known),
            false => Value::Null,
        };
}

/// The block of a subnet as it is.
pub(super) fn existing_subnet(subnet: &Subnet) -> Value<Text<Ipv6Cidr>> {
    subnet.ipv6_block.as_ref().map(|block| Text(block.cidr)).into()
}

/// What is there of it belongs to the outputs only where the network asks for it.
pub(super) fn observe(model: &mut Vpc, seen: &Seen) {
    let wanted = !model.ipv6.is_null();
    let block = seen.vpc.as_ref().and_then(|vpc| vpc.ipv6_block.as_ref()?.cidr);
    model.ipv6_cidr = block.filter(|_| wanted).map(Text).into();
    let gateway = seen.egress_only_gateway.as_ref().map(|it| it.id.to_string());
    model.egress_only_internet_gateway_id = gateway.into();
    if let (false, Value::Known(tiers)) = (wanted, &mut model.subnets) {
        tiers.values_mut().flat_map(BTreeMap::values_mut).for_each(|it| it.ipv6_cidr = Value::Null);
    }
}
