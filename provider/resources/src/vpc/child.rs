//! The parts of a network: what each carries as its `landform:child` tag.

use super::egress::{Nat, Outlet};
use landform_model::network::{AnyTier, GatewayService, InterfaceService, Slot, Tier, WayOut};
use landform_model::ownership::ChildKey;
use std::fmt;

/// A part of a network that carries its own tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Child {
    /// The VPC itself.
    Vpc,
    /// The internet gateway.
    InternetGateway,
    /// The egress-only internet gateway.
    EgressOnlyGateway,
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
    /// An interface endpoint.
    InterfaceEndpoint(InterfaceService),
    /// The security group of interface endpoints.
    EndpointsGroup,
    /// The set of DHCP options.
    DhcpOptions,
    /// The flow log.
    FlowLog,
    /// The network ACL of tiers for data.
    NetworkAcl,
    /// The exclusion from block public access.
    Exclusion,
    /// The encryption control.
    EncryptionControl,
}

/// The route tables of a network.
///
/// Tiers that leave by the egress mode have a table per slot whatever the mode is, so that changing the mode changes routes and
/// never an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    /// For all subnets of a tier.
    Tier(Tier),
    /// For the subnet of a tier in one slot.
    Zone(Tier, Slot),
}

impl Table {
    /// The table that serves the subnet of `tier` in `slot`.
    pub(crate) fn of(tier: Tier, slot: Slot) -> Self {
        match tier.way_out() {
            Some(WayOut::Internet | WayOut::None) => Self::Tier(tier),
            Some(WayOut::Egress) | None => Self::Zone(tier, slot),
        }
    }
}

impl Child {
    /// The value of the `landform:child` tag.
    pub(crate) fn key(self) -> ChildKey {
        match self {
            Self::Vpc => ChildKey::new("vpc"),
            Self::InternetGateway => ChildKey::new("internet_gateway"),
            Self::EgressOnlyGateway => ChildKey::new("egress_only_internet_gateway"),
            Self::Subnet(tier, slot) => ChildKey::per_tier_and_slot("subnet", tier, slot),
            Self::Address(Outlet::Zonal(slot)) => ChildKey::per_slot("address", slot),
            Self::Address(Outlet::Regional(slot)) => ChildKey::per_slot("regional_address", slot),
            Self::NatGateway(Nat::Zonal(slot)) => ChildKey::per_slot("nat_gateway", slot),
            Self::NatGateway(Nat::Regional) => ChildKey::new("regional_nat_gateway"),
            Self::RouteTable(Table::Tier(tier)) => ChildKey::per_tier("route_table", tier),
            Self::RouteTable(Table::Zone(tier, slot)) => {
                ChildKey::per_tier_and_slot("route_table", tier, slot)
            }
            Self::GatewayEndpoint(service) => ChildKey::per_service("gateway_endpoint", service),
            Self::InterfaceEndpoint(service) => {
                ChildKey::per_interface_service("interface_endpoint", service)
            }
            Self::EndpointsGroup => ChildKey::new("endpoints_security_group"),
            Self::DhcpOptions => ChildKey::new("dhcp_options"),
            Self::FlowLog => ChildKey::new("flow_log"),
            Self::NetworkAcl => ChildKey::new("network_acl"),
            Self::Exclusion => ChildKey::new("block_public_access_exclusion"),
            Self::EncryptionControl => ChildKey::new("encryption_control"),
        }
    }

