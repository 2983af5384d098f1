//! The steps that IPv6 needs.

use super::super::child::Table;
use super::super::egress::Nat;
use landform_model::Ipv6Cidr;
use landform_model::network::{Slot, Tier};
use std::fmt;

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ipv6Step {
    /// Gives the VPC its block, and waits until subnets can have a part of it.
    AssociateBlock,
    /// Gives a subnet that is there its block. New ones are made with theirs.
    AssociateSubnet(Tier, Slot),
    SetAddressOnLaunch(Tier, Slot, bool),
    SetDns64(Tier, Slot, bool),
    CreateEgressOnlyGateway,
    /// True when a route to this destination exists and must be replaced.
    SetRoute(Table, Ipv6Cidr, Ipv6Exit, bool),
    RemoveRoute(Table, Ipv6Cidr),
}

/// The way out of a route table over IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ipv6Exit {
    /// The internet gateway.
    Internet,
    /// The egress-only internet gateway.
    EgressOnly,
    /// A NAT gateway, which makes IPv4 packets of those to `64:ff9b::/96`.
    Nat(Nat),
}

impl fmt::Display for Ipv6Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = |enabled: &bool| if *enabled { "on" } else { "off" };
        match self {
            Self::AssociateBlock => f.write_str("add an IPv6 block to the VPC"),
            Self::AssociateSubnet(tier, slot) => write!(f, "give subnet {tier}/{slot} its IPv6 block"),
            Self::SetAddressOnLaunch(tier, slot, enabled) => {
                let change = if *enabled { "give" } else { "stop giving" };
                write!(f, "{change} IPv6 addresses in subnet {tier}/{slot}")
            }
            Self::SetDns64(tier, slot, enabled) => {
                write!(f, "switch DNS64 of subnet {tier}/{slot} {}", on(enabled))
            }
            Self::CreateEgressOnlyGateway => f.write_str("create egress-only internet gateway"),
            Self::SetRoute(table, to, exit, _) => write!(f, "route {to} of table {table} to {exit}"),
            Self::RemoveRoute(table, to) => write!(f, "remove route {to} of table {table}"),
        }
    }
}

impl fmt::Display for Ipv6Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet => f.write_str("the internet gateway"),
            Self::EgressOnly => f.write_str("the egress-only internet gateway"),
            Self::Nat(nat) => nat.fmt(f),
        }
    }
}
