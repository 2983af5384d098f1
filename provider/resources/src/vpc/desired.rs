//! The network that the configuration asks for, in full: what [`super::decide`] compares with what exists.

use super::child::{Child, Table};
use super::egress::{DesiredOutlet, Nat, Outlet, WishedEgress};
use super::interface_endpoints::{self, DesiredInterface, WishedInterface};
use super::ipv6::{self, DesiredIpv6, WishedIpv6};
use super::network_acl::{self, DesiredNetworkAcl};
use super::routes::{self, WishedRoute};
use super::tiers::{OwnTiers, Places, way_out};
use landform_cloud::Tags;
use landform_cloud::network::{DhcpSettings, EncryptionSettings, FlowLogSettings};
use landform_model::network::{
    BlockPublicAccessExclusion, GatewayService, InterfaceService, LayoutError, NetworkAclPreset, Profile,
    RouteDestination, RouteTargetId, Slot, Tier, WayOut,
};
use landform_model::ownership::Owner;
use landform_model::{AvailabilityZoneId, Cidr, PolicyJson, Region};
use std::collections::{BTreeMap, BTreeSet};

/// What the user wrote, with every value known.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) region: Region,
    pub(crate) cidr: Cidr,
    pub(crate) ipam_pool: Option<String>,
    pub(crate) secondary_cidrs: BTreeSet<Cidr>,
    pub(crate) pods: Option<Cidr>,
    pub(crate) ipv6: Option<WishedIpv6>,
    pub(crate) profile: Profile,
    pub(crate) zones: BTreeMap<Slot, AvailabilityZoneId>,
    /// All of them, those of the network's own and that for pods, too.
    pub(crate) tiers: BTreeSet<Tier>,
    pub(crate) own_tiers: OwnTiers,
    /// Subnets that lie elsewhere than the profile says.
    pub(crate) overrides: BTreeMap<(Tier, Slot), Cidr>,
    pub(crate) egress: WishedEgress,
    pub(crate) gateway_endpoints: BTreeMap<GatewayService, WishedEndpoint>,
    pub(crate) interface_endpoints: BTreeMap<InterfaceService, WishedInterface>,
    pub(crate) routes: Vec<WishedRoute>,
    pub(crate) dhcp_options: Option<DhcpSettings>,
    pub(crate) flow_log: Option<FlowLogSettings>,
    pub(crate) network_acl: NetworkAclPreset,
    pub(crate) exclusion: Option<BlockPublicAccessExclusion>,
    pub(crate) encryption: Option<EncryptionSettings>,
    pub(crate) map_public_ip_on_launch: bool,
    pub(crate) dns_support: bool,
    pub(crate) dns_hostnames: bool,
    /// The user's tags, the provider's default tags among them.
    pub(crate) tags: Tags,
    /// Tags for the subnets of a tier, over the user's.
    pub(crate) tier_tags: BTreeMap<Tier, Tags>,
}

/// A gateway endpoint as the user wrote it.
#[derive(Debug, Clone, Default)]
pub(crate) struct WishedEndpoint {
    pub(crate) policy: Option<PolicyJson>,
    /// None: all tiers.
    pub(crate) tiers: Option<BTreeSet<Tier>>,
}

