//! Which subnets have a network ACL of their own, and whom it lets through.

use serde::{Deserialize, Serialize};

use crate::Cidr;
use crate::text::word_type;

/// The network ACLs of a network. The default is [`NetworkAclPreset::Open`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum NetworkAclPreset {
    /// All subnets use the VPC's default ACL, which lets everything through.
    #[default]
    Open,
    /// Tiers for data exchange packets with private addresses only.
    Private,
    /// Tiers for data exchange packets with the network itself only.
    Isolated,
}

impl NetworkAclPreset {
    /// All presets.
    pub const ALL: [NetworkAclPreset; 3] =
        [NetworkAclPreset::Open, NetworkAclPreset::Private, NetworkAclPreset::Isolated];

    /// The name in specs and Terraform: `open`, `private` or `isolated`.
    pub const fn as_str(self) -> &'static str {
        match self {
            NetworkAclPreset::Open => "open",
            NetworkAclPreset::Private => "private",
            NetworkAclPreset::Isolated => "isolated",
        }
    }

    /// The blocks that tiers for data exchange packets with, for a network of these blocks; none where everything passes. No
    /// block lies in another one.
    pub fn peers(self, own: &[Cidr]) -> Option<Vec<Cidr>> {
        let mut peers: Vec<Cidr> = match self {
            NetworkAclPreset::Open => return None,
            NetworkAclPreset::Private => Cidr::PRIVATE.to_vec(),
            NetworkAclPreset::Isolated => Vec::new(),
        };
        for block in own {
            if !peers.iter().any(|peer| peer.contains(block)) {
                peers.push(*block);
            }
        }
        peers.sort();
        Some(peers)
    }
}

word_type!(NetworkAclPreset, "a preset of network ACLs", "write `open`, `private` or `isolated`");

#[cfg(test)]
mod tests {
    use super::*;

    fn peers(preset: NetworkAclPreset) -> Option<Vec<String>> {
        let own = ["10.0.0.0/16", "198.18.0.0/16"].map(|text| text.parse().unwrap());
        preset.peers(&own).map(|peers| peers.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn blocks_of_the_network_are_peers_and_none_is_named_twice() {
        assert_eq!(peers(NetworkAclPreset::Open), None);
        assert_eq!(peers(NetworkAclPreset::Isolated).unwrap(), ["10.0.0.0/16", "198.18.0.0/16"]);
        let expected = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/16"];
        assert_eq!(peers(NetworkAclPreset::Private).unwrap(), expected);
    }
}
