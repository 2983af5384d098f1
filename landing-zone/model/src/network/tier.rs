//! The kinds of subnet in a VPC.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::InvalidText;
use crate::text::word_type;

/// A kind of subnet that a network can have, one subnet per slot.
///
/// The forms in text are those of the tiers that every profile may have a place for; [`AnyTier`] reads and writes the others,
/// too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tier {
    /// Routed to the internet gateway: load balancers and NAT gateways.
    Public,
    /// Reaches out by the egress mode, is not reached from outside: workloads.
    Private,
    /// Reaches nothing outside: databases and caches.
    Database,
    /// Reaches nothing outside: internal services that must stay apart.
    Intra,
    /// The network interfaces of a transit gateway attachment, which AWS advises to give subnets of their own:
    /// <https://docs.aws.amazon.com/vpc/latest/tgw/tgw-best-design-practices.html>.
    TransitGateway,
    /// Interface endpoints.
    Endpoints,
    /// Firewall endpoints. Reaches out by the egress mode, as the network that inspects the traffic of others needs it.
    Firewall,
    /// The network interfaces of EKS control planes.
    EksControlPlane,
    /// Pods of Kubernetes, in a block of their own. A network has this tier when it has that block.
    Pods,
    /// A tier that the network defines itself.
    Custom(TierName),
}

impl Tier {
    /// The tiers that a network can just name.
    pub const ALL: [Tier; 8] = [
        Tier::Public,
        Tier::Private,
        Tier::Database,
        Tier::Intra,
        Tier::TransitGateway,
        Tier::Endpoints,
        Tier::Firewall,
        Tier::EksControlPlane,
    ];

    /// The name in specs and Terraform, such as `public`, `tgw` or `eks_eni`.
    pub fn as_str(&self) -> &str {
        match self {
            Tier::Public => "public",
            Tier::Private => "private",
            Tier::Database => "database",
            Tier::Intra => "intra",
            Tier::TransitGateway => "tgw",
            Tier::Endpoints => "endpoints",
            Tier::Firewall => "firewall",
            Tier::EksControlPlane => "eks_eni",
            Tier::Pods => "pods",
            Tier::Custom(name) => name.as_str(),
        }
    }
}

word_type!(
    Tier,
    "a tier",
    "write `public`, `private`, `database`, `intra`, `tgw`, `endpoints`, `firewall` or `eks_eni`"
);

/// A tier by its name, one that the network defines itself among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnyTier(pub Tier);

impl FromStr for AnyTier {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        if text == Tier::Pods.as_str() {
            return Ok(Self(Tier::Pods));
        }
        Ok(Self(text.parse().or_else(|_| text.parse().map(Tier::Custom))?))
    }
}

impl fmt::Display for AnyTier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The name of a tier that a network defines itself: 1 to 16 small letters, digits and `_`, a letter first, and not the name of
/// another tier. It is part of tags and of the keys of outputs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierName([u8; TierName::LONGEST]);

impl TierName {
    const LONGEST: usize = 16;

    /// The name itself.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl FromStr for TierName {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, InvalidText> {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let letter_first = text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        let taken = text.parse::<Tier>().is_ok() || text == Tier::Pods.as_str();
        if taken || !letter_first || text.len() > Self::LONGEST || !text.bytes().all(good) {
            return Err(InvalidText {
                what: "the name of a tier of your own",
                given: text.to_owned(),
                rule: "use 1 to 16 of `a` to `z`, `0` to `9` and `_`, a letter first, and no name that Landform has a tier for",
            });
        }
        let mut name = [0; Self::LONGEST];
        name[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(name))
    }
}

impl fmt::Debug for TierName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
}

impl fmt::Display for TierName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The area of the VPC block where the subnets of a tier of the network's own lie: 1 to 4.
///
/// The profiles `standard` and `wide` keep a quarter of the block for such tiers, cut into four areas. The number fixes the
/// place, so that no other tier moves when one comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(u8);

impl Area {
    /// The area of this number; none when there is no such area.
    pub const fn new(number: u64) -> Option<Self> {
        match number {
            1..=4 => Some(Self(number as u8)),
            _ => None,
        }
    }

    /// The number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Its position, from 0.
    pub(super) const fn index(self) -> u32 {
        self.0 as u32 - 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tier_is_read_from_its_name() {
        let custom = Tier::Custom("cache_2".parse().unwrap());
        for tier in Tier::ALL.into_iter().chain([Tier::Pods, custom]) {
            assert_eq!(tier.to_string().parse(), Ok(AnyTier(tier)));
        }
        assert!("pods".parse::<Tier>().is_err() && "cache_2".parse::<Tier>().is_err());
    }

    #[test]
    fn a_name_of_its_own_is_short_and_its_own() {
        assert_eq!("sixteen_letters_".parse::<TierName>().unwrap().as_str(), "sixteen_letters_");
        for bad in ["", "seventeen_letters", "Cache", "2nd", "a-b", "public", "pods", "é"] {
            assert!(bad.parse::<TierName>().is_err(), "{bad}");
        }
        assert!("ab".parse::<TierName>().unwrap() < "b".parse().unwrap());
    }

    #[test]
    fn there_are_four_areas() {
        assert_eq!(
            [0, 1, 4, 5].map(|number| Area::new(number).map(Area::index)),
            [None, Some(0), Some(3), None]
        );
    }
}
