//! How a VPC block is divided.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::Slot;
use crate::text::word_type;

/// How a VPC block is divided among tiers. The default is [`Profile::Standard`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Profile {
    /// A /16 to /20 with all tiers, four slots each, and a quarter of the block for tiers of one's own.
    #[default]
    Standard,
    /// A /21 to /24 with the private, public and transit gateway tier, four slots each.
    Compact,
    /// As standard, with eight slots, for regions with more than four zones: a /16 to /19.
    Wide,
    /// No division: each subnet is given its block. For networks that were laid out by hand.
    Custom,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Profile; 4] = [Profile::Standard, Profile::Compact, Profile::Wide, Profile::Custom];

    /// The name in specs and Terraform: `standard`, `compact`, `wide` or `custom`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Profile::Standard => "standard",
            Profile::Compact => "compact",
            Profile::Wide => "wide",
            Profile::Custom => "custom",
        }
    }

    /// The prefix lengths that a VPC of this profile may have.
    pub const fn prefix_lens(self) -> RangeInclusive<u8> {
        match self {
            Profile::Standard => 16..=20,
            Profile::Compact => 21..=24,
            Profile::Wide => 16..=19,
            Profile::Custom => 16..=28,
        }
    }

    /// The slots that a VPC of this profile has, in order.
    pub fn slots(self) -> &'static [Slot] {
        match self {
            Profile::Standard | Profile::Compact => &Slot::ALL[..4],
            Profile::Wide | Profile::Custom => &Slot::ALL,
        }
    }
}

word_type!(
    Profile,
    "a network profile",
    "write `standard` (a VPC of /16 to /20), `compact` (/21 to /24), `wide` (/16 to /19, up to eight zones) or `custom` (every subnet is given its block)"
);
