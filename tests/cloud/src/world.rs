//! The objects of one account and region.

use super::account_settings::RegionalSettings;
use super::account_wide::AccountWideWorld;
use super::default_vpc::DefaultVpcWorld;
use super::iam::IamWorld;
use super::state_storage::StateStorageWorld;
use super::tokens::Tokens;
use landform_cloud::Tags;
use landform_cloud::load_balancers::LoadBalancer;
use landform_cloud::network::*;
use std::collections::BTreeMap;

/// What exists. Tests may look at it and change it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    /// VPCs, each with its default security group and network ACL.
    pub vpcs: Vec<Vpc>,
    /// The DNS flags of VPCs, by VPC id.
    pub dns: BTreeMap<String, DnsAttributes>,
    /// Default security groups, by VPC id.
    pub security_groups: BTreeMap<String, SecurityGroup>,
    /// Security groups that somebody made, by VPC id and name.
    pub own_security_groups: BTreeMap<String, SecurityGroup>,
    /// Default network ACLs, by VPC id.
    pub network_acls: BTreeMap<String, NetworkAcl>,
    /// Network ACLs that somebody made.
    pub own_network_acls: Vec<NetworkAcl>,
    /// What the region blocks between VPCs and the internet; none: nothing.
    pub block_public_access: Option<BlockPublicAccess>,
    /// Exclusions of VPCs from that.
    pub exclusions: Vec<Exclusion>,
    /// Encryption controls of VPCs.
    pub encryption_controls: Vec<EncryptionControl>,
    /// Makes exclusions and encryption controls that are made or changed fail, with this reason.
    pub control_failure: Option<String>,
    /// Subnets.
    pub subnets: Vec<Subnet>,
    /// Internet gateways.
    pub internet_gateways: Vec<InternetGateway>,
    /// Egress-only internet gateways.
    pub egress_only_internet_gateways: Vec<EgressOnlyInternetGateway>,
    /// Elastic IP addresses.
    pub addresses: Vec<Address>,
    /// NAT gateways.
    pub nat_gateways: Vec<NatGateway>,
    /// Route tables but the main ones.
    pub route_tables: Vec<RouteTable>,
    /// VPC endpoints.
    pub vpc_endpoints: Vec<VpcEndpoint>,
    /// Sets of DHCP options that somebody made.
    pub dhcp_options: Vec<DhcpOptions>,
    /// Flow logs.
    pub flow_logs: Vec<FlowLog>,
    /// Network interfaces of others.
    pub interfaces: Vec<NetworkInterface>,
    /// Load balancers of others.
    pub load_balancers: Vec<LoadBalancer>,
    /// The objects of IAM, in the world of one region for all.
    pub iam: IamWorld,
    /// Buckets and keys of states.
    pub state_storage: StateStorageWorld,
    /// ARNs of balancers that are deleted and whose network interfaces are not gone yet.
    pub(super) leaving: Vec<String>,
    /// What EC2 has switched on by default.
    pub settings: RegionalSettings,
    /// The default VPC; none at first.
    pub default_vpc: Option<DefaultVpcWorld>,
    /// What the account has once for all regions; looked at in `us-east-1` only.
    pub account_wide: AccountWideWorld,
    /// How many looks a new NAT gateway stays pending.
    pub nat_gateway_pending_looks: u32,
    /// Makes the next new NAT gateway fail, with this reason.
    pub nat_gateway_failure: Option<String>,
    /// How many objects the account may have.
    pub quotas: Quotas,
    pub(super) next_object_fails: bool,
    pub(super) pending: BTreeMap<String, u32>,
    pub(super) tokens: Tokens,
}

/// How many objects of a kind the account may have in the region; as many as it likes where there is no number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quotas {
    /// VPCs: `VpcLimitExceeded`.
    pub vpcs: Option<usize>,
    /// Elastic IP addresses: `AddressLimitExceeded`.
    pub addresses: Option<usize>,
    /// NAT gateways per availability zone: `NatGatewayLimitExceeded`.
    pub nat_gateways_per_zone: Option<usize>,
}

