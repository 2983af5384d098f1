//! The configuration that makes the network that exists.

use super::super::child::Table;
use super::super::desired::{Wish, WishedEndpoint};
use super::super::egress::{Nat, WishedEgress};
use super::super::interface_endpoints::{WishedInterface, default_tier};
use super::super::kubernetes::{self, CLUSTER, KARPENTER};
use super::super::model::Kubernetes;
use super::super::network_acl;
use super::super::routes::WishedRoute;
use super::super::seen::Seen;
use super::super::tiers::{OwnTier, OwnTiers, Places};
use crate::client::Landform;
use landform_cloud::Tags;
use landform_cloud::id::{AllocationId, SubnetId};
use landform_cloud::network::{RouteTarget, Subnet, VpcEndpoint};
use landform_model::network::{
    Area, EgressMode, InterfaceService, Layout, Profile, RouteDestination, Slot, Tier, TierName, WayOut,
};
use landform_model::ownership::TAG_PREFIX;
use landform_model::{AvailabilityZoneId, Cidr, Region};
use std::collections::{BTreeMap, BTreeSet};

/// A wish, and what it says in attributes that are not one to one with it.
pub(super) struct Guess {
    /// Its `tier_tags` hold those for Kubernetes, too.
    pub(super) wish: Wish,
    pub(super) kubernetes: Option<Kubernetes>,
    /// Without those for Kubernetes.
    pub(super) tier_tags: BTreeMap<Tier, Tags>,
}

pub(super) fn guess(client: &Landform, region: Region, cidr: Cidr, tags: &Tags, seen: &Seen) -> Guess {
    let zones: BTreeMap<Slot, AvailabilityZoneId> =
        seen.subnets.iter().map(|((_, slot), subnet)| (*slot, subnet.zone.clone())).collect();
    let tiers: BTreeSet<Tier> = seen.subnets.keys().map(|(tier, _)| *tier).collect();
    let egress = egress(seen, &zones);
    let profile = profile(cidr, &zones);
    let own_tiers = own_tiers(cidr, profile, seen);
    let (pods, secondary_cidrs) = blocks(seen);
    let defaults = client.with_default_tags(&Tags::new());
    let tags = own(tags, &defaults);
    let mut weaker = defaults;
    weaker.extend(tags.clone());
    let tier_tags: BTreeMap<Tier, Tags> = (tiers.iter())
        .map(|tier| (*tier, own(&common(subnets_of(seen, *tier)), &weaker)))
        .filter(|(_, tags)| !tags.is_empty())
        .collect();
    let kubernetes = kubernetes_of(&tier_tags, &tiers);
    let mut rest = tier_tags.clone();
    for (tier, tags) in &mut rest {
        let set = kubernetes.as_ref().and_then(|it| kubernetes::tags(it, *tier)).unwrap_or_default();
        tags.retain(|key, value| set.get(key) != Some(value));
    }
    rest.retain(|_, tags| !tags.is_empty());
    let mut public = subnets_of(seen, Tier::Public).peekable();
    let map_public_ip_on_launch = public.peek().is_some() && public.all(|subnet| subnet.public_ip_on_launch);
    let dns = seen.dns;
    let endpoints = seen.gateway_endpoints.iter();
    let blocks: Vec<Cidr> = [cidr].into_iter().chain(secondary_cidrs.iter().copied()).chain(pods).collect();
    let wish = Wish {
        region,
        cidr,
        ipam_pool: None,
        ipv6: super::super::ipv6::guess(seen),
        secondary_cidrs,
        pods,
        profile,
        zones,
        tiers,
        egress,
        gateway_endpoints: endpoints.map(|(service, it)| (*service, endpoint(it, seen))).collect(),
        interface_endpoints: interface_endpoints(seen),
        overrides: overrides(cidr, profile, pods, &own_tiers, seen),
        own_tiers,
        routes: routes(seen),
        dhcp_options: seen.dhcp_options.first().map(|options| options.settings.clone()),
        flow_log: seen.flow_logs.first().and_then(|log| log.settings.clone()),
        network_acl: network_acl::preset_of(seen.network_acl.as_ref(), &blocks),
        exclusion: seen.exclusion.as_ref().map(|it| it.mode),
        encryption: seen.encryption_control.as_ref().map(|it| it.settings.clone()),
        map_public_ip_on_launch,
        dns_support: dns.is_none_or(|dns| dns.support),
        dns_hostnames: dns.is_none_or(|dns| dns.hostnames),
        tags,
        tier_tags,
    };
    Guess { wish, kubernetes, tier_tags: rest }
}