/// Every object of the network and how it must be.
#[derive(Debug, Clone)]
pub(crate) struct Desired {
    pub(crate) owner: Owner,
    pub(crate) region: Region,
    pub(crate) cidr: Cidr,
    pub(crate) ipam_pool: Option<String>,
    /// Further blocks of the VPC, that for pods among them.
    pub(crate) secondary_cidrs: BTreeSet<Cidr>,
    pub(crate) ipv6: Option<DesiredIpv6>,
    /// Whether the user had IPv6 before and has it no longer.
    pub(crate) retired_ipv6: bool,
    /// Further blocks that the user had before and has no longer.
    pub(crate) retired_cidrs: BTreeSet<Cidr>,
    pub(crate) dns_support: bool,
    pub(crate) dns_hostnames: bool,
    pub(crate) subnets: BTreeMap<(Tier, Slot), DesiredSubnet>,
    pub(crate) internet_gateway: bool,
    pub(crate) nat_gateways: BTreeSet<Nat>,
    /// The addresses that the NAT gateways use.
    pub(crate) outlets: BTreeMap<Outlet, DesiredOutlet>,
    /// Whether addresses that Landform allocated outlive their gateway.
    pub(crate) retain_addresses: bool,
    /// Route tables, and where each sends `0.0.0.0/0`.
    pub(crate) route_tables: BTreeMap<Table, Option<Exit>>,
    /// Routes of the user's own, and where they lead.
    pub(crate) routes: BTreeMap<(Table, RouteDestination), RouteTargetId>,
    /// Routes that the user had before and has no longer.
    pub(crate) retired_routes: BTreeSet<(Table, RouteDestination)>,
    pub(crate) gateway_endpoints: BTreeMap<GatewayService, DesiredEndpoint>,
    pub(crate) interface_endpoints: BTreeMap<InterfaceService, DesiredInterface>,
    pub(crate) dhcp_options: Option<DhcpSettings>,
    pub(crate) flow_log: Option<FlowLogSettings>,
    pub(crate) network_acl: Option<DesiredNetworkAcl>,
    pub(crate) exclusion: Option<BlockPublicAccessExclusion>,
    pub(crate) encryption: Option<EncryptionSettings>,
    /// The user's tags.
    pub(crate) tags: Tags,
    /// Tags for the subnets of a tier, over the user's.
    pub(crate) tier_tags: BTreeMap<Tier, Tags>,
    /// Keys of tags that a part had before and shall have no longer.
    pub(crate) retired_tags: BTreeMap<Child, BTreeSet<String>>,
    /// Ids that state holds: a part made again gets another client token than the part it replaces.
    pub(crate) recorded: BTreeMap<Child, String>,
}

/// A subnet and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredSubnet {
    pub(crate) cidr: Cidr,
    pub(crate) zone: AvailabilityZoneId,
    pub(crate) public_ip_on_launch: bool,
}

/// A gateway endpoint and the tables that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredEndpoint {
    pub(crate) policy: PolicyJson,
    pub(crate) tables: BTreeSet<Table>,
}

/// The way out of a route table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// The internet gateway.
    Internet,
    /// A NAT gateway.
    Nat(Nat),
}

