//! Where the IPv6 block of each subnet lies: a pure function of (VPC block, tier, slot), like the layout of IPv4.
//!
//! AWS gives a VPC a `/56`, which is 256 blocks of `/64`, and a subnet has one of these. The block of a subnet is number
//! 16 × tier + slot:
//!
//! | number of the tier | tier |
//! |---|---|
//! | 0 | public |
//! | 1 | private |
//! | 2 | database |
//! | 3 | intra |
//! | 4 | transit gateway |
//! | 5 | endpoints |
//! | 6 | firewall |
//! | 7 | EKS control plane |
//! | 8 | pods |
//! | 9-12 | tiers of one's own, by their area |
//! | 13-15 | kept free |
//!
//! The profile has no say: each number has room for sixteen slots.
//! <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html#subnet-sizing-ipv6>

use super::{Area, LayoutError, Slot, Tier};
use crate::Ipv6Cidr;

/// The prefix length of the IPv6 block of a subnet.
pub const IPV6_SUBNET_PREFIX: u8 = 64;

/// The shortest and the longest prefix that a VPC's block can have and that this layout divides: one of Amazon's is a `/56`,
/// one from an IPAM pool may be larger, of which the first `/56` is used.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv6>
pub const IPV6_VPC_PREFIXES: std::ops::RangeInclusive<u8> = 44..=56;

/// The place of the subnet of `tier` in `slot` among the blocks of its VPC; `area` is that of a tier of the network's own.
///
/// # Errors
/// When the tier is one of the network's own without an area.
pub fn ipv6_place(tier: Tier, area: Option<Area>, slot: Slot) -> Result<u64, LayoutError> {
    let number = match tier {
        Tier::Public => 0,
        Tier::Private => 1,
        Tier::Database => 2,
        Tier::Intra => 3,
        Tier::TransitGateway => 4,
        Tier::Endpoints => 5,
        Tier::Firewall => 6,
        Tier::EksControlPlane => 7,
        Tier::Pods => 8,
        Tier::Custom(_) => 9 + u64::from(area.ok_or(LayoutError::NoIpv6Place { tier })?.index()),
    };
    Ok(number * 16 + u64::from(slot.index()))
}

/// The block of the subnet at `place` of a VPC with the block `vpc`; none when the block is smaller than a `/56`.
pub fn ipv6_subnet(vpc: Ipv6Cidr, place: u64) -> Option<Ipv6Cidr> {
    let first = vpc.subnet(*IPV6_VPC_PREFIXES.end(), 0)?;
    first.subnet(IPV6_SUBNET_PREFIX, place)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn everything() -> Vec<(Tier, Option<Area>, Slot)> {
        let named = Tier::ALL.into_iter().chain([Tier::Pods]).map(|tier| (tier, None));
        let own = (1..=4).map(|number| {
            let name = format!("own{number}").parse().unwrap();
            (Tier::Custom(name), Some(Area::new(number).unwrap()))
        });
        let tiers: Vec<_> = named.chain(own).collect();
        tiers
            .into_iter()
            .flat_map(|(tier, area)| Slot::ALL.into_iter().map(move |slot| (tier, area, slot)))
            .collect()
    }

    #[test]
    fn the_places_of_the_table() {
        let slot = |slot: &str| slot.parse().unwrap();
        let place =
            |tier, area: Option<u64>, at| ipv6_place(tier, area.and_then(Area::new), slot(at)).unwrap();
        let own = Tier::Custom("cache".parse().unwrap());
        assert_eq!(place(Tier::Public, None, "a"), 0);
        assert_eq!(place(Tier::Private, None, "c"), 18);
        assert_eq!(place(Tier::EksControlPlane, None, "h"), 119);
        assert_eq!(place(Tier::Pods, None, "b"), 129);
        assert_eq!(place(own, Some(4), "a"), 192);
        let block = "2001:db8:1:aa00::/56".parse().unwrap();
        assert_eq!(ipv6_subnet(block, 18), Some("2001:db8:1:aa12::/64".parse().unwrap()));
        assert_eq!(ipv6_subnet("2001:db8::/44".parse().unwrap(), 0), Some("2001:db8::/64".parse().unwrap()));
        assert_eq!(ipv6_subnet("2001:db8::/60".parse().unwrap(), 0), None);
        assert_eq!(ipv6_subnet(block, 256), None);
    }

    #[test]
    fn a_tier_without_an_area_has_no_place() {
        let own = Tier::Custom("cache".parse().unwrap());
        let error = ipv6_place(own, None, Slot::ALL[0]).unwrap_err().to_string();
        assert!(error.contains("cache") && error.contains("`area`"), "{error}");
    }

    proptest! {
        /// No two subnets share addresses, whichever there are and in whatever order they come; and each lies where it would
        /// lie alone, so that a tier or a zone more moves none.
        #[test]
        fn blocks_lie_inside_and_apart(high: u64, prefix in 44_u8..=56, some in prop::sample::subsequence(everything(), 0..=104)) {
            let address = std::net::Ipv6Addr::from(u128::from(high) << 64);
            let all = format!("{address}/128").parse::<Ipv6Cidr>().unwrap();
            let vpc = Ipv6Cidr::ANYWHERE.subnet(prefix, high >> (64 - prefix)).unwrap();
            prop_assert!(vpc.contains(&all));
            let block = |(tier, area, slot): &(Tier, Option<Area>, Slot)| {
                ipv6_subnet(vpc, ipv6_place(*tier, *area, *slot).unwrap()).unwrap()
            };
            let blocks: BTreeSet<Ipv6Cidr> = some.iter().map(block).collect();
            prop_assert_eq!(blocks.len(), some.len());
            prop_assert!(blocks.iter().all(|it| vpc.contains(it) && it.prefix_len() == 64));
            let reversed: BTreeSet<Ipv6Cidr> = some.iter().rev().map(block).collect();
            prop_assert_eq!(blocks, reversed);
        }
    }
}
