//! The steps that bring a network from what is to what must be, and the order they need.

use super::child::{Child, Table};
use super::desired::Exit;
use super::egress::{Nat, Outlet};
use super::ipv6::{self, Ipv6Step};
use landform_cloud::Tags;
use landform_cloud::id::*;
use landform_cloud::network::{
    Direction, DnsAttribute, EncryptionSettings, NetworkAclEntry, PolicyChange, SecurityGroup,
};
use landform_model::network::{
    BlockPublicAccessExclusion, GatewayService, InterfaceService, RouteDestination, RouteTargetId, Slot, Tier,
};
use landform_model::{AvailabilityZoneId, Cidr, PolicyJson};
use std::fmt;

/// One change. Ids of parts that are still to be made are looked up when the step runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    CreateVpc(Cidr),
    /// Adds a further block to the VPC, and waits until subnets can lie in it.
    AssociateCidr(Cidr),
    SetDns(DnsAttribute, bool),
    /// Takes every rule out of the default security group; none when the VPC is new and its group not known yet.
    LockDefaultSecurityGroup(Option<SecurityGroup>),
    RemoveNetworkAclEntry(Direction, i32),
    AddNetworkAclEntry(NetworkAclEntry),
    CreateInternetGateway,
    AttachInternetGateway,
    CreateSubnet(Tier, Slot, Cidr, AvailabilityZoneId),
    SetPublicIpOnLaunch(Tier, Slot, bool),
    AllocateAddress(Outlet),
    /// Makes the NAT gateway and waits until it works.
    CreateNatGateway(Nat),
    /// Waits for a NAT gateway that an earlier run began to make.
    AwaitNatGateway(Nat),
    /// Lets the regional NAT gateway serve the zone of a slot, and waits until it does.
    AssociateAddress(Slot),
    CreateRouteTable(Table),
    /// Sends `0.0.0.0/0` to the exit; true when such a route exists and must be replaced.
    SetDefaultRoute(Table, Exit, bool),
    RemoveDefaultRoute(Table),
    /// A route of the user's own; true when one to this destination exists and must be replaced.
    SetRoute(Table, RouteDestination, RouteTargetId, bool),
    RemoveRoute(Table, RouteDestination),
    /// Puts a subnet under its table; some when it is under another one now.
    Associate(Tier, Slot, Option<RouteTableAssociationId>),
    CreateGatewayEndpoint(GatewayService),
    /// The new policy, tables to lead to it, and tables to lead to it no longer.
    ModifyGatewayEndpoint(GatewayService, Option<PolicyJson>, Vec<Table>, Vec<RouteTableId>),
    /// Makes the security group of interface endpoints.
    CreateEndpointsGroup,
    /// Gives that group exactly the rules that it must have.
    SetEndpointsGroupRules,
    /// Makes the endpoint and waits until it works.
    CreateInterfaceEndpoint(InterfaceService),
    /// Waits for an endpoint that an earlier run began to make or to change.
    AwaitInterfaceEndpoint(InterfaceService),
    ModifyInterfaceEndpoint(InterfaceService, InterfaceChange),
    CreateDhcpOptions,
    /// Gives the VPC its set of DHCP options, or none.
    AssociateDhcpOptions(bool),
    CreateFlowLog,
    CreateNetworkAcl,
    AllowInNetworkAcl(NetworkAclEntry),
    /// Lets the IPv6 block through that the VPC gets in the same run.
    AllowIpv6InNetworkAcl,
    ForgetInNetworkAcl(Direction, i32),
    /// Moves a subnet to the ACL of tiers for data, or back to the VPC's own.
    MoveToNetworkAcl(Tier, Slot, bool),
    /// Excludes the VPC from what its region blocks, and waits until that is in force.
    Exclude(BlockPublicAccessExclusion),
    /// Gives the VPC an encryption control, and waits until it is in force.
    ControlEncryption(EncryptionSettings),
    Ipv6(Ipv6Step),
    SetTags(Child, String, Tags),
    RemoveTags(Child, String, Vec<String>),
    Remove(Removal),
}

/// What to change of an interface endpoint.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct InterfaceChange {
    pub(crate) policy: Option<PolicyChange>,
    pub(crate) add_subnets: Vec<(Tier, Slot)>,
    pub(crate) remove_subnets: Vec<SubnetId>,
    pub(crate) add_groups: Vec<EndpointGroup>,
    pub(crate) remove_groups: Vec<SecurityGroupId>,
    pub(crate) private_dns: Option<bool>,
}

/// A security group of an interface endpoint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EndpointGroup {
    /// The one that Landform makes.
    Ours,
    /// One of the user's.
    Given(SecurityGroupId),
}

