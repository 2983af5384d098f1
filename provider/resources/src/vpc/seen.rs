//! What exists of a network, sorted by part.

use super::child::{Child, Table};
use super::desired::Desired;
use super::egress::{self, Nat, Outlet};
use super::steps::Removal;
use landform_cloud::Tags;
use landform_cloud::network::*;
use landform_model::network::{GatewayService, InterfaceService, Slot, Tier};
use landform_model::ownership::Owner;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What exists of a network. Objects of other owners are never in here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Seen {
    pub(crate) vpc: Option<Vpc>,
    pub(crate) dns: Option<DnsAttributes>,
    pub(crate) subnets: BTreeMap<(Tier, Slot), Subnet>,
    pub(crate) internet_gateway: Option<InternetGateway>,
    pub(crate) egress_only_gateway: Option<EgressOnlyInternetGateway>,
    pub(crate) addresses: BTreeMap<Outlet, Address>,
    pub(crate) nat_gateways: BTreeMap<Nat, NatGateway>,
    /// Second gateways of one part: one is there to take the place of another, because it has another address.
    pub(crate) spare_nat_gateways: Vec<NatGateway>,
    pub(crate) route_tables: BTreeMap<Table, RouteTable>,
    pub(crate) gateway_endpoints: BTreeMap<GatewayService, VpcEndpoint>,
    pub(crate) interface_endpoints: BTreeMap<InterfaceService, VpcEndpoint>,
    /// The security group of interface endpoints.
    pub(crate) endpoints_group: Option<SecurityGroup>,
    /// All that carry our tags, as flow logs.
    pub(crate) dhcp_options: Vec<DhcpOptions>,
    /// All that carry our tags: one may be there to take the place of another.
    pub(crate) flow_logs: Vec<FlowLog>,
    /// The network ACL of tiers for data.
    pub(crate) network_acl: Option<NetworkAcl>,
    pub(crate) exclusion: Option<Exclusion>,
    pub(crate) encryption_control: Option<EncryptionControl>,
    pub(crate) default_security_group: Option<SecurityGroup>,
    pub(crate) default_network_acl: Option<NetworkAcl>,
    /// Second objects of one part, left by a create whose object stayed invisible for long.
    pub(crate) duplicates: Vec<Removal>,
}

/// The raw answers of the reads.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) vpcs: Vec<Vpc>,
    pub(crate) subnets: Vec<Subnet>,
    pub(crate) internet_gateways: Vec<InternetGateway>,
    pub(crate) egress_only_gateways: Vec<EgressOnlyInternetGateway>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) nat_gateways: Vec<NatGateway>,
    pub(crate) route_tables: Vec<RouteTable>,
    pub(crate) endpoints: Vec<VpcEndpoint>,
    pub(crate) flow_logs: Vec<FlowLog>,
    pub(crate) security_groups: Vec<SecurityGroup>,
    pub(crate) dhcp_options: Vec<DhcpOptions>,
    pub(crate) network_acls: Vec<NetworkAcl>,
    pub(crate) exclusions: Vec<Exclusion>,
    pub(crate) encryption_controls: Vec<EncryptionControl>,
}

impl Answers {
    /// These answers and those.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.vpcs.extend(other.vpcs);
        self.subnets.extend(other.subnets);
        self.internet_gateways.extend(other.internet_gateways);
        self.egress_only_gateways.extend(other.egress_only_gateways);
        self.addresses.extend(other.addresses);
        self.nat_gateways.extend(other.nat_gateways);
        self.route_tables.extend(other.route_tables);
        self.endpoints.extend(other.endpoints);
        self.flow_logs.extend(other.flow_logs);
        self.security_groups.extend(other.security_groups);
        self.dhcp_options.extend(other.dhcp_options);
        self.network_acls.extend(other.network_acls);
        self.exclusions.extend(other.exclusions);
        self.encryption_controls.extend(other.encryption_controls);
        self
    }
}