/// Addresses of gateways that do not carry our tags are the user's own.
fn egress(seen: &Seen, zones: &BTreeMap<Slot, AvailabilityZoneId>) -> WishedEgress {
    let ours = |id: &AllocationId| seen.addresses.values().any(|address| address.id == *id);
    let mut own = BTreeMap::new();
    for (nat, gateway) in &seen.nat_gateways {
        let slot_of =
            |zone: &AvailabilityZoneId| zones.iter().find(|(_, it)| *it == zone).map(|(slot, _)| *slot);
        let addresses: Vec<(Option<Slot>, &AllocationId)> = match nat {
            Nat::Zonal(slot) => gateway.allocation.iter().map(|id| (Some(*slot), id)).collect(),
            Nat::Regional => {
                gateway.zone_addresses.iter().map(|it| (slot_of(&it.zone), &it.allocation)).collect()
            }
        };
        for (slot, id) in addresses.into_iter().filter(|(_, id)| !ours(id)) {
            if let Some(slot) = slot {
                own.insert(slot, id.clone());
            }
        }
    }
    let mode = match seen.nat_gateways.len() {
        0 => EgressMode::None,
        _ if seen.nat_gateways.contains_key(&Nat::Regional) => EgressMode::Regional,
        1 if zones.len() > 1 => EgressMode::Single,
        _ => EgressMode::Zonal,
    };
    WishedEgress { mode, transit_gateway: None, own, retain: false }
}

/// The profile that takes a network of this size with these slots.
fn profile(cidr: Cidr, zones: &BTreeMap<Slot, AvailabilityZoneId>) -> Profile {
    let fits = |profile: &Profile| {
        Layout::new(cidr, *profile).is_ok() && zones.keys().all(|slot| profile.slots().contains(slot))
    };
    [Profile::Standard, Profile::Compact, Profile::Wide].into_iter().find(fits).unwrap_or(Profile::Custom)
}

/// The block for pods, and the others.
fn blocks(seen: &Seen) -> (Option<Cidr>, BTreeSet<Cidr>) {
    let mut blocks: BTreeSet<Cidr> =
        seen.vpc.iter().flat_map(|vpc| &vpc.secondary_blocks).map(|block| block.cidr).collect();
    let pods = subnets_of(seen, Tier::Pods).next();
    let pods = pods.and_then(|subnet| blocks.iter().find(|block| block.contains(&subnet.cidr)).copied());
    blocks.retain(|block| Some(*block) != pods);
    (pods, blocks)
}

/// The tiers of the network's own, each with the area that its subnets lie in and the way that its routes lead.
fn own_tiers(cidr: Cidr, profile: Profile, seen: &Seen) -> OwnTiers {
    let names: BTreeSet<TierName> = (seen.subnets.keys())
        .filter_map(|(tier, _)| if let Tier::Custom(name) = tier { Some(*name) } else { None })
        .collect();
    let tier = |name: TierName| {
        let tier = Tier::Custom(name);
        let lies_in = |area: &Area| {
            let layout = Layout::new(cidr, profile);
            seen.subnets.iter().filter(|((other, _), _)| *other == tier).all(|((_, slot), subnet)| {
                layout.as_ref().is_ok_and(|it| it.own_subnet(tier, *area, *slot) == Ok(subnet.cidr))
            })
        };
        let tables = seen
            .route_tables
            .iter()
            .filter(|(table, _)| matches!(table, Table::Zone(other, _) if *other == tier));
        let mut exits = tables
            .flat_map(|(_, table)| &table.routes)
            .filter(|it| it.destination == RouteDestination::ALL_IPV4);
        let way_out = match exits.next().map(|route| &route.target) {
            Some(RouteTarget::InternetGateway(_)) => WayOut::Internet,
            Some(RouteTarget::NatGateway(_)) => WayOut::Egress,
            Some(RouteTarget::EgressOnlyInternetGateway(_) | RouteTarget::Other(_)) | None => WayOut::None,
        };
        OwnTier { area: (1..=4).filter_map(Area::new).find(lies_in), way_out }
    };
    names.into_iter().map(|name| (name, tier(name))).collect()
}

/// The user's own tags: not ours, and not those that weaker layers give already.
fn own(tags: &Tags, weaker: &Tags) -> Tags {
    let is_own = |(key, value): &(&String, &String)| {
        key.as_str() != "Name" && !key.starts_with(TAG_PREFIX) && weaker.get(*key) != Some(value)
    };
    tags.iter().filter(is_own).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn subnets_of(seen: &Seen, tier: Tier) -> impl Iterator<Item = &Subnet> {
    seen.subnets.iter().filter(move |((other, _), _)| *other == tier).map(|(_, subnet)| subnet)
}

/// The tags that all of these subnets have.
fn common<'a>(mut subnets: impl Iterator<Item = &'a Subnet>) -> Tags {
    let mut tags = subnets.next().map(|subnet| subnet.tags.clone()).unwrap_or_default();
    for subnet in subnets {
        tags.retain(|key, value| subnet.tags.get(key) == Some(value));
    }
    tags
}