/// The removal of one object that the network no longer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Removal {
    Association(RouteTableAssociationId, RouteTableId, SubnetId),
    /// Whether it goes before others are made: because it failed, or because another one needs its address.
    NatGateway(NatGatewayId, bool),
    /// Takes an address from a regional NAT gateway; whether it goes before others come, because another needs it.
    ZoneAddress(NatGatewayId, AddressAssociationId, bool),
    Address(AllocationId),
    /// An address that is no longer Landform's, and stays.
    Disown(AllocationId),
    Attachment(InternetGatewayId, VpcId),
    InternetGateway(InternetGatewayId),
    Subnet(SubnetId),
    CidrBlock(CidrAssociationId, Cidr),
    SubnetIpv6Block(SubnetCidrAssociationId, SubnetId),
    EgressOnlyGateway(EgressOnlyInternetGatewayId),
    Ipv6Block(CidrAssociationId),
    RouteTable(RouteTableId),
    /// Whether it goes before others are made, because this one failed.
    Endpoint(VpcEndpointId, bool),
    SecurityGroup(SecurityGroupId),
    /// Gives a VPC that goes AWS's own set of DHCP options, so that ours can go first: what is left of a network that is killed
    /// while it goes is found by its VPC.
    OwnDhcpOptions(VpcId),
    DhcpOptions(DhcpOptionsId),
    /// Whether another one to the same place must wait until this one is gone.
    FlowLog(FlowLogId, bool),
    NetworkAcl(NetworkAclId),
    Exclusion(BlockPublicAccessExclusionId),
    EncryptionControl(EncryptionControlId),
    Vpc(VpcId),
}

/// Whether `later` must wait until `earlier` is done.
///
/// Sources: the order of creation and deletion that the VPC user guide describes for each object,
/// <https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html>.
#[expect(clippy::match_same_arms, clippy::unnested_or_patterns, reason = "the table is read row by row")]
pub(crate) fn waits_for(later: &Step, earlier: &Step) -> bool {
    use Removal as R;
    use Step::*;
    match (later, earlier) {
        (Remove(later), earlier) => {
            removal_waits_for(later, earlier) || ipv6::removal_waits_for(later, earlier)
        }
        (CreateVpc(_), _) => false,
        // Nothing is made before the VPC is: a refused VPC leaves nothing behind.
        (_, CreateVpc(_)) => true,
        (SetDns(DnsAttribute::Hostnames, true), SetDns(DnsAttribute::Support, true))
        | (SetDns(DnsAttribute::Support, false), SetDns(DnsAttribute::Hostnames, false))
        | (AttachInternetGateway, CreateInternetGateway)
        | (CreateNatGateway(_), AttachInternetGateway)
        | (SetDefaultRoute(_, Exit::Internet, _), AttachInternetGateway) => true,
        (AddNetworkAclEntry(entry), RemoveNetworkAclEntry(direction, number)) => {
            entry.direction == *direction && entry.number == *number
        }
        (CreateNatGateway(nat), CreateSubnet(Tier::Public, other, ..)) => *nat == Nat::Zonal(*other),
        (CreateNatGateway(nat), AllocateAddress(outlet)) => *nat == outlet.nat(),
        (AssociateAddress(slot), AllocateAddress(outlet)) => *outlet == Outlet::Regional(*slot),
        (AssociateAddress(_), AwaitNatGateway(nat)) => *nat == Nat::Regional,
        (
            CreateNatGateway(_) | AssociateAddress(_),
            Remove(Removal::NatGateway(_, early) | Removal::ZoneAddress(_, _, early)),
        ) => *early,
        (SetDefaultRoute(table, ..) | RemoveDefaultRoute(table), CreateRouteTable(other)) => table == other,
        (SetRoute(table, ..) | RemoveRoute(table, _), CreateRouteTable(other)) => table == other,
        (SetDefaultRoute(_, Exit::Nat(nat), _), CreateNatGateway(other) | AwaitNatGateway(other)) => {
            nat == other
        }
        (CreateSubnet(_, _, cidr, _), AssociateCidr(block)) => block.contains(cidr),
        (Associate(tier, slot, _), CreateSubnet(other_tier, other_slot, ..)) => {
            (tier, slot) == (other_tier, other_slot)
        }
        (SetPublicIpOnLaunch(tier, slot, _), CreateSubnet(other_tier, other_slot, ..)) => {
            (tier, slot) == (other_tier, other_slot)
        }
        (CreateGatewayEndpoint(_) | ModifyGatewayEndpoint(..), CreateRouteTable(_)) => true,
        (CreateFlowLog, Remove(Removal::FlowLog(_, same_place))) => *same_place,
        (CreateGatewayEndpoint(_) | CreateInterfaceEndpoint(_), Remove(Removal::Endpoint(_, early))) => {
            *early
        }
        (AllowInNetworkAcl(_) | AllowIpv6InNetworkAcl, CreateNetworkAcl) => true,
        // It takes numbers that are free then.
        (AllowIpv6InNetworkAcl, AllowInNetworkAcl(_) | Ipv6(Ipv6Step::AssociateBlock)) => true,
        (ForgetInNetworkAcl(..), AllowInNetworkAcl(_) | AllowIpv6InNetworkAcl) => true,
        // A subnet is never under an ACL that lacks what must pass.
        (MoveToNetworkAcl(..), CreateNetworkAcl | AllowInNetworkAcl(_) | AllowIpv6InNetworkAcl) => true,
        (MoveToNetworkAcl(tier, slot, _), CreateSubnet(other_tier, other_slot, ..)) => {
            (tier, slot) == (other_tier, other_slot)
        }
        // What is excluded from enforcement counts before it stands; and AWS enforces nothing while others are still there.
        (ControlEncryption(_), Remove(R::NatGateway(..) | R::InternetGateway(_))) => true,
        (SetEndpointsGroupRules, CreateEndpointsGroup) => true,
        (AssociateDhcpOptions(_), CreateDhcpOptions) => true,
        (
            CreateInterfaceEndpoint(_) | ModifyInterfaceEndpoint(..),
            CreateSubnet(..) | CreateEndpointsGroup | SetDns(_, true),
        ) => true,
        (ModifyInterfaceEndpoint(service, _), AwaitInterfaceEndpoint(other)) => service == other,
        // The service's own name leads to an endpoint only where DNS is on.
        (SetDns(_, false), ModifyInterfaceEndpoint(..) | Remove(Removal::Endpoint(..))) => true,
        // A subnet moves to a table that leads where the old one did.
        (Associate(tier, slot, Some(_)), SetDefaultRoute(table, ..) | SetRoute(table, ..)) => {
            Table::of(*tier, *slot) == *table
        }
        (Associate(_, _, Some(_)), ModifyGatewayEndpoint(..)) => true,
        // What others made is found by noted ids until its VPC is tagged: so that is tagged last, and nothing else is done before.
        (SetTags(Child::Vpc, ..), SetTags(child, ..)) => *child != Child::Vpc,
        (Associate(..) | ModifyGatewayEndpoint(..) | ModifyInterfaceEndpoint(..), SetTags(..)) => true,
        (Associate(tier, slot, _), CreateRouteTable(table)) => Table::of(*tier, *slot) == *table,
        (later, earlier) => ipv6::waits_for(later, earlier),
    }
}

