//! Where a route of the user's own may lead.

use serde::{Deserialize, Serialize};

use crate::text::text_type;

/// The id of something that a route can send packets to and that the network itself does not make.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RouteTargetId(String);

text_type!(
    RouteTargetId,
    "something that a route can lead to",
    "write the id of a transit gateway (`tgw-…`), a peering connection (`pcx-…`), a virtual private gateway (`vgw-…`), a network interface (`eni-…`) or a Gateway Load Balancer endpoint (`vpce-…`)",
    |text| {
        let (kind, id) = text.split_once('-').unwrap_or_default();
        ["tgw", "pcx", "vgw", "eni", "vpce"].contains(&kind)
            && !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }
);

impl RouteTargetId {
    /// Whether it may stand between the subnets of one network: AWS takes a route to a part of the VPC's own block only to a
    /// network interface or a Gateway Load Balancer endpoint.
    ///
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html>
    pub fn is_middlebox(&self) -> bool {
        self.0.starts_with("eni-") || self.0.starts_with("vpce-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_told_by_their_kind() {
        for good in ["tgw-0a1b", "pcx-1", "vgw-1", "eni-1", "vpce-1"] {
            let target: RouteTargetId = good.parse().unwrap();
            assert_eq!(target.is_middlebox(), good.starts_with("eni") || good.starts_with("vpce"));
        }
        for bad in ["", "tgw", "tgw-", "nat-1", "igw-1", "tgw-1/2", "local"] {
            let error = bad.parse::<RouteTargetId>().unwrap_err().to_string();
            assert!(error.contains("transit gateway (`tgw-…`)"), "{error}");
        }
    }
}
