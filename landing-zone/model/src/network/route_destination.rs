//! Where the packets that a route is for want to go.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::text::text_type;
use crate::{Cidr, CidrError, InvalidText, Ipv6Cidr, Ipv6CidrError};

/// The destination of a route: AWS takes a block of addresses or a managed prefix list.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RouteDestination {
    /// A block of IPv4 addresses.
    Ipv4(Cidr),
    /// A block of IPv6 addresses.
    Ipv6(Ipv6Cidr),
    /// The blocks of a managed prefix list.
    PrefixList(PrefixListId),
}

impl RouteDestination {
    /// `0.0.0.0/0`.
    pub const ALL_IPV4: Self = Self::Ipv4(Cidr::ANYWHERE);
    /// `::/0`.
    pub const ALL_IPV6: Self = Self::Ipv6(Ipv6Cidr::ANYWHERE);

    /// The IPv4 block, if it is one.
    pub fn ipv4(&self) -> Option<&Cidr> {
        match self {
            Self::Ipv4(cidr) => Some(cidr),
            Self::Ipv6(_) | Self::PrefixList(_) => None,
        }
    }
}

/// The id of a managed prefix list: one of the account's, one that is shared with it, or one of AWS's.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PrefixListId(String);

text_type!(
    PrefixListId,
    "the id of a prefix list",
    "write it as AWS does, such as `pl-0123456789abcdef0`",
    |text| {
        text.strip_prefix("pl-")
            .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }
);

/// Why a text is not a [`RouteDestination`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteDestinationError {
    /// It is none of the three.
    #[error(
        "`{given}` is not a destination: write an IPv4 block (`10.0.0.0/8`), an IPv6 block (`2001:db8::/32`) or the id of a prefix list (`pl-0123456789abcdef0`)"
    )]
    Form {
        /// The text as it was given.
        given: String,
    },
    /// An IPv4 block with bits beyond its prefix.
    #[error(transparent)]
    Ipv4(CidrError),
    /// An IPv6 block that is not written in its one form.
    #[error(transparent)]
    Ipv6(Ipv6CidrError),
    /// Nearly the id of a prefix list.
    #[error(transparent)]
    PrefixList(InvalidText),
}

impl FromStr for RouteDestination {
    type Err = RouteDestinationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("pl-") {
            return text.parse().map(Self::PrefixList).map_err(RouteDestinationError::PrefixList);
        }
        let form = || RouteDestinationError::Form { given: text.to_owned() };
        if text.contains(':') {
            return text.parse().map(Self::Ipv6).map_err(|error| match error {
                Ipv6CidrError::Form { .. } => form(),
                other @ Ipv6CidrError::NotCanonical { .. } => RouteDestinationError::Ipv6(other),
            });
        }
        text.parse().map(Self::Ipv4).map_err(|error| match error {
            CidrError::Form { .. } => form(),
            other @ CidrError::HostBits { .. } => RouteDestinationError::Ipv4(other),
        })
    }
}

impl fmt::Display for RouteDestination {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ipv4(cidr) => cidr.fmt(formatter),
            Self::Ipv6(cidr) => cidr.fmt(formatter),
            Self::PrefixList(id) => id.fmt(formatter),
        }
    }
}

impl From<Cidr> for RouteDestination {
    fn from(cidr: Cidr) -> Self {
        Self::Ipv4(cidr)
    }
}

impl From<Ipv6Cidr> for RouteDestination {
    fn from(cidr: Ipv6Cidr) -> Self {
        Self::Ipv6(cidr)
    }
}

impl TryFrom<String> for RouteDestination {
    type Error = RouteDestinationError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RouteDestination> for String {
    fn from(destination: RouteDestination) -> String {
        destination.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_three_kinds_are_told_apart() {
        assert!(matches!("10.0.0.0/8".parse(), Ok(RouteDestination::Ipv4(_))));
        assert!(matches!("2001:db8::/32".parse(), Ok(RouteDestination::Ipv6(_))));
        assert!(matches!("pl-0a1b".parse(), Ok(RouteDestination::PrefixList(_))));
        assert_eq!("0.0.0.0/0".parse(), Ok(RouteDestination::ALL_IPV4));
        assert_eq!("::/0".parse(), Ok(RouteDestination::ALL_IPV6));
    }

    #[test]
    fn what_is_none_of_them_says_what_can_be_written() {
        for (bad, hint) in [
            ("", "the id of a prefix list (`pl-0123456789abcdef0`)"),
            ("10.0.0.0", "an IPv4 block (`10.0.0.0/8`)"),
            ("2001:db8::", "an IPv6 block (`2001:db8::/32`)"),
            ("tgw-1", "`tgw-1` is not a destination"),
            ("10.1.2.3/8", "write the network itself, `10.0.0.0/8`"),
            ("2001:DB8::/32", "write `2001:db8::/32`"),
            ("pl-", "such as `pl-0123456789abcdef0`"),
            ("pl-1/2", "such as `pl-0123456789abcdef0`"),
        ] {
            let error = bad.parse::<RouteDestination>().unwrap_err().to_string();
            assert!(error.contains(hint), "{bad}: {error}");
        }
    }

    proptest! {
        #[test]
        fn text_goes_there_and_back(address: u32, wide: u128, four in 0_u8..=32, six in 0_u8..=128, id in "pl-[0-9a-f]{8,17}") {
            let four = format!("{}/{four}", std::net::Ipv4Addr::from(address));
            let six = format!("{}/{six}", std::net::Ipv6Addr::from(wide));
            for text in [four, six, id] {
                let it = match text.parse::<RouteDestination>() {
                    Ok(it) => it,
                    Err(RouteDestinationError::Ipv4(CidrError::HostBits { canonical, .. })) => canonical.into(),
                    Err(RouteDestinationError::Ipv6(Ipv6CidrError::NotCanonical { canonical, .. })) => canonical.into(),
                    Err(other) => panic!("{text}: {other}"),
                };
                prop_assert_eq!(it.to_string().parse::<RouteDestination>(), Ok(it));
            }
        }
    }
}
