//! The parts of a network: what each carries as its `landform:child` tag.

use super::egress::{Nat, Outlet};
use landform_model::network::{GatewayService, Slot, Tier};
use landform_model::ownership::ChildKey;
use std::fmt;

/// A part of a network that carries its own tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Child {
    /// The VPC itself.
    Vpc,
    /// The internet gateway.
    InternetGateway,
    /// A subnet.
    Subnet(Tier, Slot),
    /// The Elastic IP address of a NAT gateway.
    Address(Outlet),
    /// A NAT gateway.
    NatGateway(Nat),
    /// A route table.
    RouteTable(Table),
    /// A gateway endpoint.
    GatewayEndpoint(GatewayService),
    /// The flow log.
    FlowLog,
}

/// The route tables of a network.
///
/// Private subnets have a table per slot whatever the egress mode, so that changing the mode changes routes and never an
/// association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    /// For all public subnets.
    Public,
    /// For the private subnet of one slot.
    Private(Slot),
    /// For all database subnets: no way out.
    Database,
    /// For all intra subnets: no way out.
    Intra,
}

impl Table {
    /// The table that serves the subnet of `tier` in `slot`.
    pub(crate) fn of(tier: Tier, slot: Slot) -> Self {
        match tier {
            Tier::Public => Self::Public,
            Tier::Private => Self::Private(slot),
            Tier::Database => Self::Database,
            Tier::Intra => Self::Intra,
        }
    }
}

impl Child {
    /// The value of the `landform:child` tag.
    pub(crate) fn key(self) -> ChildKey {
        match self {
            Self::Vpc => ChildKey::new("vpc"),
            Self::InternetGateway => ChildKey::new("internet_gateway"),
            Self::Subnet(tier, slot) => ChildKey::per_tier_and_slot("subnet", tier, slot),
            Self::Address(Outlet::Zonal(slot)) => ChildKey::per_slot("address", slot),
            Self::Address(Outlet::Regional(slot)) => ChildKey::per_slot("regional_address", slot),
            Self::NatGateway(Nat::Zonal(slot)) => ChildKey::per_slot("nat_gateway", slot),
            Self::NatGateway(Nat::Regional) => ChildKey::new("regional_nat_gateway"),
            Self::RouteTable(Table::Private(slot)) => {
                ChildKey::per_tier_and_slot("route_table", Tier::Private, slot)
            }
            Self::RouteTable(Table::Public) => ChildKey::per_tier("route_table", Tier::Public),
            Self::RouteTable(Table::Database) => ChildKey::per_tier("route_table", Tier::Database),
            Self::RouteTable(Table::Intra) => ChildKey::per_tier("route_table", Tier::Intra),
            Self::GatewayEndpoint(service) => ChildKey::per_service("gateway_endpoint", service),
            Self::FlowLog => ChildKey::new("flow_log"),
        }
    }

    /// The child that a tag value names; none for a value this version does not know.
    pub(crate) fn of_key(key: &ChildKey) -> Option<Self> {
        let parts: Vec<&str> = key.as_str().split('/').collect();
        Some(match parts.as_slice() {
            ["vpc"] => Self::Vpc,
            ["internet_gateway"] => Self::InternetGateway,
            ["subnet", tier, slot] => Self::Subnet(tier.parse().ok()?, slot.parse().ok()?),
            ["address", slot] => Self::Address(Outlet::Zonal(slot.parse().ok()?)),
            ["regional_address", slot] => Self::Address(Outlet::Regional(slot.parse().ok()?)),
            ["nat_gateway", slot] => Self::NatGateway(Nat::Zonal(slot.parse().ok()?)),
            ["regional_nat_gateway"] => Self::NatGateway(Nat::Regional),
            ["route_table", "private", slot] => Self::RouteTable(Table::Private(slot.parse().ok()?)),
            ["route_table", "public"] => Self::RouteTable(Table::Public),
            ["route_table", "database"] => Self::RouteTable(Table::Database),
            ["route_table", "intra"] => Self::RouteTable(Table::Intra),
            ["gateway_endpoint", service] => Self::GatewayEndpoint(service.parse().ok()?),
            ["flow_log"] => Self::FlowLog,
            _ => return None,
        })
    }
}

/// What people call it: `subnet private/a`.
impl fmt::Display for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vpc => f.write_str("VPC"),
            Self::InternetGateway => f.write_str("internet gateway"),
            Self::Subnet(tier, slot) => write!(f, "subnet {tier}/{slot}"),
            Self::Address(outlet) => outlet.fmt(f),
            Self::NatGateway(nat) => nat.fmt(f),
            Self::RouteTable(table) => write!(f, "route table {table}"),
            Self::GatewayEndpoint(service) => write!(f, "gateway endpoint {service}"),
            Self::FlowLog => f.write_str("flow log"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Private(slot) => write!(f, "private/{slot}"),
            Self::Database => f.write_str("database"),
            Self::Intra => f.write_str("intra"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_child_is_found_again_by_its_tag() {
        let mut all = vec![Child::Vpc, Child::InternetGateway, Child::FlowLog];
        for slot in Slot::ALL {
            for outlet in [Outlet::Zonal(slot), Outlet::Regional(slot)] {
                all.extend([Child::Address(outlet), Child::NatGateway(outlet.nat())]);
            }
            for tier in Tier::ALL {
                all.extend([Child::Subnet(tier, slot), Child::RouteTable(Table::of(tier, slot))]);
            }
        }
        all.extend(GatewayService::ALL.map(Child::GatewayEndpoint));
        for child in all {
            assert_eq!(Child::of_key(&child.key()), Some(child));
        }
        assert_eq!(Child::of_key(&"subnet/attic/a".parse().unwrap()), None);
    }
}
