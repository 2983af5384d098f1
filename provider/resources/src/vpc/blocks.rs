//! The IPv4 blocks that a VPC has besides its first.

use super::desired::Desired;
use super::model::Vpc;
use super::seen::Seen;
use super::steps::{Removal, Step};
use landform_framework::{Diagnostics, Path, Text};
use landform_model::{Cidr, limits};

/// Adds what is missing, takes away what the configuration had before and has no longer. A block that somebody else added
/// stays.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let exists = |cidr: &Cidr| seen.vpc.as_ref()?.secondary_blocks.iter().find(|block| block.cidr == *cidr);
    for cidr in &desired.secondary_cidrs {
        if !exists(cidr).is_some_and(|block| block.associated) {
            steps.push(Step::AssociateCidr(*cidr));
        }
    }
    for cidr in &desired.retired_cidrs {
        if let Some(block) = exists(cidr) {
            steps.push(Step::Remove(Removal::CidrBlock(block.id.clone(), *cidr)));
        }
    }
}

/// Blocks of a size that AWS takes, and no two that share addresses.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-ipv4-cidr>
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let mut all: Vec<(Path, Cidr)> = Vec::new();
    all.extend(config.cidr.known().map(|Text(cidr)| (Path::root().attribute("cidr"), *cidr)));
    let further = Path::root().attribute("secondary_cidrs");
    all.extend(
        config.secondary_cidrs.known().into_iter().flatten().map(|Text(cidr)| (further.clone(), *cidr)),
    );
    all.extend(config.pods_cidr.known().map(|Text(cidr)| (Path::root().attribute("pods_cidr"), *cidr)));
    let (largest, smallest) = (limits::VPC_SHORTEST_PREFIX.value, limits::SUBNET_LONGEST_PREFIX.value);
    for (index, (path, cidr)) in all.iter().enumerate().skip(1) {
        if !(largest..=smallest).contains(&usize::from(cidr.prefix_len())) {
            let text = format!("AWS takes blocks of /{largest} to /{smallest}, not {cidr}.");
            diagnostics.error_at(path.clone(), "Not the size of a block", text);
        }
        for (other_path, other) in all[..index].iter().filter(|(_, other)| other.overlaps(cidr)) {
            let text = format!("{cidr} shares addresses with {other} (`{other_path}`).");
            diagnostics.error_at(path.clone(), "Two blocks with the same addresses", text);
        }
    }
    for (name, Text(reserved)) in config.reserved_cidrs.known().into_iter().flatten() {
        let reserved_path = Path::root().attribute("reserved_cidrs").key(name);
        for (path, cidr) in all.iter().filter(|(_, cidr)| cidr.overlaps(reserved)) {
            let text =
                format!("{cidr} shares addresses with {reserved} (`{reserved_path}`). Choose another block.");
            diagnostics.error_at(path.clone(), "A block that is reserved", text);
        }
    }
    let most = limits::CIDR_BLOCKS_PER_VPC.value;
    if all.len() > most {
        let text = format!("A VPC has at most {most} IPv4 blocks; these are {}.", all.len());
        diagnostics.error_at(further, "Too many blocks", text);
    }
}
