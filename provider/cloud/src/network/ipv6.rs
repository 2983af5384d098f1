//! IPv6, as the network port speaks of it.

use crate::Tags;
use crate::id::{CidrAssociationId, EgressOnlyInternetGatewayId, SubnetCidrAssociationId, VpcId};
use landform_model::Ipv6Cidr;

/// The IPv6 block of a VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ipv6Block {
    /// Its association with the VPC.
    pub id: CidrAssociationId,
    /// The block; none while AWS is still adding it: no subnet can lie in it yet, and which one it is may not be told.
    pub cidr: Option<Ipv6Cidr>,
}

/// The IPv6 block of a subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetIpv6Block {
    /// Its association with the subnet.
    pub id: SubnetCidrAssociationId,
    /// The block.
    pub cidr: Ipv6Cidr,
}

/// A gateway by which packets leave over IPv6 and only answers come back.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EgressOnlyInternetGateway {
    /// Its id.
    pub id: EgressOnlyInternetGatewayId,
    /// The VPC it is attached to, from its creation to its end.
    pub vpc: Option<VpcId>,
    /// Its tags.
    pub tags: Tags,
}
