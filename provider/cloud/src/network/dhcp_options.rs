//! Sets of DHCP options, as the network port speaks of them.

use crate::Tags;
use crate::id::DhcpOptionsId;

/// A set of DHCP options. AWS cannot change one: another is made in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DhcpOptions {
    /// Its id.
    pub id: DhcpOptionsId,
    /// What it tells.
    pub settings: DhcpSettings,
    /// Its tags.
    pub tags: Tags,
}

/// What instances are told when they ask for an address. An empty list is not told at all.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html>
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DhcpSettings {
    /// The domain that names without a dot are looked up in.
    pub domain_name: Option<String>,
    /// DNS servers: addresses, or `AmazonProvidedDNS`.
    pub domain_name_servers: Vec<String>,
    /// Time servers.
    pub ntp_servers: Vec<String>,
    /// NetBIOS name servers.
    pub netbios_name_servers: Vec<String>,
    /// How NetBIOS names are looked up: 1, 2, 4 or 8.
    pub netbios_node_type: Option<i64>,
}
