//! How private subnets reach the internet.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// How private subnets reach the internet. The default is [`EgressMode::None`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EgressMode {
    /// They do not.
    #[default]
    None,
    /// Through one NAT gateway in the first slot: cheap, and gone when that zone is.
    Single,
    /// Through one NAT gateway per slot: each zone stands alone.
    Zonal,
    /// Through one NAT gateway that serves all zones and is in no subnet:
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>.
    Regional,
    /// Through a transit gateway, to a network that has the way out for all.
    Centralized,
}

impl EgressMode {
    /// All modes.
    pub const ALL: [EgressMode; 5] = [
        EgressMode::None,
        EgressMode::Single,
        EgressMode::Zonal,
        EgressMode::Regional,
        EgressMode::Centralized,
    ];

    /// The name in specs and Terraform: `none`, `single_nat`, `zonal_nat`, `regional_nat` or `centralized`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EgressMode::None => "none",
            EgressMode::Single => "single_nat",
            EgressMode::Zonal => "zonal_nat",
            EgressMode::Regional => "regional_nat",
            EgressMode::Centralized => "centralized",
        }
    }

    /// Whether the mode puts NAT gateways into the public tier, which must then exist.
    pub const fn needs_public_tier(self) -> bool {
        matches!(self, EgressMode::Single | EgressMode::Zonal)
    }

    /// Whether the mode makes NAT gateways.
    pub const fn has_nat_gateways(self) -> bool {
        matches!(self, EgressMode::Single | EgressMode::Zonal | EgressMode::Regional)
    }
}

word_type!(
    EgressMode,
    "an egress mode",
    "write `none`, `single_nat`, `zonal_nat`, `regional_nat` or `centralized`"
);
