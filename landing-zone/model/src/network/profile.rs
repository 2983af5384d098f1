//! How a VPC block is divided.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// How a VPC block is divided among tiers. The default is [`Profile::Standard`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Profile {
    /// A /16 to /20 with all tiers, four slots each, and a quarter of the block free for later.
    #[default]
    Standard,
    /// A /21 to /24 with the private and public tier, four slots each.
    Compact,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Profile; 2] = [Profile::Standard, Profile::Compact];

    /// The name in specs and Terraform: `standard` or `compact`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Profile::Standard => "standard",
            Profile::Compact => "compact",
        }
    }

    /// The prefix lengths that a VPC of this profile may have.
    pub const fn prefix_lens(self) -> RangeInclusive<u8> {
        match self {
            Profile::Standard => 16..=20,
            Profile::Compact => 21..=24,
        }
    }
}

word_type!(Profile, "a network profile", "write `standard` (a VPC of /16 to /20) or `compact` (/21 to /24)");