/// The block whose tags all are there; none when one is missing, for then they are the user's.
fn kubernetes_of(tier_tags: &BTreeMap<Tier, Tags>, tiers: &BTreeSet<Tier>) -> Option<Kubernetes> {
    let tags_of = |tier| tier_tags.get(&tier).cloned().unwrap_or_default();
    let shared = [Tier::Public, Tier::Private].into_iter().filter(|tier| tiers.contains(tier));
    let clusters: BTreeSet<String> = (shared.clone())
        .flat_map(tags_of)
        .filter(|(_, value)| value == "shared")
        .filter_map(|(key, _)| key.strip_prefix(CLUSTER).map(str::to_owned))
        .collect();
    let block = Kubernetes {
        clusters: (!clusters.is_empty()).then_some(clusters).into(),
        karpenter_discovery: tags_of(Tier::Private).get(KARPENTER).cloned().into(),
    };
    let complete = |tier| {
        let there = tags_of(tier);
        kubernetes::tags(&block, tier)
            .is_some_and(|tags| tags.iter().all(|(key, value)| there.get(key) == Some(value)))
    };
    (shared.clone().count() > 0 && shared.clone().all(complete)).then_some(block)
}

/// Subnets that lie elsewhere than the profile says.
fn overrides(
    cidr: Cidr,
    profile: Profile,
    pods: Option<Cidr>,
    own: &OwnTiers,
    seen: &Seen,
) -> BTreeMap<(Tier, Slot), Cidr> {
    let places = Places { cidr, profile, pods, own, overrides: &BTreeMap::new() };
    let place = |tier, slot| places.of(tier, slot).ok();
    let subnets = seen.subnets.iter().map(|((tier, slot), subnet)| ((*tier, *slot), subnet.cidr));
    subnets.filter(|((tier, slot), cidr)| place(*tier, *slot) != Some(*cidr)).collect()
}

/// Routes to what the network does not make, each with the tiers all of whose tables have it.
fn routes(seen: &Seen) -> Vec<WishedRoute> {
    let tiers: BTreeSet<Tier> = seen.subnets.keys().map(|(tier, _)| *tier).collect();
    let has = |tier: Tier, to: &RouteDestination, via: &RouteTarget| {
        let mut tables = seen.subnets.keys().filter(|(other, _)| *other == tier);
        tables.all(|(tier, slot)| {
            let table = seen.route_tables.get(&Table::of(*tier, *slot));
            table.is_some_and(|it| it.routes.iter().any(|it| it.destination == *to && it.target == *via))
        })
    };
    let all: BTreeSet<(RouteDestination, RouteTarget)> = (seen.route_tables.values())
        .flat_map(|table| &table.routes)
        .map(|route| (route.destination.clone(), route.target.clone()))
        .collect();
    let mut routes = Vec::new();
    for (to, target) in all {
        let RouteTarget::Other(via) = &target else { continue };
        let Ok(via) = via.parse() else { continue };
        let having: BTreeSet<Tier> = tiers.iter().copied().filter(|tier| has(*tier, &to, &target)).collect();
        if !having.is_empty() {
            routes.push(WishedRoute { to, via, tiers: (having != tiers).then_some(having) });
        }
    }
    routes
}

/// Interface endpoints, with what is Landform's default left out.
fn interface_endpoints(seen: &Seen) -> BTreeMap<InterfaceService, WishedInterface> {
    let default = default_tier(|tier| seen.subnets.keys().any(|(other, _)| *other == tier));
    let wished = |endpoint: &VpcEndpoint| {
        let place =
            |id: &SubnetId| seen.subnets.iter().find(|(_, subnet)| subnet.id == *id).map(|(place, _)| place);
        let ours = seen.endpoints_group.as_ref().map(|group| vec![group.id.clone()]);
        WishedInterface {
            policy: endpoint.policy.clone().filter(|policy| !policy.is_full_access()),
            private_dns: endpoint.private_dns,
            tier: endpoint
                .subnets
                .iter()
                .find_map(place)
                .map(|(tier, _)| *tier)
                .filter(|tier| Some(*tier) != default),
            groups: (ours.as_ref() != Some(&endpoint.security_groups))
                .then(|| endpoint.security_groups.iter().cloned().collect()),
        }
    };
    seen.interface_endpoints.iter().map(|(service, endpoint)| (*service, wished(endpoint))).collect()
}

/// The endpoint with the default policy left out, and the tiers where they are not all.
fn endpoint(endpoint: &VpcEndpoint, seen: &Seen) -> WishedEndpoint {
    let leads = |tier: Tier, slot: Slot| {
        let table = seen.route_tables.get(&Table::of(tier, slot));
        table.is_some_and(|table| endpoint.route_tables.contains(&table.id))
    };
    let tiers: BTreeSet<Tier> = seen.subnets.keys().map(|(tier, _)| *tier).collect();
    let led: BTreeSet<Tier> = (tiers.iter().copied())
        .filter(|tier| {
            seen.subnets.keys().filter(|(other, _)| other == tier).all(|(tier, slot)| leads(*tier, *slot))
        })
        .collect();
    WishedEndpoint {
        policy: endpoint.policy.clone().filter(|policy| !policy.is_full_access()),
        tiers: (led != tiers).then_some(led),
    }
}