impl Seen {
    /// Sorts the answers by part. Of two objects for one part the one in use is kept, else the one with the smaller id.
    pub(crate) fn sort(owner: &Owner, answers: Answers) -> Self {
        let mut seen = Self::default();
        let used = |vpc: &Vpc| answers.subnets.iter().any(|subnet| subnet.vpc == vpc.id);
        let mut vpcs: Vec<&Vpc> =
            answers.vpcs.iter().filter(|vpc| child(owner, &vpc.tags) == Some(Child::Vpc)).collect();
        vpcs.sort_by_key(|vpc| (!used(vpc), vpc.id.clone()));
        seen.vpc = vpcs.first().map(|vpc| (*vpc).clone());
        seen.duplicates.extend(vpcs.iter().skip(1).map(|vpc| Removal::Vpc(vpc.id.clone())));

        let mut gateways = answers.internet_gateways;
        gateways.sort_by_key(|gateway| (gateway.vpc.is_none(), gateway.id.clone()));
        for gateway in gateways {
            if child(owner, &gateway.tags) == Some(Child::InternetGateway) {
                match &seen.internet_gateway {
                    None => seen.internet_gateway = Some(gateway),
                    Some(_) => seen.duplicates.push(Removal::InternetGateway(gateway.id)),
                }
            }
        }
        let mut gateways = answers.egress_only_gateways;
        gateways.sort_by_key(|gateway| gateway.id.clone());
        for gateway in gateways {
            if child(owner, &gateway.tags) == Some(Child::EgressOnlyGateway) {
                match &seen.egress_only_gateway {
                    None => seen.egress_only_gateway = Some(gateway),
                    Some(_) => seen.duplicates.push(Removal::EgressOnlyGateway(gateway.id)),
                }
            }
        }
        let mut addresses = answers.addresses;
        addresses.sort_by_key(|address| (!address.associated, address.id.clone()));
        for address in addresses {
            if let Some(Child::Address(outlet)) = child(owner, &address.tags) {
                match seen.addresses.get(&outlet) {
                    None => drop(seen.addresses.insert(outlet, address)),
                    Some(_) => seen.duplicates.push(Removal::Address(address.id)),
                }
            }
        }
        let mut subnets = answers.subnets;
        subnets.sort_by_key(|subnet| subnet.id.clone());
        for subnet in subnets {
            if let Some(Child::Subnet(tier, slot)) = child(owner, &subnet.tags) {
                seen.subnets.entry((tier, slot)).or_insert(subnet);
            }
        }
        let mut nat_gateways = answers.nat_gateways;
        nat_gateways.sort_by_key(|gateway| (gateway.state != NatGatewayState::Available, gateway.id.clone()));
        for gateway in nat_gateways {
            if let Some(Child::NatGateway(nat)) = child(owner, &gateway.tags) {
                match seen.nat_gateways.get(&nat) {
                    None => drop(seen.nat_gateways.insert(nat, gateway)),
                    Some(_) => seen.spare_nat_gateways.push(gateway),
                }
            }
        }
        let mut tables = answers.route_tables;
        tables.sort_by_key(|table| (table.associations.is_empty(), table.id.clone()));
        for table in tables {
            if let Some(Child::RouteTable(key)) = child(owner, &table.tags) {
                match seen.route_tables.get(&key) {
                    None => drop(seen.route_tables.insert(key, table)),
                    Some(_) => seen.duplicates.push(Removal::RouteTable(table.id)),
                }
            }
        }
        let mut endpoints = answers.endpoints;
        endpoints.sort_by_key(|it| (it.state != VpcEndpointState::Available, it.id.clone()));
        for endpoint in endpoints {
            let spare = match child(owner, &endpoint.tags) {
                Some(Child::GatewayEndpoint(service)) => add(&mut seen.gateway_endpoints, service, endpoint),
                Some(Child::InterfaceEndpoint(service)) => {
                    add(&mut seen.interface_endpoints, service, endpoint)
                }
                _ => None,
            };
            seen.duplicates.extend(spare.map(|spare| Removal::Endpoint(spare.id, false)));
        }
        let groups = answers.security_groups.into_iter();
        seen.endpoints_group = groups
            .filter(|group| child(owner, &group.tags) == Some(Child::EndpointsGroup))
            .min_by_key(|group| group.id.clone());
        seen.dhcp_options = answers.dhcp_options;
        seen.dhcp_options.sort_by_key(|options| options.id.clone());
        seen.dhcp_options.retain(|options| child(owner, &options.tags) == Some(Child::DhcpOptions));
        let mut flow_logs = answers.flow_logs;
        flow_logs.sort_by_key(|log| log.id.clone());
        seen.flow_logs = flow_logs;
        seen.flow_logs.retain(|log| child(owner, &log.tags) == Some(Child::FlowLog));
        let mut acls = answers.network_acls;
        acls.sort_by_key(|acl| (acl.associations.is_empty(), acl.id.clone()));
        for acl in acls.into_iter().filter(|acl| child(owner, &acl.tags) == Some(Child::NetworkAcl)) {
            match &seen.network_acl {
                None => seen.network_acl = Some(acl),
                Some(_) => seen.duplicates.push(Removal::NetworkAcl(acl.id)),
            }
        }
        // AWS gives a VPC one of each.
        let mut exclusions = answers.exclusions.into_iter();
        seen.exclusion = exclusions.find(|it| child(owner, &it.tags) == Some(Child::Exclusion));
        let mut controls = answers.encryption_controls.into_iter();
        seen.encryption_control =
            controls.find(|it| child(owner, &it.tags) == Some(Child::EncryptionControl));
        seen
    }

