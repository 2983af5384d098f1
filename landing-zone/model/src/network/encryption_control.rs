//! Encryption control of a VPC: whether traffic that AWS does not encrypt is told, or refused.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// What AWS does about traffic in a VPC that is not encrypted. The default is [`EncryptionMode::Monitor`].
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EncryptionMode {
    /// Flow logs tell of each flow whether it is encrypted.
    #[default]
    Monitor,
    /// Nothing can be made in the VPC that would send without encryption, but by what is excluded.
    Enforce,
}

impl EncryptionMode {
    /// All modes.
    pub const ALL: [EncryptionMode; 2] = [EncryptionMode::Monitor, EncryptionMode::Enforce];

    /// The name in specs and Terraform: `monitor` or `enforce`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EncryptionMode::Monitor => "monitor",
            EncryptionMode::Enforce => "enforce",
        }
    }
}

word_type!(EncryptionMode, "a mode of encryption control", "write `monitor` or `enforce`");

/// A way out of a VPC that may stay without encryption while everything else is enforced.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEncryptionControlExclusions.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EncryptionExclusion {
    /// Egress-only internet gateways.
    EgressOnlyInternetGateway,
    /// Elastic File System.
    ElasticFileSystem,
    /// Internet gateways.
    InternetGateway,
    /// Lambda functions.
    Lambda,
    /// NAT gateways.
    NatGateway,
    /// Virtual private gateways.
    VirtualPrivateGateway,
    /// VPC Lattice.
    VpcLattice,
    /// Peering connections.
    VpcPeering,
}

impl EncryptionExclusion {
    /// All of them.
    pub const ALL: [EncryptionExclusion; 8] = [
        EncryptionExclusion::EgressOnlyInternetGateway,
        EncryptionExclusion::ElasticFileSystem,
        EncryptionExclusion::InternetGateway,
        EncryptionExclusion::Lambda,
        EncryptionExclusion::NatGateway,
        EncryptionExclusion::VirtualPrivateGateway,
        EncryptionExclusion::VpcLattice,
        EncryptionExclusion::VpcPeering,
    ];

    /// The name in specs and Terraform, such as `nat_gateway`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EncryptionExclusion::EgressOnlyInternetGateway => "egress_only_internet_gateway",
            EncryptionExclusion::ElasticFileSystem => "elastic_file_system",
            EncryptionExclusion::InternetGateway => "internet_gateway",
            EncryptionExclusion::Lambda => "lambda",
            EncryptionExclusion::NatGateway => "nat_gateway",
            EncryptionExclusion::VirtualPrivateGateway => "virtual_private_gateway",
            EncryptionExclusion::VpcLattice => "vpc_lattice",
            EncryptionExclusion::VpcPeering => "vpc_peering",
        }
    }
}

word_type!(
    EncryptionExclusion,
    "an exclusion from encryption",
    "write `egress_only_internet_gateway`, `elastic_file_system`, `internet_gateway`, `lambda`, `nat_gateway`, \
     `virtual_private_gateway`, `vpc_lattice` or `vpc_peering`"
);
