//! What the network port answers: AWS's objects with just the fields that decisions need.

use super::{Ipv6Block, SubnetIpv6Block};
use crate::Tags;
use crate::id::*;
use landform_model::network::RouteDestination;
use landform_model::{AccountId, AvailabilityZoneId, Cidr};
use std::net::Ipv4Addr;

/// An object found by its ownership tags alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnedObject {
    /// Its id.
    pub id: String,
    /// Its kind in the words of its service, such as `subnet` or `natgateway`.
    pub kind: String,
}

/// A VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Its primary CIDR block.
    pub cidr: Cidr,
    /// Its further IPv4 blocks, but those that failed or are being taken away.
    pub secondary_blocks: Vec<CidrBlock>,
    /// Its IPv6 block: of several, the first.
    pub ipv6_block: Option<Ipv6Block>,
    /// The account that owns it.
    pub account: AccountId,
    /// Its set of DHCP options; none when it has no options at all.
    pub dhcp_options: Option<DhcpOptionsId>,
    /// False while AWS is still making it.
    pub available: bool,
    /// Its tags.
    pub tags: Tags,
}

/// A further IPv4 block of a VPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CidrBlock {
    /// Its association with the VPC.
    pub id: CidrAssociationId,
    /// The block.
    pub cidr: Cidr,
    /// False while AWS is still adding it: no subnet can lie in it yet.
    pub associated: bool,
}

/// The DNS flags of a VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DnsAttributes {
    /// Whether the Amazon DNS server answers in the VPC.
    pub support: bool,
    /// Whether instances with public addresses get public names.
    pub hostnames: bool,
}

/// One DNS flag of a VPC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DnsAttribute {
    /// `enableDnsSupport`.
    Support,
    /// `enableDnsHostnames`.
    Hostnames,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// Its CIDR block.
    pub cidr: Cidr,
    /// The zone it is in, by id (the same for every account).
    pub zone: AvailabilityZoneId,
    /// Whether what is launched into it gets a public address.
    pub public_ip_on_launch: bool,
    /// Its IPv6 block.
    pub ipv6_block: Option<SubnetIpv6Block>,
    /// Whether what is launched into it gets an IPv6 address.
    pub ipv6_address_on_launch: bool,
    /// Whether the Amazon DNS server answers with made-up IPv6 addresses for what has none, which NAT gateways take back.
    pub dns64: bool,
    /// Its tags.
    pub tags: Tags,
}

/// An internet gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternetGateway {
    /// Its id.
    pub id: InternetGatewayId,
    /// The VPC it is attached to.
    pub vpc: Option<VpcId>,
    /// Its tags.
    pub tags: Tags,
}

/// An Elastic IP address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its allocation.
    pub id: AllocationId,
    /// The address.
    pub public_ip: Ipv4Addr,
    /// Whether a network interface uses it.
    pub associated: bool,
    /// Its tags.
    pub tags: Tags,
}

/// A NAT gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NatGateway {
    /// Its id.
    pub id: NatGatewayId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// The subnet it is in; none for a regional one, which is in no subnet.
    pub subnet: Option<SubnetId>,
    /// Its state.
    pub state: NatGatewayState,
    /// Why it failed, in AWS's words.
    pub failure: Option<String>,
    /// Its Elastic IP address; of a regional one, the first.
    pub allocation: Option<AllocationId>,
    /// Its public address; of a regional one, the first.
    pub public_ip: Option<Ipv4Addr>,
    /// The addresses of a regional one, by zone; none of a zonal one.
    pub zone_addresses: Vec<ZoneAddress>,
    /// Its tags.
    pub tags: Tags,
}

/// An address by which a regional NAT gateway serves one zone.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneAddress {
    /// The zone.
    pub zone: AvailabilityZoneId,
    /// The Elastic IP address.
    pub allocation: AllocationId,
    /// The address itself; none until AWS has associated it.
    pub public_ip: Option<Ipv4Addr>,
    /// Its association with the gateway; none until AWS has made it.
    pub association: Option<AddressAssociationId>,
    /// How far AWS is.
    pub state: ZoneAddressState,
}

/// The states of an address of a NAT gateway.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGatewayAddress.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneAddressState {
    /// Being associated.
    Associating,
    /// Working.
    Associated,
    /// Being taken away.
    Disassociating,
    /// Could not be associated, for this reason.
    Failed(String),
}