    /// Of two NAT gateways for one part, the one with the address that is wanted is the part.
    pub(crate) fn prefer(mut self, desired: &Desired) -> Self {
        for spare in std::mem::take(&mut self.spare_nat_gateways) {
            let part = child(&desired.owner, &spare.tags);
            let Some(Child::NatGateway(nat)) = part else { continue };
            let other = match self.nat_gateways.get(&nat) {
                Some(chosen) if egress::fits(desired, &self, nat, chosen) => Some(spare),
                _ => self.nat_gateways.insert(nat, spare),
            };
            self.spare_nat_gateways.extend(other);
        }
        self
    }

    /// Whether this is the network that is wanted, with nothing missing.
    pub(crate) fn is(&self, desired: &Desired) -> bool {
        self.vpc.is_some() && super::decide::decide(desired, self).is_empty()
    }

    /// The id and tags of every part that exists.
    pub(crate) fn parts(&self) -> Vec<(Child, String, &Tags)> {
        let mut parts = Vec::new();
        parts.extend(self.vpc.iter().map(|vpc| (Child::Vpc, vpc.id.to_string(), &vpc.tags)));
        parts.extend(
            self.internet_gateway.iter().map(|it| (Child::InternetGateway, it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.egress_only_gateway.iter().map(|it| (Child::EgressOnlyGateway, it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.subnets
                .iter()
                .map(|((tier, slot), it)| (Child::Subnet(*tier, *slot), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.addresses.iter().map(|(outlet, it)| (Child::Address(*outlet), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.nat_gateways.iter().map(|(nat, it)| (Child::NatGateway(*nat), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.route_tables
                .iter()
                .map(|(table, it)| (Child::RouteTable(*table), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.gateway_endpoints
                .iter()
                .map(|(service, it)| (Child::GatewayEndpoint(*service), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.interface_endpoints
                .iter()
                .map(|(service, it)| (Child::InterfaceEndpoint(*service), it.id.to_string(), &it.tags)),
        );
        parts.extend(
            self.endpoints_group.iter().map(|it| (Child::EndpointsGroup, it.id.to_string(), &it.tags)),
        );
        parts.extend(self.dhcp_options.iter().map(|it| (Child::DhcpOptions, it.id.to_string(), &it.tags)));
        parts.extend(self.flow_logs.iter().map(|it| (Child::FlowLog, it.id.to_string(), &it.tags)));
        parts.extend(self.network_acl.iter().map(|it| (Child::NetworkAcl, it.id.to_string(), &it.tags)));
        parts.extend(self.exclusion.iter().map(|it| (Child::Exclusion, it.id.to_string(), &it.tags)));
        parts.extend(
            self.encryption_control.iter().map(|it| (Child::EncryptionControl, it.id.to_string(), &it.tags)),
        );
        parts
    }

    /// The route table association of a subnet, in whichever of our tables it is.
    pub(crate) fn association(&self, tier: Tier, slot: Slot) -> Option<(Table, &RouteTableAssociation)> {
        let subnet = &self.subnets.get(&(tier, slot))?.id;
        self.route_tables.iter().find_map(|(table, it)| {
            let association = it.associations.iter().find(|association| association.subnet == *subnet)?;
            Some((*table, association))
        })
    }
}

/// The first object for a part is the part; one more is given back.
fn add<K: Ord, V>(parts: &mut BTreeMap<K, V>, part: K, object: V) -> Option<V> {
    match parts.entry(part) {
        Entry::Vacant(place) => {
            place.insert(object);
            None
        }
        Entry::Occupied(_) => Some(object),
    }
}

fn child(owner: &Owner, tags: &Tags) -> Option<Child> {
    Child::of_key(&owner.child_of(tags)?)
}
