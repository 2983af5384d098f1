//! Where each subnet of a VPC lies: a pure function of (VPC block, profile, tier, slot).
//!
//! | standard, in 64ths of the VPC | tier | compact, in 16ths |
//! |---|---|---|
//! | 0-31, four of eight | private | 0-7, four of two |
//! | 32-35, four of one | public | 8-11, four of one |
//! | 36-39, four of one | database | - |
//! | 40-43, four of one | intra | - |
//! | 44, four quarters | endpoints | - |
//! | 45, four quarters | firewall | - |
//! | 46, four quarters | transit gateway | 12-15, four of one |
//! | 47, four quarters | EKS control plane | - |
//! | 48-63, four areas of four of one | tiers of one's own | - |
//!
//! The profile `wide` is `standard` with eight subnets of half the size in the place of four. Pods have a block of their own,
//! of which each slot has its part.

use std::collections::BTreeMap;

use super::{Area, Profile, Slot, Tier};
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
    /// When the profile has no such tier or no such slot.
    pub fn subnet(&self, tier: Tier, slot: Slot) -> Result<Cidr, LayoutError> {
        self.place(row(self.profile, tier), tier, slot)
    }

    /// The subnet in `slot` of the tier of the network's own that has `area`.
    ///
    /// # Errors
    /// When the profile has no such areas or no such slot.
    pub fn own_subnet(&self, tier: Tier, area: Area, slot: Slot) -> Result<Cidr, LayoutError> {
        let first = 48 + area.index() * 4;
        let row = match self.profile {
            Profile::Standard => Some(Row { extra_bits: 6, first }),
            Profile::Wide => Some(Row { extra_bits: 6, first }.halved()),
            Profile::Compact | Profile::Custom => None,
        };
        self.place(row, tier, slot)
    }

    /// What each tier of the profile holds.
    pub fn capacity(&self) -> BTreeMap<Tier, Capacity> {
        Tier::ALL
            .into_iter()
            .filter_map(|tier| {
                let row = row(self.profile, tier)?;
                let prefix_len = self.vpc.prefix_len() + row.extra_bits;
                let addresses = 1_u64 << (32 - prefix_len);
                let usable_addresses = addresses - limits::SUBNET_RESERVED_ADDRESSES.value as u64;
                let subnets = self.profile.slots().len();
                Some((tier, Capacity { subnets, prefix_len, usable_addresses }))
            })
            .collect()
    }

    fn place(&self, row: Option<Row>, tier: Tier, slot: Slot) -> Result<Cidr, LayoutError> {
        let row = row.ok_or(LayoutError::NotInProfile { tier, profile: self.profile })?;
        if !self.profile.slots().contains(&slot) {
            return Err(LayoutError::NoSuchSlot { slot, profile: self.profile });
        }
        let subnet = self.vpc.subnet(self.vpc.prefix_len() + row.extra_bits, row.first + slot.index());
        subnet.ok_or(LayoutError::NotInProfile { tier, profile: self.profile })
    }
}

/// The part of `slot` in a block for pods: a quarter, or an eighth where the profile has eight slots.
///
/// # Errors
/// When the parts are smaller than a subnet may be, or the profile has no such slot.
pub fn pods_subnet(pods: Cidr, profile: Profile, slot: Slot) -> Result<Cidr, LayoutError> {
    if !profile.slots().contains(&slot) {
        return Err(LayoutError::NoSuchSlot { slot, profile });
    }
    let bits = if profile.slots().len() > 4 { 3 } else { 2 };
    let prefix_len = pods.prefix_len() + bits;
    let fits = usize::from(prefix_len) <= limits::SUBNET_LONGEST_PREFIX.value;
    fits.then(|| pods.subnet(prefix_len, slot.index())).flatten().ok_or(LayoutError::PodsTooSmall { pods })
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
    #[error("profile `{profile}` has no place for tier `{tier}`: {}", place_fix(*profile))]
    NotInProfile {
        /// The tier.
        tier: Tier,
        /// The profile.
        profile: Profile,
    },
    /// A tier of the network's own has no area.
    #[error(
        "tier `{tier}` has no place: give it an `area` of 1 to 4, or each of its subnets a block in `subnet_overrides`"
    )]
    NoArea {
        /// The tier.
        tier: Tier,
    },
    /// A tier of the network's own has no area, which an IPv6 block is told by.
    #[error("tier `{tier}` has no place for IPv6: give it an `area` of 1 to 4")]
    NoIpv6Place {
        /// The tier.
        tier: Tier,
    },
    /// The profile has fewer slots.
    #[error(
        "profile `{profile}` has no slot `{slot}`: use `a` to `d`, or profile `wide` with a /16 to /19 for up to eight zones"
    )]
    NoSuchSlot {
        /// The slot.
        slot: Slot,
        /// The profile.
        profile: Profile,
    },
    /// The block for pods has no room for a subnet per slot.
    #[error("the block {pods} for pods is too small: each zone needs a /28 or more of it")]
    PodsTooSmall {
        /// The block.
        pods: Cidr,
    },
}

