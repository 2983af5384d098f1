//! IPv4 networks.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

/// An IPv4 network in its canonical form: no bit of the address is set beyond the prefix.
///
/// Ordered by address, then by prefix length, so a network sorts before the networks inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr(Ipv4Net);

impl Cidr {
    /// `0.0.0.0/0`: every address, the destination of a default route.
    pub const ANYWHERE: Cidr = Cidr(Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0));
    /// The blocks of addresses that no packet on the internet has.
    ///
    /// <https://www.rfc-editor.org/rfc/rfc1918>, <https://www.rfc-editor.org/rfc/rfc6598>
    pub const PRIVATE: [Cidr; 4] = [
        Cidr(Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8)),
        Cidr(Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10)),
        Cidr(Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12)),
        Cidr(Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16)),
    ];

    /// The number of leading bits that name the network, 0 to 32.
    pub fn prefix_len(&self) -> u8 {
        self.0.prefix_len()
    }

    /// The first address, which names the network.
    pub fn address(&self) -> Ipv4Addr {
        self.0.network()
    }

    /// All addresses, the five that AWS keeps in each subnet included.
    pub fn addresses(&self) -> u64 {
        1 << (32 - self.0.prefix_len())
    }

    /// Whether `other` lies wholly inside this network (a network contains itself).
    pub fn contains(&self, other: &Cidr) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the two networks share an address.
    pub fn overlaps(&self, other: &Cidr) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The subnet number `index` when this network is cut into networks of `new_prefix_len` bits.
    ///
    /// None when the prefix is shorter than this network's or longer than 32, or when there are fewer such subnets.
    pub fn subnet(&self, new_prefix_len: u8, index: u32) -> Option<Cidr> {
        let extra = new_prefix_len.checked_sub(self.prefix_len())?;
        if new_prefix_len > 32 || u64::from(index) >= 1_u64 << extra {
            return None;
        }
        let offset = u64::from(index) << (32 - new_prefix_len);
        let address = u64::from(u32::from(self.address())) + offset;
        let address = Ipv4Addr::from(u32::try_from(address).ok()?);
        Ipv4Net::new(address, new_prefix_len).ok().map(Cidr)
    }
}

/// Why a text is not a [`Cidr`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// The text is not an IPv4 address, a slash and a prefix length.
    #[error("`{given}` is not an IPv4 network: write an address and a prefix length, such as `10.0.0.0/16`")]
    Form {
        /// The text as it was given.
        given: String,
    },
    /// The address has bits beyond the prefix.
    #[error("`{given}` has bits set beyond its prefix length: write the network itself, `{canonical}`")]
    HostBits {
        /// The text as it was given.
        given: String,
        /// The network that the address lies in.
        canonical: Cidr,
    },
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let net: Ipv4Net = text.parse().map_err(|_| CidrError::Form { given: text.to_owned() })?;
        let cidr = Cidr(net.trunc());
        if cidr.0 != net {
            return Err(CidrError::HostBits { given: text.to_owned(), canonical: cidr });
        }
        // One text per network: forms such as a prefix with a leading zero would give two state keys for one thing.
        if cidr.to_string() == text { Ok(cidr) } else { Err(CidrError::Form { given: text.to_owned() }) }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.to_string())
    }
}

impl PartialOrd for Cidr {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cidr {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.address(), self.prefix_len()).cmp(&(other.address(), other.prefix_len()))
    }
}

impl TryFrom<String> for Cidr {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Cidr> for String {
    fn from(cidr: Cidr) -> String {
        cidr.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cidr(text: &str) -> Cidr {
        text.parse().unwrap()
    }

    #[test]
    fn host_bits_give_the_canonical_form() {
        let error = "10.0.3.7/16".parse::<Cidr>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`10.0.3.7/16` has bits set beyond its prefix length: write the network itself, `10.0.0.0/16`"
        );
    }

    #[test]
    fn other_texts_give_an_example() {
        for bad in
            ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/0", "10.0.0.0/ 8", "10.0.0.0/08", " 10.0.0.0/8"]
        {
            let error = bad.parse::<Cidr>().unwrap_err().to_string();
            assert!(error.contains("such as `10.0.0.0/16`"), "{bad}: {error}");
        }
    }

    #[test]
    fn containment_and_overlap() {
        assert!(cidr("10.0.0.0/8").contains(&cidr("10.255.0.0/16")));
        assert!(cidr("10.255.0.0/16").overlaps(&cidr("10.0.0.0/8")));
        assert!(!cidr("10.0.0.0/16").overlaps(&cidr("10.1.0.0/16")));
        assert!(cidr("0.0.0.0/0").contains(&cidr("255.255.255.255/32")));
    }

    #[test]
    fn subnets_at_the_edges() {
        assert_eq!(cidr("10.0.0.0/16").subnet(19, 3), Some(cidr("10.0.96.0/19")));
        assert_eq!(cidr("0.0.0.0/0").subnet(32, u32::MAX), Some(cidr("255.255.255.255/32")));
        assert_eq!(cidr("10.0.0.0/16").subnet(16, 0), Some(cidr("10.0.0.0/16")));
        assert_eq!(cidr("10.0.0.0/16").subnet(16, 1), None);
        assert_eq!(cidr("10.0.0.0/16").subnet(15, 0), None);
        assert_eq!(cidr("10.0.0.0/16").subnet(33, 0), None);
        assert_eq!(cidr("10.0.0.0/16").subnet(19, 8), None);
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(address: u32, prefix in 0_u8..=32) {
            let canonical = Cidr(Ipv4Net::new(Ipv4Addr::from(address), prefix).unwrap().trunc());
            prop_assert_eq!(cidr(&canonical.to_string()), canonical);
            prop_assert_eq!(serde_json::from_str::<Cidr>(&serde_json::to_string(&canonical).unwrap()).unwrap(), canonical);
        }

        #[test]
        fn subnets_lie_inside_and_apart(prefix in 8_u8..=24, extra in 0_u8..=8, first: u32, second: u32) {
            let parent = cidr("10.0.0.0/8").subnet(prefix, 0).unwrap();
            let count = 1_u32 << extra;
            let one = parent.subnet(prefix + extra, first % count).unwrap();
            let other = parent.subnet(prefix + extra, second % count).unwrap();
            prop_assert!(parent.contains(&one));
            prop_assert_eq!(one.overlaps(&other), first % count == second % count);
        }
    }
}
