//! IPv6 networks.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use ipnet::Ipv6Net;
use serde::{Deserialize, Serialize};

/// An IPv6 network in its canonical form: no bit of the address is set beyond the prefix, and the address is written as
/// [RFC 5952](https://www.rfc-editor.org/rfc/rfc5952) says (`2001:db8::/32`).
///
/// Ordered by address, then by prefix length, so a network sorts before the networks inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ipv6Cidr(Ipv6Net);

impl Ipv6Cidr {
    /// `::/0`: every address, the destination of a default route.
    pub const ANYWHERE: Ipv6Cidr = Ipv6Cidr(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0));

    /// `64:ff9b::/96`: the addresses that DNS64 makes of IPv4 addresses, and that NAT gateways take back
    /// ([RFC 6052](https://www.rfc-editor.org/rfc/rfc6052)).
    pub const NAT64: Ipv6Cidr =
        Ipv6Cidr(Ipv6Net::new_assert(Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96));

    /// The number of leading bits that name the network, 0 to 128.
    pub fn prefix_len(&self) -> u8 {
        self.0.prefix_len()
    }

    /// The first address, which names the network.
    pub fn address(&self) -> Ipv6Addr {
        self.0.network()
    }

    /// Whether `other` lies wholly inside this network (a network contains itself).
    pub fn contains(&self, other: &Ipv6Cidr) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the two networks share an address.
    pub fn overlaps(&self, other: &Ipv6Cidr) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The subnet number `index` when this network is cut into networks of `new_prefix_len` bits.
    ///
    /// None when the prefix is shorter than this network's or longer than 128, or when there are fewer such subnets.
    pub fn subnet(&self, new_prefix_len: u8, index: u64) -> Option<Ipv6Cidr> {
        let extra = new_prefix_len.checked_sub(self.prefix_len())?;
        let index = u128::from(index);
        if new_prefix_len > 128 || index.checked_shr(u32::from(extra)).is_some_and(|rest| rest != 0) {
            return None;
        }
        let offset = index.checked_shl(u32::from(128 - new_prefix_len)).unwrap_or_default();
        let address = Ipv6Addr::from(u128::from(self.address()) | offset);
        Ipv6Net::new(address, new_prefix_len).ok().map(Ipv6Cidr)
    }
}

/// Why a text is not an [`Ipv6Cidr`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ipv6CidrError {
    /// The text is not an IPv6 address, a slash and a prefix length.
    #[error(
        "`{given}` is not an IPv6 network: write an address and a prefix length, such as `2001:db8::/32`"
    )]
    Form {
        /// The text as it was given.
        given: String,
    },
    /// The network is written in another way than the one by which it is known.
    #[error("`{given}` is not how this network is written: write `{canonical}`")]
    NotCanonical {
        /// The text as it was given.
        given: String,
        /// The network that the address lies in.
        canonical: Ipv6Cidr,
    },
}

impl FromStr for Ipv6Cidr {
    type Err = Ipv6CidrError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let net: Ipv6Net = text.parse().map_err(|_| Ipv6CidrError::Form { given: text.to_owned() })?;
        let canonical = Ipv6Cidr(net.trunc());
        // One text per network: two would give two state keys for one thing.
        if canonical.to_string() == text {
            Ok(canonical)
        } else {
            Err(Ipv6CidrError::NotCanonical { given: text.to_owned(), canonical })
        }
    }
}

impl fmt::Display for Ipv6Cidr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0.to_string())
    }
}

impl PartialOrd for Ipv6Cidr {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ipv6Cidr {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.address(), self.prefix_len()).cmp(&(other.address(), other.prefix_len()))
    }
}

impl TryFrom<String> for Ipv6Cidr {
    type Error = Ipv6CidrError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Ipv6Cidr> for String {
    fn from(cidr: Ipv6Cidr) -> String {
        cidr.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cidr(text: &str) -> Ipv6Cidr {
        text.parse().unwrap()
    }

    #[test]
    fn other_forms_give_the_canonical_one() {
        for (given, canonical) in [
            ("2001:db8::1/32", "2001:db8::/32"),
            ("2001:DB8::/32", "2001:db8::/32"),
            ("2001:db8:0:0::/64", "2001:db8::/64"),
            ("0::/0", "::/0"),
        ] {
            let error = given.parse::<Ipv6Cidr>().unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("`{given}` is not how this network is written: write `{canonical}`")
            );
        }
    }

    #[test]
    fn other_texts_give_an_example() {
        for bad in ["", "2001:db8::", "2001:db8::/129", "10.0.0.0/8", ":::/0", " ::/0", "2001:db8::/ 32"] {
            let error = bad.parse::<Ipv6Cidr>().unwrap_err().to_string();
            assert!(error.contains("such as `2001:db8::/32`"), "{bad}: {error}");
        }
    }

    #[test]
    fn subnets_at_the_edges() {
        let block = cidr("2001:db8:1:aa00::/56");
        assert_eq!(block.subnet(64, 0), Some(cidr("2001:db8:1:aa00::/64")));
        assert_eq!(block.subnet(64, 255), Some(cidr("2001:db8:1:aaff::/64")));
        assert_eq!(block.subnet(64, 256), None);
        assert_eq!(block.subnet(56, 0), Some(block));
        assert_eq!(block.subnet(55, 0), None);
        assert_eq!(block.subnet(129, 0), None);
        assert_eq!(Ipv6Cidr::ANYWHERE.subnet(128, 1), Some(cidr("::1/128")));
        assert_eq!(Ipv6Cidr::NAT64.to_string(), "64:ff9b::/96");
        assert!(Ipv6Cidr::ANYWHERE.contains(&Ipv6Cidr::NAT64));
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(address: u128, prefix in 0_u8..=128) {
            let canonical = Ipv6Cidr(Ipv6Net::new(Ipv6Addr::from(address), prefix).unwrap().trunc());
            prop_assert_eq!(cidr(&canonical.to_string()), canonical);
            let text = serde_json::to_string(&canonical).unwrap();
            prop_assert_eq!(serde_json::from_str::<Ipv6Cidr>(&text).unwrap(), canonical);
        }

        #[test]
        fn subnets_lie_inside_and_apart(address: u128, extra in 0_u8..=16, first: u64, second: u64) {
            let parent = Ipv6Cidr(Ipv6Net::new(Ipv6Addr::from(address), 48).unwrap().trunc());
            let count = 1_u64 << extra;
            let one = parent.subnet(48 + extra, first % count).unwrap();
            let other = parent.subnet(48 + extra, second % count).unwrap();
            prop_assert!(parent.contains(&one));
            prop_assert_eq!(one.overlaps(&other), first % count == second % count);
        }

        #[test]
        fn whole_networks_sort_before_their_parts(address: u128, prefix in 0_u8..=127) {
            let whole = Ipv6Cidr(Ipv6Net::new(Ipv6Addr::from(address), prefix).unwrap().trunc());
            prop_assert!(whole < whole.subnet(prefix + 1, 0).unwrap());
            prop_assert!(whole < whole.subnet(prefix + 1, 1).unwrap());
        }
    }
}