#[expect(clippy::match_same_arms, reason = "the table is read row by row")]
fn removal_waits_for(later: &Removal, earlier: &Step) -> bool {
    use Removal as R;
    use Step::*;
    match (later, earlier) {
        // A set that a VPC uses cannot be deleted.
        (R::DhcpOptions(_), Remove(R::OwnDhcpOptions(_)) | AssociateDhcpOptions(_)) => true,
        (R::Vpc(_), Remove(R::Vpc(_))) => false,
        (R::Vpc(_), Remove(_)) => true,
        (_, SetTags(..)) => true,
        // A NAT gateway that works goes only when no route needs it any longer.
        (R::NatGateway(_, false), SetDefaultRoute(..) | RemoveDefaultRoute(_) | SetRoute(..)) => true,
        (R::ZoneAddress(_, _, false), AssociateAddress(_)) => true,
        (R::Address(_) | R::Disown(_), Remove(R::NatGateway(..) | R::ZoneAddress(..))) => true,
        (R::Attachment(..) | R::Subnet(_), Remove(R::NatGateway(..))) => true,
        (R::Attachment(..), Remove(R::Address(_) | R::Disown(_)) | RemoveDefaultRoute(_)) => true,
        (R::InternetGateway(_), Remove(R::Attachment(..))) => true,
        (R::CidrBlock(..), Remove(R::Subnet(_))) => true,
        (R::NetworkAcl(_), MoveToNetworkAcl(..) | Remove(R::Subnet(_))) => true,
        (R::Subnet(subnet), Remove(R::Association(_, _, other))) => subnet == other,
        (R::RouteTable(table), Remove(R::Association(_, other, _))) => table == other,
        (R::Subnet(_) | R::SecurityGroup(_), ModifyInterfaceEndpoint(..) | Remove(R::Endpoint(..))) => true,
        (R::FlowLog(_, same_place), CreateFlowLog) => !same_place,
        (R::RouteTable(_), Associate(..) | ModifyGatewayEndpoint(..) | Remove(R::Endpoint(..))) => true,
        _ => false,
    }
}

