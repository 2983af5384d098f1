//! Units of kind `network`: one VPC each.

pub(crate) mod check;
mod inputs;
pub mod spec;

use super::Kind;

/// The kind `network`, whose module is the project's `modules/network`.
pub const KIND: Kind = Kind {
    name: "network",
    outputs: &[
        ("id", "The ID of the VPC."),
        ("nat_public_ips", "The public addresses that the network is seen with, by slot."),
        ("subnet_ids", "The IDs of the subnets by tier, in the order of their slots."),
        ("subnets", "The subnets by tier and slot."),
    ],
    module: &[
        ("main.tf", include_str!("../../../../../modules/network/main.tf")),
        ("outputs.tf", include_str!("../../../../../modules/network/outputs.tf")),
        ("variables.tf", include_str!("../../../../../modules/network/variables.tf")),
        ("versions.tf", include_str!("../../../../../modules/network/versions.tf")),
    ],
};
