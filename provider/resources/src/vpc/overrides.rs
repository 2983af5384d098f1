//! Subnets that lie elsewhere than the profile says.

use super::desired::Desired;
use super::model::Vpc;
use super::tiers;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{AnyTier, Slot, Tier};
use landform_model::{Cidr, limits};
use std::collections::BTreeMap;

type Written = Value<BTreeMap<String, BTreeMap<String, Text<Cidr>>>>;

/// The overrides by tier and slot; none while they are unknown. Keys that are neither are left out: validation names them.
pub(super) fn known(written: &Written) -> Option<BTreeMap<(Tier, Slot), Cidr>> {
    if written.is_unknown() {
        return None;
    }
    let mut overrides = BTreeMap::new();
    for (tier, slots) in written.known().into_iter().flatten() {
        for (slot, Text(cidr)) in slots {
            if let (Ok(AnyTier(tier)), Ok(slot)) = (tier.parse(), slot.parse()) {
                overrides.insert((tier, slot), *cidr);
            }
        }
    }
    Some(overrides)
}

/// The attribute that says this.
pub(super) fn written(overrides: BTreeMap<(Tier, Slot), Cidr>) -> Written {
    let mut written: BTreeMap<String, BTreeMap<String, Text<Cidr>>> = BTreeMap::new();
    for ((tier, slot), cidr) in overrides {
        written.entry(tier.to_string()).or_default().insert(slot.to_string(), Text(cidr));
    }
    (!written.is_empty()).then_some(written).into()
}

fn path(tier: &str, slot: &str) -> Path {
    Path::root().attribute("subnet_overrides").key(tier).key(slot)
}

/// Each override names a subnet of the network, and lies in its block.
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let (largest, smallest) = (limits::VPC_SHORTEST_PREFIX.value, limits::SUBNET_LONGEST_PREFIX.value);
    let fits = |cidr: &Cidr| (largest..=smallest).contains(&usize::from(cidr.prefix_len()));
    if let (Some(Text(vpc)), true) = (config.cidr.known(), config.subnet_overrides.is_known())
        && !fits(vpc)
    {
        let text = format!("AWS takes networks of /{largest} to /{smallest}.");
        diagnostics.error_at(Path::root().attribute("cidr"), "Not the size of a network", text);
        return;
    }
    for (tier, slots) in config.subnet_overrides.known().into_iter().flatten() {
        let at = Path::root().attribute("subnet_overrides").key(tier);
        match tier.parse::<AnyTier>() {
            Ok(AnyTier(known)) => tiers::must_have(config, known, at, diagnostics),
            Err(error) => diagnostics.error_at(at, "No such tier", format!("{error}.")),
        }
        for (slot, Text(cidr)) in slots {
            if config.azs.known().is_some_and(|azs| !azs.contains_key(slot)) {
                let text = format!("`azs` of the network does not have {slot}.");
                diagnostics.error_at(path(tier, slot), "No such slot", text);
            }
            if let Some(blocks) = blocks(config)
                && !blocks.iter().any(|block| block.contains(cidr))
            {
                let all: Vec<String> = blocks.iter().map(ToString::to_string).collect();
                let text = format!(
                    "{cidr} is not in {}. Add the block that it is in to `secondary_cidrs`.",
                    all.join(" or ")
                );
                diagnostics.error_at(path(tier, slot), "A subnet outside the network", text);
            }
            if !fits(cidr) {
                let text = format!("AWS takes subnets of /{largest} to /{smallest}.");
                diagnostics.error_at(path(tier, slot), "Not the size of a subnet", text);
            }
        }
    }
}

/// The blocks of the network; none while one is unknown.
fn blocks(config: &Vpc) -> Option<Vec<Cidr>> {
    if config.secondary_cidrs.is_unknown() || config.pods_cidr.is_unknown() {
        return None;
    }
    let mut blocks = vec![config.cidr.known()?.0];
    blocks.extend(config.secondary_cidrs.known().into_iter().flatten().map(|it| it.0));
    blocks.extend(config.pods_cidr.known().map(|it| it.0));
    Some(blocks)
}

/// No two subnets share addresses. The error is at an override: the profile's own subnets never do.
pub(super) fn overlaps(
    subnets: &BTreeMap<(Tier, Slot), Cidr>,
    overrides: &BTreeMap<(Tier, Slot), Cidr>,
    diagnostics: &mut Diagnostics,
) {
    let all: Vec<_> = subnets.iter().collect();
    for (index, (place, cidr)) in all.iter().enumerate() {
        for (other, other_cidr) in all[..index].iter().filter(|(_, other)| other.overlaps(cidr)) {
            let (((tier, slot), cidr), (other, other_cidr)) = match overrides.contains_key(*place) {
                true => ((*place, cidr), (*other, other_cidr)),
                false => ((*other, other_cidr), (*place, cidr)),
            };
            let text = format!(
                "{tier}/{slot} ({cidr}) shares addresses with {}/{} ({other_cidr}).",
                other.0, other.1
            );
            diagnostics.error_at(path(tier.as_str(), slot.as_str()), "Two subnets in one place", text);
        }
    }
}

/// AWS cannot move a subnet to another block.
pub(super) fn unmoved(prior: &Vpc, planned: &Vpc, desired: &Desired, diagnostics: &mut Diagnostics) {
    if prior.cidr != planned.cidr {
        return;
    }
    let Some(before) = prior.subnets.known() else { return };
    for ((tier, slot), subnet) in &desired.subnets {
        let was = before.get(tier.as_str()).and_then(|slots| slots.get(slot.as_str()));
        let Some(Text(was)) = was.and_then(|subnet| subnet.cidr.known()) else { continue };
        if *was != subnet.cidr {
            let text = format!(
                "Subnet {tier}/{slot} is {was}; AWS cannot give it {}. Set {} back to what it was.",
                subnet.cidr,
                whose(tier)
            );
            diagnostics.error_at(path(tier.as_str(), slot.as_str()), "A subnet cannot move", text);
        }
    }
}

/// What says where the subnets of a tier lie.
fn whose(tier: &Tier) -> &'static str {
    match tier {
        Tier::Pods => "`pods_cidr`",
        Tier::Custom(_) => "`area` or `subnet_overrides`",
        _ => "`subnet_overrides`",
    }
}