    /// The child that a tag value names; none for a value this version does not know.
    pub(crate) fn of_key(key: &ChildKey) -> Option<Self> {
        let parts: Vec<&str> = key.as_str().split('/').collect();
        Some(match parts.as_slice() {
            ["vpc"] => Self::Vpc,
            ["internet_gateway"] => Self::InternetGateway,
            ["egress_only_internet_gateway"] => Self::EgressOnlyGateway,
            ["subnet", tier, slot] => Self::Subnet(any_tier(tier)?, slot.parse().ok()?),
            ["address", slot] => Self::Address(Outlet::Zonal(slot.parse().ok()?)),
            ["regional_address", slot] => Self::Address(Outlet::Regional(slot.parse().ok()?)),
            ["nat_gateway", slot] => Self::NatGateway(Nat::Zonal(slot.parse().ok()?)),
            ["regional_nat_gateway"] => Self::NatGateway(Nat::Regional),
            ["route_table", tier] => Self::RouteTable(Table::Tier(any_tier(tier)?)),
            ["route_table", tier, slot] => Self::RouteTable(Table::Zone(any_tier(tier)?, slot.parse().ok()?)),
            ["gateway_endpoint", service] => Self::GatewayEndpoint(service.parse().ok()?),
            ["interface_endpoint", service @ ..] => Self::InterfaceEndpoint(service.join(".").parse().ok()?),
            ["endpoints_security_group"] => Self::EndpointsGroup,
            ["dhcp_options"] => Self::DhcpOptions,
            ["flow_log"] => Self::FlowLog,
            ["network_acl"] => Self::NetworkAcl,
            ["block_public_access_exclusion"] => Self::Exclusion,
            ["encryption_control"] => Self::EncryptionControl,
            _ => return None,
        })
    }
}

fn any_tier(name: &str) -> Option<Tier> {
    name.parse().ok().map(|AnyTier(tier)| tier)
}

/// What people call it: `subnet private/a`.
impl fmt::Display for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vpc => f.write_str("VPC"),
            Self::InternetGateway => f.write_str("internet gateway"),
            Self::EgressOnlyGateway => f.write_str("egress-only internet gateway"),
            Self::Subnet(tier, slot) => write!(f, "subnet {tier}/{slot}"),
            Self::Address(outlet) => outlet.fmt(f),
            Self::NatGateway(nat) => nat.fmt(f),
            Self::RouteTable(table) => write!(f, "route table {table}"),
            Self::GatewayEndpoint(service) => write!(f, "gateway endpoint {service}"),
            Self::InterfaceEndpoint(service) => write!(f, "interface endpoint {service}"),
            Self::EndpointsGroup => f.write_str("security group of the endpoints"),
            Self::DhcpOptions => f.write_str("set of DHCP options"),
            Self::FlowLog => f.write_str("flow log"),
            Self::NetworkAcl => f.write_str("network ACL"),
            Self::Exclusion => f.write_str("exclusion from block public access"),
            Self::EncryptionControl => f.write_str("encryption control"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tier(tier) => tier.fmt(f),
            Self::Zone(tier, slot) => write!(f, "{tier}/{slot}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_child_is_found_again_by_its_tag() {
        let mut all = vec![Child::Vpc, Child::InternetGateway, Child::EgressOnlyGateway, Child::FlowLog];
        for slot in Slot::ALL {
            for outlet in [Outlet::Zonal(slot), Outlet::Regional(slot)] {
                all.extend([Child::Address(outlet), Child::NatGateway(outlet.nat())]);
            }
            let own = Tier::Custom("cache".parse().unwrap());
            for tier in Tier::ALL.into_iter().chain([Tier::Pods, own]) {
                all.extend([Child::Subnet(tier, slot), Child::RouteTable(Table::of(tier, slot))]);
            }
        }
        all.extend(GatewayService::ALL.map(Child::GatewayEndpoint));
        all.extend(["ssm", "ecr.api"].map(|name| Child::InterfaceEndpoint(name.parse().unwrap())));
        all.extend([Child::EndpointsGroup, Child::DhcpOptions]);
        all.extend([Child::NetworkAcl, Child::Exclusion, Child::EncryptionControl]);
        for child in all {
            assert_eq!(Child::of_key(&child.key()), Some(child));
        }
        assert_eq!(Child::of_key(&"subnet/attic".parse().unwrap()), None);
    }
}
