//! The objects of one account and region.

use super::tokens::Tokens;
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
    /// Subnets.
    pub subnets: Vec<Subnet>,
    /// Internet gateways.
    pub internet_gateways: Vec<InternetGateway>,
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

impl World {
    /// All objects as `kind id child-key`, for comparing what is with what should be.
    pub fn inventory(&self) -> Vec<String> {
        let mut all = Vec::new();
        let mut add = |kind: &str, id: &str, tags: &landform_cloud::Tags| {
            let child = tags.get(landform_model::ownership::CHILD_TAG).map_or("-", String::as_str);
            all.push(format!("{kind} {id} {child}"));
        };
        self.vpcs.iter().for_each(|it| add("vpc", it.id.as_str(), &it.tags));
        self.subnets.iter().for_each(|it| add("subnet", it.id.as_str(), &it.tags));
        self.internet_gateways.iter().for_each(|it| add("internet-gateway", it.id.as_str(), &it.tags));
        self.addresses.iter().for_each(|it| add("elastic-ip", it.id.as_str(), &it.tags));
        let living = |it: &&NatGateway| it.state != NatGatewayState::Deleted;
        self.nat_gateways.iter().filter(living).for_each(|it| add("natgateway", it.id.as_str(), &it.tags));
        self.route_tables.iter().for_each(|it| add("route-table", it.id.as_str(), &it.tags));
        self.vpc_endpoints.iter().for_each(|it| add("vpc-endpoint", it.id.as_str(), &it.tags));
        self.dhcp_options.iter().for_each(|it| add("dhcp-options", it.id.as_str(), &it.tags));
        let groups = self.own_security_groups.values();
        groups.for_each(|it| add("security-group", it.id.as_str(), &it.tags));
        self.flow_logs.iter().for_each(|it| add("vpc-flow-log", it.id.as_str(), &it.tags));
        all.sort();
        all
    }

    /// The tags of any object.
    pub(super) fn tags_mut(&mut self, id: &str) -> Option<&mut landform_cloud::Tags> {
        let vpcs = self.vpcs.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let subnets = self.subnets.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let gateways = self.internet_gateways.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let addresses = self.addresses.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let nat_gateways = self.nat_gateways.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let tables = self.route_tables.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let endpoints = self.vpc_endpoints.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let all = vpcs.chain(subnets).chain(gateways).chain(addresses).chain(nat_gateways).chain(tables);
        let flow_logs = self.flow_logs.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let options = self.dhcp_options.iter_mut().map(|it| (it.id.to_string(), &mut it.tags));
        let groups = self.own_security_groups.values_mut().map(|it| (it.id.to_string(), &mut it.tags));
        all.chain(endpoints)
            .chain(flow_logs)
            .chain(groups)
            .chain(options)
            .find(|(other, _)| other == id)
            .map(|(_, tags)| tags)
    }
}