/// Every object that carries tags, as kind in EC2's words, id and tags.
macro_rules! objects {
    ($world:expr, $iter:ident) => {{
        let World {
            vpcs,
            subnets,
            internet_gateways,
            egress_only_internet_gateways,
            addresses,
            nat_gateways,
            route_tables,
            vpc_endpoints,
            flow_logs,
            own_security_groups,
            dhcp_options,
            own_network_acls,
            exclusions,
            encryption_controls,
            ..
        } = $world;
        let mut all = Vec::new();
        all.extend(vpcs.$iter().map(|Vpc { id, tags, .. }| ("vpc", id.to_string(), tags)));
        all.extend(subnets.$iter().map(|Subnet { id, tags, .. }| ("subnet", id.to_string(), tags)));
        all.extend(
            internet_gateways
                .$iter()
                .map(|InternetGateway { id, tags, .. }| ("internet-gateway", id.to_string(), tags)),
        );
        all.extend(egress_only_internet_gateways.$iter().map(
            |EgressOnlyInternetGateway { id, tags, .. }| {
                ("egress-only-internet-gateway", id.to_string(), tags)
            },
        ));
        all.extend(addresses.$iter().map(|Address { id, tags, .. }| ("elastic-ip", id.to_string(), tags)));
        all.extend(
            nat_gateways.$iter().map(|NatGateway { id, tags, .. }| ("natgateway", id.to_string(), tags)),
        );
        all.extend(
            route_tables.$iter().map(|RouteTable { id, tags, .. }| ("route-table", id.to_string(), tags)),
        );
        all.extend(
            vpc_endpoints.$iter().map(|VpcEndpoint { id, tags, .. }| ("vpc-endpoint", id.to_string(), tags)),
        );
        all.extend(flow_logs.$iter().map(|FlowLog { id, tags, .. }| ("vpc-flow-log", id.to_string(), tags)));
        all.extend(
            dhcp_options.$iter().map(|DhcpOptions { id, tags, .. }| ("dhcp-options", id.to_string(), tags)),
        );
        all.extend(
            own_network_acls.$iter().map(|NetworkAcl { id, tags, .. }| ("network-acl", id.to_string(), tags)),
        );
        all.extend(
            exclusions.$iter().map(|Exclusion { id, tags, .. }| {
                ("vpc-block-public-access-exclusion", id.to_string(), tags)
            }),
        );
        all.extend(
            encryption_controls
                .$iter()
                .map(|EncryptionControl { id, tags, .. }| ("vpc-encryption-control", id.to_string(), tags)),
        );
        let groups = own_security_groups.$iter().map(|(_, group)| group);
        all.extend(groups.map(|SecurityGroup { id, tags, .. }| ("security-group", id.to_string(), tags)));
        all
    }};
}

impl World {
    /// Every object that carries tags, as kind in EC2's words, id and tags. A NAT gateway that is gone is still among them, as
    /// its tags linger in AWS.
    pub fn objects(&self) -> Vec<(&'static str, String, &Tags)> {
        objects!(self, iter)
    }

    /// All living objects as `kind id child-key`, for comparing what is with what should be.
    pub fn inventory(&self) -> Vec<String> {
        let gone = |id: &str| {
            let gateway = self.nat_gateways.iter().find(|it| it.id.as_str() == id);
            gateway.is_some_and(|it| it.state == NatGatewayState::Deleted)
        };
        let living = self.objects().into_iter().filter(|(_, id, _)| !gone(id));
        let mut all: Vec<String> = living
            .map(|(kind, id, tags)| {
                let child = tags.get(landform_model::ownership::CHILD_TAG).map_or("-", String::as_str);
                format!("{kind} {id} {child}")
            })
            .collect();
        all.sort();
        all
    }

    /// The tags of any object.
    pub(super) fn tags_mut(&mut self, id: &str) -> Option<&mut Tags> {
        objects!(self, iter_mut).into_iter().find(|(_, other, _)| other == id).map(|(_, _, tags)| tags)
    }
}