impl Desired {
    /// Lays the network out. Fails when a tier or the CIDR does not fit the profile.
    pub(crate) fn new(owner: Owner, wish: Wish) -> Result<Self, LayoutError> {
        let places = Places {
            cidr: wish.cidr,
            profile: wish.profile,
            pods: wish.pods,
            own: &wish.own_tiers,
            overrides: &wish.overrides,
        };
        let way_out = |tier: &Tier| way_out(*tier, &wish.own_tiers);
        let mut subnets = BTreeMap::new();
        let mut route_tables = BTreeMap::new();
        let nat_gateways = wish.egress.nat_gateways(wish.zones.keys());
        for tier in &wish.tiers {
            for (slot, zone) in &wish.zones {
                let cidr = places.of(*tier, *slot)?;
                let public_ip_on_launch = *tier == Tier::Public && wish.map_public_ip_on_launch;
                subnets
                    .insert((*tier, *slot), DesiredSubnet { cidr, zone: zone.clone(), public_ip_on_launch });
                let exit = match way_out(tier) {
                    WayOut::Internet => Some(Exit::Internet),
                    WayOut::Egress => {
                        let own = nat_gateways.get(&Nat::Zonal(*slot));
                        own.or_else(|| nat_gateways.first()).copied().map(Exit::Nat)
                    }
                    WayOut::None => None,
                };
                route_tables.insert(Table::of(*tier, *slot), exit);
            }
        }
        // A regional NAT gateway is in no public subnet and yet sends packets there.
        let internet_gateway = nat_gateways.contains(&Nat::Regional)
            || wish.tiers.iter().any(|tier| way_out(tier) == WayOut::Internet);
        let ipv6 = match wish.ipv6 {
            Some(wished) => {
                Some(ipv6::desired(wished, subnets.keys().copied(), &wish.own_tiers, &route_tables)?)
            }
            None => None,
        };
        let tables_of = |tiers: &Option<BTreeSet<Tier>>| {
            let used = subnets.keys().filter(|(tier, _)| tiers.as_ref().is_none_or(|it| it.contains(tier)));
            used.map(|(tier, slot)| Table::of(*tier, *slot)).collect()
        };
        let tables = subnets.keys().map(|(tier, slot)| (*tier, Table::of(*tier, *slot)));
        let mut routes = routes::of_tables(&wish.routes, tables);
        if let Some(central) = wish.egress.central_route() {
            let out = subnets.keys().filter(|(tier, _)| way_out(tier) == WayOut::Egress);
            routes.extend(out.map(|(tier, slot)| {
                ((Table::of(*tier, *slot), RouteDestination::ALL_IPV4), central.clone())
            }));
        }
        let gateway_endpoints: BTreeMap<GatewayService, DesiredEndpoint> =
            (wish.gateway_endpoints.into_iter())
                .map(|(service, wished)| {
                    let policy = wished.policy.unwrap_or_else(PolicyJson::full_access);
                    (service, DesiredEndpoint { policy, tables: tables_of(&wished.tiers) })
                })
                .collect();
        let secondary_cidrs: BTreeSet<Cidr> = wish.secondary_cidrs.into_iter().chain(wish.pods).collect();
        let blocks: Vec<Cidr> = [wish.cidr].into_iter().chain(secondary_cidrs.iter().copied()).collect();
        let network_acl = network_acl::desired(
            wish.network_acl,
            &blocks,
            &wish.own_tiers,
            subnets.keys().copied(),
            |tier, slot| gateway_endpoints.values().any(|it| it.tables.contains(&Table::of(tier, slot))),
        );
        let interface_endpoints = interface_endpoints::desired(wish.interface_endpoints, &subnets);
        Ok(Self {
            owner,
            region: wish.region,
            cidr: wish.cidr,
            ipam_pool: wish.ipam_pool,
            secondary_cidrs,
            ipv6,
            retired_ipv6: false,
            retired_cidrs: BTreeSet::new(),
            dns_support: wish.dns_support,
            dns_hostnames: wish.dns_hostnames,
            subnets,
            internet_gateway,
            nat_gateways,
            outlets: wish.egress.outlets(&wish.zones),
            retain_addresses: wish.egress.retain,
            route_tables,
            routes,
            retired_routes: BTreeSet::new(),
            gateway_endpoints,
            interface_endpoints,
            dhcp_options: wish.dhcp_options,
            flow_log: wish.flow_log,
            network_acl,
            exclusion: wish.exclusion,
            encryption: wish.encryption,
            tags: wish.tags,
            tier_tags: wish.tier_tags,
            retired_tags: BTreeMap::new(),
            recorded: BTreeMap::new(),
        })
    }

    /// A network without any part, of which only the owner is known: all that exists of it is to go.
    pub(crate) fn nothing(owner: Owner, region: Region) -> Self {
        Self {
            owner,
            region,
            cidr: Cidr::ANYWHERE,
            ipam_pool: None,
            secondary_cidrs: BTreeSet::new(),
            ipv6: None,
            retired_ipv6: false,
            retired_cidrs: BTreeSet::new(),
            dns_support: false,
            dns_hostnames: false,
            subnets: BTreeMap::new(),
            internet_gateway: false,
            nat_gateways: BTreeSet::new(),
            outlets: BTreeMap::new(),
            retain_addresses: false,
            route_tables: BTreeMap::new(),
            routes: BTreeMap::new(),
            retired_routes: BTreeSet::new(),
            gateway_endpoints: BTreeMap::new(),
            interface_endpoints: BTreeMap::new(),
            dhcp_options: None,
            flow_log: None,
            network_acl: None,
            exclusion: None,
            encryption: None,
            tags: Tags::new(),
            tier_tags: BTreeMap::new(),
            retired_tags: BTreeMap::new(),
            recorded: BTreeMap::new(),
        }
    }