/// What the step does, for drift and progress: `create subnet private/a (10.0.0.0/19, use1-az1)`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateVpc(cidr) => write!(f, "create VPC ({cidr})"),
            Self::AssociateCidr(cidr) => write!(f, "add block {cidr} to the VPC"),
            Self::SetDns(attribute, enabled) => {
                let name = match attribute {
                    DnsAttribute::Support => "DNS support",
                    DnsAttribute::Hostnames => "DNS hostnames",
                };
                write!(f, "switch {name} {}", if *enabled { "on" } else { "off" })
            }
            Self::LockDefaultSecurityGroup(_) => {
                f.write_str("remove all rules of the default security group")
            }
            Self::RemoveNetworkAclEntry(direction, number) => {
                write!(f, "remove {} entry {number} of the default network ACL", direction_text(*direction))
            }
            Self::AddNetworkAclEntry(entry) => {
                write!(
                    f,
                    "add {} entry {} to the default network ACL",
                    direction_text(entry.direction),
                    entry.number
                )
            }
            Self::CreateInternetGateway => f.write_str("create internet gateway"),
            Self::AttachInternetGateway => f.write_str("attach internet gateway"),
            Self::CreateSubnet(tier, slot, cidr, zone) => {
                write!(f, "create subnet {tier}/{slot} ({cidr}, {zone})")
            }
            Self::SetPublicIpOnLaunch(tier, slot, enabled) => {
                let change = if *enabled { "give" } else { "stop giving" };
                write!(f, "{change} public addresses in subnet {tier}/{slot}")
            }
            Self::AllocateAddress(outlet) => write!(f, "allocate {outlet}"),
            Self::CreateNatGateway(nat) => write!(f, "create {nat}"),
            Self::AwaitNatGateway(nat) => write!(f, "wait for {nat}"),
            Self::AssociateAddress(slot) => {
                write!(f, "let the regional NAT gateway serve the zone of slot {slot}")
            }
            Self::CreateRouteTable(table) => write!(f, "create route table {table}"),
            Self::SetDefaultRoute(table, exit, _) => write!(f, "route 0.0.0.0/0 of table {table} to {exit}"),
            Self::SetRoute(table, to, via, _) => write!(f, "route {to} of table {table} to {via}"),
            Self::RemoveRoute(table, to) => write!(f, "remove route {to} of table {table}"),
            Self::RemoveDefaultRoute(table) => write!(f, "remove route 0.0.0.0/0 of table {table}"),
            Self::Associate(tier, slot, _) => {
                write!(f, "put subnet {tier}/{slot} under route table {}", Table::of(*tier, *slot))
            }
            Self::CreateGatewayEndpoint(service) => write!(f, "create gateway endpoint {service}"),
            Self::ModifyGatewayEndpoint(service, policy, add, remove) => {
                let mut changes = Vec::new();
                changes.extend(policy.iter().map(|_| "set its policy".to_owned()));
                changes.extend(add.iter().map(|table| format!("add route table {table}")));
                changes.extend(remove.iter().map(|table| format!("take route table {table} away")));
                write!(f, "change gateway endpoint {service}: {}", changes.join(", "))
            }
            Self::CreateEndpointsGroup => f.write_str("create security group of the endpoints"),
            Self::SetEndpointsGroupRules => {
                f.write_str("set the rules of the security group of the endpoints")
            }
            Self::CreateInterfaceEndpoint(service) => write!(f, "create interface endpoint {service}"),
            Self::AwaitInterfaceEndpoint(service) => write!(f, "wait for interface endpoint {service}"),
            Self::ModifyInterfaceEndpoint(service, change) => {
                write!(f, "change interface endpoint {service}: {change}")
            }
            Self::CreateDhcpOptions => f.write_str("create set of DHCP options"),
            Self::AssociateDhcpOptions(true) => f.write_str("give the VPC its set of DHCP options"),
            Self::AssociateDhcpOptions(false) => f.write_str("take the set of DHCP options from the VPC"),
            Self::CreateFlowLog => f.write_str("create flow log"),
            Self::CreateNetworkAcl => f.write_str("create network ACL"),
            Self::AllowInNetworkAcl(entry) => {
                let way = direction_text(entry.direction);
                write!(f, "allow {way} {} in the network ACL", entry.cidr)
            }
            Self::AllowIpv6InNetworkAcl => f.write_str("allow the VPC's IPv6 block in the network ACL"),
            Self::ForgetInNetworkAcl(direction, number) => {
                write!(f, "remove {} entry {number} of the network ACL", direction_text(*direction))
            }
            Self::MoveToNetworkAcl(tier, slot, true) => {
                write!(f, "put subnet {tier}/{slot} under the network ACL")
            }
            Self::MoveToNetworkAcl(tier, slot, false) => {
                write!(f, "put subnet {tier}/{slot} under the default network ACL")
            }
            Self::Exclude(mode) => write!(f, "exclude the VPC from block public access: {mode}"),
            Self::ControlEncryption(EncryptionSettings { mode, exclusions }) => {
                write!(f, "set encryption control to {mode}")?;
                for (number, exclusion) in exclusions.iter().enumerate() {
                    write!(f, "{}{exclusion}", if number == 0 { " but for " } else { ", " })?;
                }
                Ok(())
            }
            Self::Ipv6(step) => step.fmt(f),
            Self::SetTags(child, _, tags) => write!(f, "set tags of {child}: {}", list(tags.keys())),
            Self::RemoveTags(child, _, keys) => write!(f, "remove tags of {child}: {}", list(keys.iter())),
            Self::Remove(removal) => removal.fmt(f),
        }
    }
}

