//! Where each subnet of a VPC lies: a pure function of (VPC block, profile, tier, slot).
//!
//! | standard, in 64ths of the VPC | tier | compact, in 16ths |
//! |---|---|---|
//! | 0-31, four of eight | private | 0-7, four of two |
//! | 32-35, four of one | public | 8-11, four of one |
//! | 36-39, four of one | database | - |
//! | 40-43, four of one | intra | - |
//! | 44, four quarters | endpoints (reserved) | - |
//! | 45, four quarters | firewall (reserved) | - |
//! | 46, four quarters | transit gateway (reserved) | 12-15, four of one |
//! | 47, four quarters | EKS control plane (reserved) | - |
//! | 48-63 | free | - |

use std::collections::BTreeMap;

use super::{Profile, ReservedTier, Slot, Tier};
use crate::{Cidr, limits};

/// The layout of one VPC. Which tiers and slots are in use has no effect on where any subnet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    vpc: Cidr,
    profile: Profile,
}

impl Layout {
    /// The layout of the block `vpc` under `profile`.
    ///
    /// # Errors
    /// When the block is larger or smaller than the profile divides.
    pub fn new(vpc: Cidr, profile: Profile) -> Result<Self, LayoutError> {
        let allowed = profile.prefix_lens();
        if vpc.prefix_len() < *allowed.start() {
            return Err(LayoutError::TooLarge { vpc, profile });
        }
        if vpc.prefix_len() > *allowed.end() {
            return Err(LayoutError::TooSmall { vpc, profile });
        }
        Ok(Self { vpc, profile })
    }

    /// The subnet of `tier` in `slot`.
    ///
    /// # Errors
    /// When the profile has no such tier.
    pub fn subnet(&self, tier: Tier, slot: Slot) -> Result<Cidr, LayoutError> {
        self.place(tier_area(self.profile, tier), tier.as_str(), slot)
    }

    /// The block that is kept for a later feature in `slot`.
    ///
    /// # Errors
    /// When the profile keeps no such block.
    pub fn reserved(&self, tier: ReservedTier, slot: Slot) -> Result<Cidr, LayoutError> {
        self.place(reserved_area(self.profile, tier), tier.as_str(), slot)
    }

    /// What each tier of the profile holds.
    pub fn capacity(&self) -> BTreeMap<Tier, Capacity> {
        Tier::ALL
            .into_iter()
            .filter_map(|tier| {
                let area = tier_area(self.profile, tier)?;
                let prefix_len = self.vpc.prefix_len() + area.extra_bits;
                let addresses = 1_u64 << (32 - prefix_len);
                let usable_addresses = addresses - limits::SUBNET_RESERVED_ADDRESSES.value as u64;
                Some((tier, Capacity { subnets: Slot::ALL.len(), prefix_len, usable_addresses }))
            })
            .collect()
    }

    fn place(&self, area: Option<Area>, tier: &'static str, slot: Slot) -> Result<Cidr, LayoutError> {
        area.and_then(|area| {
            self.vpc.subnet(self.vpc.prefix_len() + area.extra_bits, area.first + slot.index())
        })
        .ok_or(LayoutError::NotInProfile { tier, profile: self.profile })
    }
}

/// What one tier of a layout holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// The most subnets, one per slot.
    pub subnets: usize,
    /// The prefix length of each subnet.
    pub prefix_len: u8,
    /// The addresses in each subnet that objects can have: all but the five that AWS keeps.
    pub usable_addresses: u64,
}

/// Why a subnet has no place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// The VPC block is larger than the profile divides.
    #[error("the network {vpc} is too large for profile `{profile}`: {}", fix(*profile))]
    TooLarge {
        /// The VPC block.
        vpc: Cidr,
        /// The profile.
        profile: Profile,
    },
    /// The VPC block is smaller than the profile divides.
    #[error("the network {vpc} is too small for profile `{profile}`: {}", fix(*profile))]
    TooSmall {
        /// The VPC block.
        vpc: Cidr,
        /// The profile.
        profile: Profile,
    },
    /// The profile has no such tier.
    #[error(
        "profile `{profile}` has no tier `{tier}`: leave the tier out, or use profile `standard` with a /16 to /20"
    )]
    NotInProfile {
        /// The name of the tier.
        tier: &'static str,
        /// The profile.
        profile: Profile,
    },
}

fn fix(profile: Profile) -> &'static str {
    match profile {
        Profile::Standard => "use a /16 to /20, or profile `compact` for a /21 to /24",
        Profile::Compact => "use a /21 to /24, or profile `standard` for a /16 to /20",
    }
}

/// Four neighbouring blocks of `vpc prefix + extra_bits`, the first of which has the index `first`.
#[derive(Clone, Copy)]
struct Area {
    extra_bits: u8,
    first: u32,
}

const fn area(extra_bits: u8, first: u32) -> Option<Area> {
    Some(Area { extra_bits, first })
}

const fn tier_area(profile: Profile, tier: Tier) -> Option<Area> {
    match (profile, tier) {
        (_, Tier::Private) => area(3, 0),
        (Profile::Standard, Tier::Public) => area(6, 32),
        (Profile::Standard, Tier::Database) => area(6, 36),
        (Profile::Standard, Tier::Intra) => area(6, 40),
        (Profile::Compact, Tier::Public) => area(4, 8),
        (Profile::Compact, Tier::Database | Tier::Intra) => None,
    }
}