fn fix(profile: Profile) -> &'static str {
    match profile {
        Profile::Standard => {
            "use a /16 to /20, profile `compact` for a /21 to /24, or profile `custom` for any size"
        }
        Profile::Compact => {
            "use a /21 to /24, profile `standard` for a /16 to /20, or profile `custom` for any size"
        }
        Profile::Wide => "use a /16 to /19, or profile `standard` for a /20",
        Profile::Custom => "AWS takes a /16 to /28",
    }
}

fn place_fix(profile: Profile) -> &'static str {
    match profile {
        Profile::Custom => "give each of its subnets a block in `subnet_overrides`",
        _ => "leave the tier out, or use profile `standard` with a /16 to /20",
    }
}

/// Neighbouring blocks of `vpc prefix + extra_bits`, the first of which has the index `first`.
#[derive(Clone, Copy)]
struct Row {
    extra_bits: u8,
    first: u32,
}

impl Row {
    /// Twice as many blocks of half the size in the same place.
    const fn halved(self) -> Self {
        Self { extra_bits: self.extra_bits + 1, first: self.first * 2 }
    }
}

const fn row(profile: Profile, tier: Tier) -> Option<Row> {
    match profile {
        Profile::Standard => standard_row(tier),
        Profile::Wide => match standard_row(tier) {
            Some(row) => Some(row.halved()),
            None => None,
        },
        Profile::Compact => compact_row(tier),
        Profile::Custom => None,
    }
}

const fn standard_row(tier: Tier) -> Option<Row> {
    let (extra_bits, first) = match tier {
        Tier::Private => (3, 0),
        Tier::Public => (6, 32),
        Tier::Database => (6, 36),
        Tier::Intra => (6, 40),
        Tier::Endpoints => (8, 44 * 4),
        Tier::Firewall => (8, 45 * 4),
        Tier::TransitGateway => (8, 46 * 4),
        Tier::EksControlPlane => (8, 47 * 4),
        Tier::Pods | Tier::Custom(_) => return None,
    };
    Some(Row { extra_bits, first })
}

