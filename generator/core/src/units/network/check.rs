//! Which networks cannot be.

use std::collections::BTreeMap;

use landform_model::Cidr;
use landform_model::network::{EgressMode, Layout, LayoutError, Tier};

use super::spec::Network;
use crate::contract::Argument;
use crate::problem::{Problem, SpecPath};
use crate::spec::Estate;
use crate::units::UnitId;

/// All problems of one network by itself.
pub(crate) fn network(network: &Network, at: &SpecPath, problems: &mut Vec<Problem>) {
    block(network, at, problems);
    zones(network, at, problems);
    egress(network, at, problems);
}

/// A block of addresses: where it stands in the spec, and whose it is.
struct Block {
    at: SpecPath,
    unit: UnitId,
    cidr: Cidr,
}

/// All pairs of blocks that overlap, whatever their account: sooner or later two networks are to be connected.
///
/// Those of `networks`, and those of units of the resource `landform_vpc` that are written in the spec.
pub(crate) fn overlaps(estate: &Estate, problems: &mut Vec<Problem>) {
    let blocks = blocks(estate);
    let mut order: Vec<(usize, &Block)> = blocks.iter().enumerate().collect();
    order.sort_by_key(|(index, block)| (block.cidr, *index));
    // Blocks nest or lie apart, so those that hold the present one are a stack.
    let mut open: Vec<(usize, &Block)> = Vec::new();
    for (index, block) in order {
        while open.last().is_some_and(|(_, outer)| !outer.cidr.overlaps(&block.cidr)) {
            open.pop();
        }
        for (other_index, _) in &open {
            let (one, other) = (&blocks[*other_index.min(&index)], &blocks[*other_index.max(&index)]);
            let message = format!(
                "the networks `{}` and `{}` overlap: {} and {} share addresses",
                one.unit, other.unit, one.cidr, other.cidr
            );
            let problem = Problem::new(other.at.clone(), message)
                .related(one.at.clone(), format!("{} is taken here", one.cidr));
            problems.push(match free_block(&blocks, other.cidr.prefix_len()) {
                Some(free) => problem.hint(format!("{free} is free")),
                None => problem.hint("give one of them a block that no other network has"),
            });
        }
        open.push((index, block));
    }
}

/// In the order of the spec.
fn blocks(estate: &Estate) -> Vec<Block> {
    let (networks, units) = (SpecPath::root().field("networks"), SpecPath::root().field("units"));
    let of_networks = estate.networks.iter().enumerate().map(|(index, network)| Block {
        at: networks.index(index).field("cidr"),
        unit: UnitId::of(network),
        cidr: network.cidr,
    });
    let vpcs = estate.units.iter().enumerate().filter(|(_, unit)| unit.kind.as_str() == "landform_vpc");
    let of_vpcs = vpcs.filter_map(|(index, unit)| {
        let Argument::Text(cidr) = unit.inputs.get("cidr")? else { return None };
        let at = units.index(index).field("inputs").field("cidr");
        Some(Block { at, unit: UnitId::of(unit), cidr: cidr.parse().ok()? })
    });
    of_networks.chain(of_vpcs).collect()
}

/// The first block of this size in 10.0.0.0/8 that no network has.
fn free_block(blocks: &[Block], prefix_len: u8) -> Option<Cidr> {
    let ten: Cidr = "10.0.0.0/8".parse().ok()?;
    let mut index = 0;
    loop {
        let candidate = ten.subnet(prefix_len, index)?;
        let Some(taken) = blocks.iter().find(|block| block.cidr.overlaps(&candidate)) else {
            return Some(candidate);
        };
        // The candidate is at the start of a larger block, or before the end of a smaller one.
        let skipped = (taken.cidr.addresses() / candidate.addresses()).max(1);
        index = index.checked_add(u32::try_from(skipped).ok()?)?;
    }
}

fn block(network: &Network, at: &SpecPath, problems: &mut Vec<Problem>) {
    if network.tiers.is_empty() {
        let problem = Problem::new(at.field("tiers"), format!("the network `{}` has no tier", network.name));
        problems.push(problem.hint("write at least one, such as `tiers: [private]`"));
    }
    for (index, tier) in network.tiers.iter().enumerate() {
        if network.tiers[..index].contains(tier) {
            let problem =
                Problem::new(at.field("tiers").index(index), format!("the tier `{tier}` is listed twice"));
            problems.push(problem.hint("remove one of the two"));
        }
    }
    let layout = match Layout::new(network.cidr, network.profile) {
        Ok(layout) => layout,
        Err(error) => return problems.push(problem_of(&error, at.field("cidr"))),
    };
    let Some(slot) = network.profile.slots().first() else { return };
    for slot in network.azs.keys().filter(|slot| !network.profile.slots().contains(slot)) {
        let error = LayoutError::NoSuchSlot { slot: *slot, profile: network.profile };
        problems.push(problem_of(&error, at.field("azs").field(slot)));
    }
    for (index, tier) in network.tiers.iter().enumerate() {
        if let Err(error) = layout.subnet(*tier, *slot) {
            problems.push(problem_of(&error, at.field("tiers").index(index)));
        }
    }
}

/// The error's message states problem and fix in one sentence, parted by a colon.
fn problem_of(error: &LayoutError, at: SpecPath) -> Problem {
    let text = error.to_string();
    match text.split_once(": ") {
        Some((message, hint)) => Problem::new(at, message).hint(hint),
        None => Problem::new(at, text),
    }
}

fn zones(network: &Network, at: &SpecPath, problems: &mut Vec<Problem>) {
    let azs = at.field("azs");
    let code = network.region.short_code();
    if network.azs.is_empty() {
        let problem =
            Problem::new(azs.clone(), format!("the network `{}` has no availability zone", network.name));
        problems.push(problem.hint(format!("give each slot a zone, such as `azs: {{ a: {code}-az1 }}`")));
    }
    let mut taken = BTreeMap::new();
    for (slot, az) in &network.azs {
        if !az.belongs_to(&network.region) {
            let message = format!("the availability zone `{az}` is not in the region `{}`", network.region);
            let hint = format!("zone IDs of {} start with `{code}-az`", network.region);
            problems.push(Problem::new(azs.field(slot), message).hint(hint));
        }
        if let Some(first) = taken.insert(az, slot) {
            let message = format!("the slots `{first}` and `{slot}` have the same availability zone `{az}`");
            let problem =
                Problem::new(azs.field(slot), message).related(azs.field(first), "it is taken here");
            problems.push(problem.hint("give each slot a zone of its own, or remove the slot"));
        }
    }
}

fn egress(network: &Network, at: &SpecPath, problems: &mut Vec<Problem>) {
    if network.egress == EgressMode::Centralized {
        let message = "egress `centralized` needs the id of a transit gateway, which a spec cannot name";
        let hint = "write `egress: none` and give the network its default route, or another egress";
        problems.push(Problem::new(at.field("egress"), message).hint(hint));
    }
    let public = network.egress.needs_public_tier().then_some((Tier::Public, "NAT gateways stand in it"));
    let private =
        network.egress.has_nat_gateways().then_some((Tier::Private, "nothing else uses NAT gateways"));
    for (tier, why) in public.into_iter().chain(private) {
        if !network.tiers.contains(&tier) {
            let message = format!("egress `{}` needs the tier `{tier}`: {why}", network.egress);
            problems.push(
                Problem::new(at.field("egress"), message)
                    .hint(format!("add `{tier}` to the tiers, or write `egress: none`")),
            );
        }
    }
}
