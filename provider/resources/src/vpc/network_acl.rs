//! The network ACL of tiers for data: which subnets are under it, and what it lets through.
//!
//! Landform makes one ACL for all of them. Its entries only allow, so their numbers mean nothing: an entry that exists keeps its
//! number, and a new one gets the first that is free.

use super::desired::Desired;
use super::ipv6;
use super::seen::Seen;
use super::steps::{Removal, Step};
use super::tiers::{OwnTiers, way_out};
use landform_cloud::network::{Direction, NetworkAcl, NetworkAclEntry};
use landform_model::network::{NetworkAclPreset, Slot, Tier, WayOut};
use landform_model::{Cidr, Ipv6Cidr};
use std::collections::BTreeSet;

/// The network ACL that a network must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredNetworkAcl {
    /// The subnets under it.
    pub(crate) subnets: BTreeSet<(Tier, Slot)>,
    /// What it lets through; the numbers are not AWS's.
    pub(crate) entries: BTreeSet<NetworkAclEntry>,
}

/// The first number of entries.
const FIRST: i32 = 100;

/// Every protocol, as AWS writes it.
const ALL: &str = "-1";

/// TCP by its number, as AWS writes it.
const TCP: &str = "6";

/// The ACL of a network; none where the preset is to leave everything open, and where no tier is for data.
///
/// `through_gateway` tells the subnets that reach a service by a gateway endpoint. Such a service has public addresses, which
/// no ACL can name, so there HTTPS may go anywhere: no route leads elsewhere.
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html>
pub(crate) fn desired(
    preset: NetworkAclPreset,
    blocks: &[Cidr],
    own_tiers: &OwnTiers,
    subnets: impl Iterator<Item = (Tier, Slot)>,
    through_gateway: impl Fn(Tier, Slot) -> bool,
) -> Option<DesiredNetworkAcl> {
    let peers = preset.peers(blocks)?;
    let subnets: BTreeSet<(Tier, Slot)> = subnets.filter(|(tier, _)| is_for_data(*tier, own_tiers)).collect();
    if subnets.is_empty() {
        return None;
    }
    let allow = |direction, protocol: &str, cidr: Cidr, ports| NetworkAclEntry {
        direction,
        number: 0,
        allow: true,
        protocol: protocol.to_owned(),
        cidr: cidr.to_string(),
        ports,
    };
    let mut entries: BTreeSet<NetworkAclEntry> = [Direction::Ingress, Direction::Egress]
        .into_iter()
        .flat_map(|direction| peers.iter().map(move |peer| allow(direction, ALL, *peer, None)))
        .collect();
    if subnets.iter().any(|(tier, slot)| through_gateway(*tier, *slot)) {
        entries.insert(allow(Direction::Egress, TCP, Cidr::ANYWHERE, Some((443, 443))));
        // Answers come to a port that the client chose.
        entries.insert(allow(Direction::Ingress, TCP, Cidr::ANYWHERE, Some((1024, 65535))));
    }
    Some(DesiredNetworkAcl { subnets, entries })
}

/// Tiers without a way out hold data, but those that AWS's own network interfaces are in: a transit gateway carries packets of
/// others, endpoints serve other networks, and the control plane of EKS is AWS's.
fn is_for_data(tier: Tier, own_tiers: &OwnTiers) -> bool {
    match tier {
        Tier::TransitGateway | Tier::Endpoints | Tier::EksControlPlane => false,
        _ => way_out(tier, own_tiers) == WayOut::None,
    }
}

/// The preset whose ACL this is, for a network of these blocks.
pub(super) fn preset_of(acl: Option<&NetworkAcl>, blocks: &[Cidr]) -> NetworkAclPreset {
    let Some(acl) = acl else { return NetworkAclPreset::Open };
    let fits = |preset: &NetworkAclPreset| {
        let peers = preset.peers(blocks).unwrap_or_default();
        peers.iter().all(|peer| acl.entries.iter().any(|entry| entry.cidr == peer.to_string()))
    };
    // The wider one first: it has the blocks of the other, too.
    let presets = [NetworkAclPreset::Private, NetworkAclPreset::Isolated];
    presets.into_iter().find(fits).unwrap_or(NetworkAclPreset::Isolated)
}

/// What lets the network's own IPv6 block through, both ways. AWS chooses the block, so no preset knows it before.
pub(super) fn ipv6_entries(block: Ipv6Cidr) -> [NetworkAclEntry; 2] {
    [Direction::Ingress, Direction::Egress].map(|direction| NetworkAclEntry {
        direction,
        number: 0,
        allow: true,
        protocol: ALL.to_owned(),
        cidr: block.to_string(),
        ports: None,
    })
}

/// The first number that no entry of this direction has.
pub(super) fn free_number(taken: &BTreeSet<(Direction, i32)>, direction: Direction) -> i32 {
    (FIRST..).find(|number| !taken.contains(&(direction, *number))).unwrap_or(FIRST)
}

/// The same entry, whatever its number.
fn same(one: &NetworkAclEntry, other: &NetworkAclEntry) -> bool {
    NetworkAclEntry { number: 0, ..one.clone() } == NetworkAclEntry { number: 0, ..other.clone() }
}

