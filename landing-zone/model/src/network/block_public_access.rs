//! Exceptions from a region's VPC Block Public Access.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// What a network may do though its region blocks the way between VPCs and the internet.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum BlockPublicAccessExclusion {
    /// Packets pass both ways.
    AllowBidirectional,
    /// Only what begins in the network passes.
    AllowEgress,
}

impl BlockPublicAccessExclusion {
    /// All modes.
    pub const ALL: [BlockPublicAccessExclusion; 2] =
        [BlockPublicAccessExclusion::AllowBidirectional, BlockPublicAccessExclusion::AllowEgress];

    /// The name in specs and Terraform: `allow_bidirectional` or `allow_egress`.
    pub const fn as_str(self) -> &'static str {
        match self {
            BlockPublicAccessExclusion::AllowBidirectional => "allow_bidirectional",
            BlockPublicAccessExclusion::AllowEgress => "allow_egress",
        }
    }
}

word_type!(
    BlockPublicAccessExclusion,
    "an exclusion from block public access",
    "write `allow_bidirectional` or `allow_egress`"
);
