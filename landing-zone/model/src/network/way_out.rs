//! How the subnets of a tier reach the internet.

use serde::{Deserialize, Serialize};

use super::Tier;
use crate::text::word_type;

/// How the subnets of a tier reach the internet. The default is [`WayOut::None`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum WayOut {
    /// They do not.
    #[default]
    None,
    /// By the egress mode of the network.
    Egress,
    /// By the internet gateway, and are reached by it: what runs there needs public addresses.
    Internet,
}

impl WayOut {
    /// All ways.
    pub const ALL: [WayOut; 3] = [WayOut::None, WayOut::Egress, WayOut::Internet];

    /// The name in Terraform: `none`, `egress` or `internet`.
    pub const fn as_str(self) -> &'static str {
        match self {
            WayOut::None => "none",
            WayOut::Egress => "egress",
            WayOut::Internet => "internet",
        }
    }
}

word_type!(WayOut, "a way out", "write `none`, `egress` or `internet`");

impl Tier {
    /// The way out that the tier has; none for a tier of the network's own, which says so itself.
    pub const fn way_out(self) -> Option<WayOut> {
        match self {
            Tier::Public => Some(WayOut::Internet),
            Tier::Private | Tier::Firewall | Tier::Pods => Some(WayOut::Egress),
            Tier::Database | Tier::Intra | Tier::TransitGateway | Tier::Endpoints | Tier::EksControlPlane => {
                Some(WayOut::None)
            }
            Tier::Custom(_) => None,
        }
    }
}
