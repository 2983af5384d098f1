//! The kinds of subnet in a VPC.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// A kind of subnet that a network can have, one subnet per slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tier {
    /// Routed to the internet gateway: load balancers and NAT gateways.
    Public,
    /// Reaches out by the egress mode, is not reached from outside: workloads.
    Private,
    /// Reaches nothing outside: databases and caches.
    Database,
    /// Reaches nothing outside: internal services that must stay apart.
    Intra,
}

impl Tier {
    /// All tiers.
    pub const ALL: [Tier; 4] = [Tier::Public, Tier::Private, Tier::Database, Tier::Intra];

    /// The name in specs and Terraform: `public`, `private`, `database` or `intra`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tier::Public => "public",
            Tier::Private => "private",
            Tier::Database => "database",
            Tier::Intra => "intra",
        }
    }
}

word_type!(Tier, "a tier", "write `public`, `private`, `database` or `intra`");

/// Space that the layout keeps for tiers of later features, so that they move no existing subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReservedTier {
    /// Interface endpoints.
    Endpoints,
    /// Network Firewall endpoints.
    Firewall,
    /// Transit gateway attachments.
    TransitGateway,
    /// Network interfaces of EKS control planes.
    EksControlPlane,
}

impl ReservedTier {
    /// All reserved tiers.
    pub const ALL: [ReservedTier; 4] = [
        ReservedTier::Endpoints,
        ReservedTier::Firewall,
        ReservedTier::TransitGateway,
        ReservedTier::EksControlPlane,
    ];

    /// The name in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            ReservedTier::Endpoints => "endpoints",
            ReservedTier::Firewall => "firewall",
            ReservedTier::TransitGateway => "tgw",
            ReservedTier::EksControlPlane => "eks_eni",
        }
    }
}