/// The states of a NAT gateway.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NatGatewayState {
    /// Being made.
    Pending,
    /// Could not be made; AWS removes it by itself after about an hour.
    Failed,
    /// Working.
    Available,
    /// Being deleted.
    Deleting,
    /// Gone, though still described for about an hour.
    Deleted,
}

/// A route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// Its routes but the local ones and those of gateway endpoints.
    pub routes: Vec<Route>,
    /// The subnets under it.
    pub associations: Vec<RouteTableAssociation>,
    /// Its tags.
    pub tags: Tags,
}

/// A route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Where traffic wants to go.
    pub destination: RouteDestination,
    /// Where it is sent.
    pub target: RouteTarget,
    /// False when the target is gone (`blackhole`).
    pub active: bool,
}

/// Where a route sends traffic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteTarget {
    /// An internet gateway.
    InternetGateway(InternetGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// An egress-only internet gateway.
    EgressOnlyInternetGateway(EgressOnlyInternetGatewayId),
    /// Anything that Landform does not make itself, by AWS's id.
    Other(String),
}

impl std::fmt::Display for RouteTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InternetGateway(id) => id.fmt(f),
            Self::NatGateway(id) => id.fmt(f),
            Self::EgressOnlyInternetGateway(id) => id.fmt(f),
            Self::Other(id) => f.write_str(id),
        }
    }
}

/// A subnet under a route table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTableAssociation {
    /// The id of the association.
    pub id: RouteTableAssociationId,
    /// The subnet.
    pub subnet: SubnetId,
}

/// Into or out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Into.
    Ingress,
    /// Out of.
    Egress,
}

/// A security group and its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroup {
    /// Its id.
    pub id: SecurityGroupId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// Its tags.
    pub tags: Tags,
    /// The rules for traffic into it.
    pub ingress: Vec<SecurityGroupRule>,
    /// The rules for traffic out of it.
    pub egress: Vec<SecurityGroupRule>,
}

/// One permission of a security group, with all its peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityGroupRule {
    /// `tcp`, `udp`, `icmp`, a number, or `-1` for all.
    pub protocol: String,
    /// First port (or ICMP type).
    pub from_port: Option<i32>,
    /// Last port (or ICMP code).
    pub to_port: Option<i32>,
    /// IPv4 and IPv6 blocks.
    pub cidrs: Vec<String>,
    /// Other security groups.
    pub groups: Vec<SecurityGroupId>,
    /// Managed prefix lists.
    pub prefix_lists: Vec<String>,
}

/// A network ACL and its entries, without the closing deny-all (32767) that cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAcl {
    /// Its id.
    pub id: NetworkAclId,
    /// The VPC it is in.
    pub vpc: VpcId,
    /// Its entries.
    pub entries: Vec<NetworkAclEntry>,
    /// The subnets under it.
    pub associations: Vec<NetworkAclAssociation>,
    /// Its tags.
    pub tags: Tags,
}

/// A subnet under a network ACL. A subnet always has exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAclAssociation {
    /// The id of the association.
    pub id: NetworkAclAssociationId,
    /// The ACL.
    pub acl: NetworkAclId,
    /// The subnet.
    pub subnet: SubnetId,
}

/// An entry of a network ACL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkAclEntry {
    /// Which traffic it filters.
    pub direction: Direction,
    /// Its number: lower ones are looked at first.
    pub number: i32,
    /// Whether it lets traffic pass.
    pub allow: bool,
    /// The protocol's number, or `-1` for all.
    pub protocol: String,
    /// The IPv4 or IPv6 block.
    pub cidr: String,
    /// First and last port, for TCP and UDP.
    pub ports: Option<(i32, i32)>,
}

/// An availability zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailabilityZone {
    /// Its id: the same place for every account.
    pub id: AvailabilityZoneId,
    /// Its name, which differs from account to account.
    pub name: String,
}

/// A network interface: what keeps a subnet or a VPC from being deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkInterface {
    /// Its id.
    pub id: String,
    /// The subnet it is in.
    pub subnet: Option<SubnetId>,
    /// What AWS says it is for.
    pub description: String,
    /// Its kind, such as `interface`, `nat_gateway` or `lambda`.
    pub kind: String,
    /// Who asked for it, if a service did, such as `amazon-elb`.
    pub requester: Option<String>,
    /// The instance it is attached to.
    pub instance: Option<String>,
    /// Whether anything uses it.
    pub in_use: bool,
    /// Its tags.
    pub tags: Tags,
}