const fn compact_row(tier: Tier) -> Option<Row> {
    let (extra_bits, first) = match tier {
        Tier::Private => (3, 0),
        Tier::Public => (4, 8),
        Tier::TransitGateway => (4, 12),
        _ => return None,
    };
    Some(Row { extra_bits, first })
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
                "tgw/a 10.64.184.0/24",
                "tgw/b 10.64.185.0/24",
                "tgw/c 10.64.186.0/24",
                "tgw/d 10.64.187.0/24",
                "endpoints/a 10.64.176.0/24",
                "endpoints/b 10.64.177.0/24",
                "endpoints/c 10.64.178.0/24",
                "endpoints/d 10.64.179.0/24",
                "firewall/a 10.64.180.0/24",
                "firewall/b 10.64.181.0/24",
                "firewall/c 10.64.182.0/24",
                "firewall/d 10.64.183.0/24",
                "eks_eni/a 10.64.188.0/24",
                "eks_eni/b 10.64.189.0/24",
                "eks_eni/c 10.64.190.0/24",
                "eks_eni/d 10.64.191.0/24",
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
                "tgw/a 10.0.1.192/28",
                "tgw/b 10.0.1.208/28",
                "tgw/c 10.0.1.224/28",
                "tgw/d 10.0.1.240/28",
            ]
        );
    }

    #[test]
    fn a_wide_network_has_eight_subnets_in_the_place_of_four() {
        let wide = subnets("10.64.0.0/16", Profile::Wide);
        assert_eq!(wide.len(), 64);
        for expected in ["private/h 10.64.112.0/20", "public/a 10.64.128.0/23", "eks_eni/h 10.64.191.128/25"]
        {
            assert!(wide.iter().any(|line| line == expected), "{expected}: {wide:?}");
        }
    }

    #[test]
    fn tiers_of_ones_own_have_their_areas() {
        let tier = Tier::Custom("cache".parse().unwrap());
        let own = |vpc, profile, area, slot: &str| {
            let slot = slot.parse().unwrap();
            layout(vpc, profile).unwrap().own_subnet(tier, Area::new(area).unwrap(), slot)
        };
        assert_eq!(own("10.64.0.0/16", Profile::Standard, 1, "a").unwrap().to_string(), "10.64.192.0/22");
        assert_eq!(own("10.64.0.0/16", Profile::Standard, 4, "d").unwrap().to_string(), "10.64.252.0/22");
        assert_eq!(own("10.64.0.0/16", Profile::Wide, 4, "h").unwrap().to_string(), "10.64.254.0/23");
        for profile in [Profile::Compact, Profile::Custom] {
            let error = own("10.0.0.0/24", profile, 1, "a").unwrap_err().to_string();
            assert!(error.contains("has no place for tier `cache`"), "{error}");
        }
    }

    #[test]
    fn pods_have_a_block_of_their_own() {
        let place = |pods: &str, profile, slot: &str| {
            pods_subnet(pods.parse().unwrap(), profile, slot.parse().unwrap()).map(|cidr| cidr.to_string())
        };
        assert_eq!(place("100.64.0.0/16", Profile::Standard, "d").unwrap(), "100.64.192.0/18");
        assert_eq!(place("100.64.0.0/16", Profile::Wide, "h").unwrap(), "100.64.224.0/19");
        assert_eq!(place("100.64.0.0/26", Profile::Standard, "a").unwrap(), "100.64.0.0/28");
        assert!(
            place("100.64.0.0/27", Profile::Standard, "a").unwrap_err().to_string().contains("too small")
        );
        assert!(
            place("100.64.0.0/16", Profile::Standard, "e").unwrap_err().to_string().contains("no slot `e`")
        );
    }

    #[test]
    fn sizes_outside_the_profile_name_the_fix() {
        for (vpc, profile, expected) in [
            ("10.0.0.0/15", Profile::Standard, "the network 10.0.0.0/15 is too large for profile `standard`"),
            ("10.0.0.0/21", Profile::Standard, "profile `compact` for a /21 to /24"),
            ("10.0.0.0/20", Profile::Compact, "profile `standard` for a /16 to /20"),
            ("10.0.0.0/20", Profile::Wide, "or profile `standard` for a /20"),
            ("10.0.0.0/25", Profile::Compact, "the network 10.0.0.0/25 is too small for profile `compact`"),
        ] {
            let error = layout(vpc, profile).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let error =
            layout("10.0.0.0/24", Profile::Compact).unwrap().subnet(Tier::Intra, Slot::ALL[0]).unwrap_err();
        assert!(error.to_string().starts_with("profile `compact` has no place for tier `intra`"), "{error}");
    }

    #[test]
    fn capacity_counts_what_aws_leaves() {
        let capacity = layout("10.0.0.0/24", Profile::Compact).unwrap().capacity();
        assert_eq!(capacity[&Tier::Public], Capacity { subnets: 4, prefix_len: 28, usable_addresses: 11 });
        assert!(!capacity.contains_key(&Tier::Intra));
    }

    fn any_layout() -> impl Strategy<Value = Layout> {
        (16_u8..=24, any::<bool>(), any::<u32>()).prop_map(|(prefix, wide, index)| {
            let profile = match prefix {
                ..=19 if wide => Profile::Wide,
                ..=20 => Profile::Standard,
                _ => Profile::Compact,
            };
            let ten: Cidr = "10.0.0.0/8".parse().unwrap();
            Layout::new(ten.subnet(prefix, index % (1 << (prefix - 8))).unwrap(), profile).unwrap()
        })
    }

    fn every_block(layout: &Layout) -> Vec<Cidr> {
        let tiers = Tier::ALL.into_iter().flat_map(|tier| Slot::ALL.map(|slot| layout.subnet(tier, slot)));
        let own = Tier::Custom("own".parse().unwrap());
        let areas = (1..=4).filter_map(Area::new);
        let own = areas.flat_map(|area| Slot::ALL.map(|slot| layout.own_subnet(own, area, slot)));
        tiers.chain(own).filter_map(Result::ok).collect()
    }

    proptest! {
        #[test]
        fn blocks_are_contained_disjoint_and_of_a_size_aws_takes(layout in any_layout()) {
            let blocks = every_block(&layout);
            let tiers = if layout.profile == Profile::Compact { 3 } else { 12 };
            prop_assert_eq!(blocks.len(), tiers * layout.profile.slots().len());
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