const fn reserved_area(profile: Profile, tier: ReservedTier) -> Option<Area> {
    match (profile, tier) {
        (Profile::Standard, ReservedTier::Endpoints) => area(8, 44 * 4),
        (Profile::Standard, ReservedTier::Firewall) => area(8, 45 * 4),
        (Profile::Standard, ReservedTier::TransitGateway) => area(8, 46 * 4),
        (Profile::Standard, ReservedTier::EksControlPlane) => area(8, 47 * 4),
        (Profile::Compact, ReservedTier::TransitGateway) => area(4, 12),
        (Profile::Compact, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn layout(vpc: &str, profile: Profile) -> Result<Layout, LayoutError> {
        Layout::new(vpc.parse().unwrap(), profile)
    }

    fn subnets(vpc: &str, profile: Profile) -> Vec<String> {
        let layout = layout(vpc, profile).unwrap();
        let pairs = Tier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| (tier, slot)));
        pairs
            .filter_map(|(tier, slot)| Some(format!("{tier}/{slot} {}", layout.subnet(tier, slot).ok()?)))
            .collect()
    }

    #[test]
    fn a_standard_network() {
        assert_eq!(
            subnets("10.64.0.0/16", Profile::Standard),
            [
                "public/a 10.64.128.0/22",
                "public/b 10.64.132.0/22",
                "public/c 10.64.136.0/22",
                "public/d 10.64.140.0/22",
                "private/a 10.64.0.0/19",
                "private/b 10.64.32.0/19",
                "private/c 10.64.64.0/19",
                "private/d 10.64.96.0/19",
                "database/a 10.64.144.0/22",
                "database/b 10.64.148.0/22",
                "database/c 10.64.152.0/22",
                "database/d 10.64.156.0/22",
                "intra/a 10.64.160.0/22",
                "intra/b 10.64.164.0/22",
                "intra/c 10.64.168.0/22",
                "intra/d 10.64.172.0/22",
            ]
        );
    }

    #[test]
    fn a_compact_network() {
        assert_eq!(
            subnets("10.0.1.0/24", Profile::Compact),
            [
                "public/a 10.0.1.128/28",
                "public/b 10.0.1.144/28",
                "public/c 10.0.1.160/28",
                "public/d 10.0.1.176/28",
                "private/a 10.0.1.0/27",
                "private/b 10.0.1.32/27",
                "private/c 10.0.1.64/27",
                "private/d 10.0.1.96/27",
            ]
        );
    }

    #[test]
    fn sizes_outside_the_profile_name_the_fix() {
        for (vpc, profile, expected) in [
            ("10.0.0.0/15", Profile::Standard, "the network 10.0.0.0/15 is too large for profile `standard`"),
            ("10.0.0.0/21", Profile::Standard, "or profile `compact` for a /21 to /24"),
            ("10.0.0.0/20", Profile::Compact, "or profile `standard` for a /16 to /20"),
            ("10.0.0.0/25", Profile::Compact, "the network 10.0.0.0/25 is too small for profile `compact`"),
        ] {
            let error = layout(vpc, profile).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let error =
            layout("10.0.0.0/24", Profile::Compact).unwrap().subnet(Tier::Intra, Slot::ALL[0]).unwrap_err();
        assert!(error.to_string().starts_with("profile `compact` has no tier `intra`"), "{error}");
    }

    #[test]
    fn capacity_counts_what_aws_leaves() {
        let capacity = layout("10.0.0.0/24", Profile::Compact).unwrap().capacity();
        assert_eq!(capacity[&Tier::Public], Capacity { subnets: 4, prefix_len: 28, usable_addresses: 11 });
        assert!(!capacity.contains_key(&Tier::Intra));
    }

    fn any_layout() -> impl Strategy<Value = Layout> {
        (16_u8..=24, any::<u32>()).prop_map(|(prefix, index)| {
            let profile = if prefix <= 20 { Profile::Standard } else { Profile::Compact };
            let ten: Cidr = "10.0.0.0/8".parse().unwrap();
            Layout::new(ten.subnet(prefix, index % (1 << (prefix - 8))).unwrap(), profile).unwrap()
        })
    }

    fn every_block(layout: &Layout) -> Vec<Cidr> {
        let tiers = Tier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| layout.subnet(tier, slot)));
        let reserved =
            ReservedTier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| layout.reserved(tier, slot)));
        tiers.chain(reserved).filter_map(Result::ok).collect()
    }

    proptest! {
        #[test]
        fn blocks_are_contained_disjoint_and_of_a_size_aws_takes(layout in any_layout()) {
            let blocks = every_block(&layout);
            prop_assert_eq!(blocks.len(), if layout.profile == Profile::Standard { 32 } else { 12 });
            for (index, block) in blocks.iter().enumerate() {
                prop_assert!(layout.vpc.contains(block));
                prop_assert!((16..=28).contains(&block.prefix_len()));
                prop_assert_eq!(u64::from(u32::from(block.address())) % block.addresses(), 0);
                prop_assert!(blocks[index + 1..].iter().all(|other| !block.overlaps(other)));
            }
        }

        /// Enabling tiers and slots one after the other, in any order, gives each the place it has alone.
        #[test]
        fn no_order_of_growth_moves_a_subnet(
            layout in any_layout(),
            order in Just(Tier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| (tier, slot))).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let alone: BTreeMap<_, _> = order.iter().map(|pair| (*pair, layout.subnet(pair.0, pair.1))).collect();
            let mut grown = BTreeMap::new();
            for (tier, slot) in order {
                let fresh = Layout::new(layout.vpc, layout.profile).unwrap();
                grown.insert((tier, slot), fresh.subnet(tier, slot));
                for (pair, place) in &grown {
                    prop_assert_eq!(place, &alone[pair]);
                }
            }
        }
    }
}