/// Makes the ACL with its entries before a subnet moves to it; takes entries away after others have come.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let exists = seen.network_acl.as_ref();
    let under = |tier: &Tier, slot: &Slot| {
        let subnet = seen.subnets.get(&(*tier, *slot));
        let all = exists.into_iter().flat_map(|acl| &acl.associations);
        subnet.is_some_and(|subnet| all.into_iter().any(|it| it.subnet == subnet.id))
    };
    if let Some(wanted) = &desired.network_acl {
        if exists.is_none() {
            steps.push(Step::CreateNetworkAcl);
        }
        let mut allowed = wanted.entries.clone();
        match ipv6::block(desired, seen) {
            Some(block) => allowed.extend(ipv6_entries(block)),
            None if desired.ipv6.is_some() => steps.push(Step::AllowIpv6InNetworkAcl),
            None => {}
        }
        let entries = exists.map(|acl| acl.entries.as_slice()).unwrap_or_default();
        let mut taken: BTreeSet<(Direction, i32)> =
            entries.iter().map(|entry| (entry.direction, entry.number)).collect();
        for missing in allowed.iter().filter(|entry| !entries.iter().any(|it| same(it, entry))) {
            let number = free_number(&taken, missing.direction);
            taken.insert((missing.direction, number));
            steps.push(Step::AllowInNetworkAcl(NetworkAclEntry { number, ..missing.clone() }));
        }
        for entry in entries.iter().filter(|entry| !allowed.iter().any(|it| same(it, entry))) {
            steps.push(Step::ForgetInNetworkAcl(entry.direction, entry.number));
        }
        for (tier, slot) in wanted.subnets.iter().filter(|(tier, slot)| !under(tier, slot)) {
            steps.push(Step::MoveToNetworkAcl(*tier, *slot, true));
        }
    }
    let wanted = desired.network_acl.as_ref().map(|acl| &acl.subnets);
    for (tier, slot) in desired.subnets.keys().filter(|(tier, slot)| under(tier, slot)) {
        if wanted.is_none_or(|subnets| !subnets.contains(&(*tier, *slot))) {
            steps.push(Step::MoveToNetworkAcl(*tier, *slot, false));
        }
    }
    if let (None, Some(acl)) = (&desired.network_acl, exists) {
        steps.push(Step::Remove(Removal::NetworkAcl(acl.id.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Cidr {
        text.parse().unwrap()
    }

    fn slot() -> Slot {
        "a".parse().unwrap()
    }

    fn acl(preset: NetworkAclPreset, tiers: &[Tier], endpoint: bool) -> Option<DesiredNetworkAcl> {
        let subnets = tiers.iter().map(|tier| (*tier, slot()));
        desired(preset, &[block("10.0.0.0/16")], &OwnTiers::default(), subnets, |_, _| endpoint)
    }

    fn texts(acl: &DesiredNetworkAcl) -> Vec<String> {
        let text =
            |it: &NetworkAclEntry| format!("{:?} {} {} {:?}", it.direction, it.protocol, it.cidr, it.ports);
        acl.entries.iter().map(text).collect()
    }

    #[test]
    fn only_tiers_for_data_are_under_it() {
        let isolated = acl(NetworkAclPreset::Isolated, &Tier::ALL, false).unwrap();
        let under: Vec<Tier> = isolated.subnets.iter().map(|(tier, _)| *tier).collect();
        assert_eq!(under, [Tier::Database, Tier::Intra]);
        assert_eq!(texts(&isolated), ["Ingress -1 10.0.0.0/16 None", "Egress -1 10.0.0.0/16 None"]);
        assert_eq!(acl(NetworkAclPreset::Open, &Tier::ALL, false), None);
        assert_eq!(acl(NetworkAclPreset::Isolated, &[Tier::Public, Tier::Private], false), None);
    }

    #[test]
    fn a_gateway_endpoint_is_reached_through_it() {
        let acl = acl(NetworkAclPreset::Isolated, &[Tier::Database], true).unwrap();
        let texts = texts(&acl);
        assert!(texts.contains(&"Egress 6 0.0.0.0/0 Some((443, 443))".to_owned()), "{texts:?}");
        assert!(texts.contains(&"Ingress 6 0.0.0.0/0 Some((1024, 65535))".to_owned()), "{texts:?}");
    }

    #[test]
    fn a_preset_is_told_by_its_entries() {
        for preset in [NetworkAclPreset::Private, NetworkAclPreset::Isolated] {
            let wanted = acl(preset, &[Tier::Database], true).unwrap();
            let exists = NetworkAcl {
                id: "acl-1".parse().unwrap(),
                vpc: "vpc-1".parse().unwrap(),
                entries: wanted.entries.into_iter().collect(),
                associations: vec![],
                tags: [].into(),
            };
            assert_eq!(preset_of(Some(&exists), &[block("10.0.0.0/16")]), preset);
        }
        assert_eq!(preset_of(None, &[]), NetworkAclPreset::Open);
    }
}