    /// The IPv4 blocks of the network.
    pub(crate) fn blocks(&self) -> Vec<Cidr> {
        [self.cidr].into_iter().chain(self.secondary_cidrs.iter().copied()).collect()
    }

    /// Every part that must exist.
    pub(crate) fn children(&self) -> Vec<Child> {
        let mut children = vec![Child::Vpc];
        children.extend(self.internet_gateway.then_some(Child::InternetGateway));
        let egress_only = self.ipv6.as_ref().is_some_and(DesiredIpv6::egress_only);
        children.extend(egress_only.then_some(Child::EgressOnlyGateway));
        children.extend(self.subnets.keys().map(|(tier, slot)| Child::Subnet(*tier, *slot)));
        let allocated = self.outlets.iter().filter(|(_, it)| it.own.is_none());
        children.extend(allocated.map(|(outlet, _)| Child::Address(*outlet)));
        children.extend(self.nat_gateways.iter().map(|nat| Child::NatGateway(*nat)));
        children.extend(self.route_tables.keys().map(|table| Child::RouteTable(*table)));
        children.extend(self.gateway_endpoints.keys().map(|service| Child::GatewayEndpoint(*service)));
        children.extend(interface_endpoints::children(self));
        children.extend(self.dhcp_options.as_ref().map(|_| Child::DhcpOptions));
        children.extend(self.flow_log.as_ref().map(|_| Child::FlowLog));
        children.extend(self.network_acl.as_ref().map(|_| Child::NetworkAcl));
        children.extend(self.exclusion.map(|_| Child::Exclusion));
        children.extend(self.encryption.as_ref().map(|_| Child::EncryptionControl));
        children
    }

    /// Every tag that `child` must carry: ownership, `Name`, and the user's.
    pub(crate) fn tags_of(&self, child: Child) -> Tags {
        let name = match child {
            Child::Vpc
            | Child::InternetGateway
            | Child::EgressOnlyGateway
            | Child::DhcpOptions
            | Child::FlowLog
            | Child::Exclusion
            | Child::EncryptionControl => self.owner.name.to_string(),
            Child::NetworkAcl => format!("{}-data", self.owner.name),
            Child::Subnet(tier, slot) | Child::RouteTable(Table::Zone(tier, slot)) => {
                format!("{}-{tier}-{slot}", self.owner.name)
            }
            Child::Address(outlet) => format!("{}-nat-{}", self.owner.name, outlet.slot()),
            Child::NatGateway(Nat::Zonal(slot)) => format!("{}-nat-{slot}", self.owner.name),
            Child::NatGateway(Nat::Regional) => format!("{}-nat", self.owner.name),
            Child::RouteTable(Table::Tier(tier)) => format!("{}-{tier}", self.owner.name),
            Child::GatewayEndpoint(service) => format!("{}-{service}", self.owner.name),
            Child::InterfaceEndpoint(service) => format!("{}-{service}", self.owner.name),
            Child::EndpointsGroup => format!("{}-endpoints", self.owner.name),
        };
        let mut tags = Tags::from([("Name".to_owned(), name)]);
        tags.extend(self.tags.clone());
        if let Child::Subnet(tier, _) = child {
            tags.extend(self.tier_tags.get(&tier).cloned().unwrap_or_default());
        }
        tags.extend(self.owner.tags(&child.key()));
        tags
    }
}