impl fmt::Display for Removal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Association(_, table, subnet) => write!(f, "take subnet {subnet} from route table {table}"),
            Self::NatGateway(id, _) => write!(f, "delete NAT gateway {id}"),
            Self::ZoneAddress(id, association, _) => write!(f, "take {association} from NAT gateway {id}"),
            Self::Address(id) => write!(f, "release Elastic IP address {id}"),
            Self::Disown(id) => write!(f, "keep Elastic IP address {id} without the tags of this network"),
            Self::Attachment(gateway, vpc) => write!(f, "detach internet gateway {gateway} from {vpc}"),
            Self::InternetGateway(id) => write!(f, "delete internet gateway {id}"),
            Self::Subnet(id) => write!(f, "delete subnet {id}"),
            Self::CidrBlock(_, cidr) => write!(f, "take block {cidr} from the VPC"),
            Self::SubnetIpv6Block(_, subnet) => write!(f, "take the IPv6 block of subnet {subnet} away"),
            Self::EgressOnlyGateway(id) => write!(f, "delete egress-only internet gateway {id}"),
            Self::Ipv6Block(_) => f.write_str("take the IPv6 block of the VPC away"),
            Self::Endpoint(id, _) => write!(f, "delete VPC endpoint {id}"),
            Self::SecurityGroup(id) => write!(f, "delete security group {id}"),
            Self::OwnDhcpOptions(vpc) => write!(f, "take the set of DHCP options from {vpc}"),
            Self::DhcpOptions(id) => write!(f, "delete set of DHCP options {id}"),
            Self::FlowLog(id, _) => write!(f, "delete flow log {id}"),
            Self::NetworkAcl(id) => write!(f, "delete network ACL {id}"),
            Self::Exclusion(id) => write!(f, "delete exclusion {id} from block public access"),
            Self::EncryptionControl(id) => write!(f, "delete encryption control {id}"),
            Self::RouteTable(id) => write!(f, "delete route table {id}"),
            Self::Vpc(id) => write!(f, "delete VPC {id}"),
        }
    }
}

impl fmt::Display for InterfaceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut changes = Vec::new();
        match &self.policy {
            Some(PolicyChange::Set(_)) => changes.push("set its policy".to_owned()),
            Some(PolicyChange::Reset) => changes.push("open its policy".to_owned()),
            None => {}
        }
        changes.extend(self.add_subnets.iter().map(|(tier, slot)| format!("add subnet {tier}/{slot}")));
        changes.extend(self.remove_subnets.iter().map(|id| format!("take subnet {id} away")));
        changes.extend(self.add_groups.iter().map(|group| match group {
            EndpointGroup::Ours => "add the security group of the endpoints".to_owned(),
            EndpointGroup::Given(id) => format!("add security group {id}"),
        }));
        changes.extend(self.remove_groups.iter().map(|id| format!("take security group {id} away")));
        changes.extend(
            self.private_dns.map(|on| format!("switch private DNS {}", if on { "on" } else { "off" })),
        );
        f.write_str(&changes.join(", "))
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet => f.write_str("the internet gateway"),
            Self::Nat(nat) => nat.fmt(f),
        }
    }
}

fn direction_text(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    }
}

fn list<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(String::as_str).collect::<Vec<_>>().join(", ")
}
