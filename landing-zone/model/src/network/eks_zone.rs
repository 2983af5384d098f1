//! Availability zones that Amazon EKS takes no subnet of.

use crate::AvailabilityZoneId;

/// Zones in which the control plane of EKS can have no network interface, as of 2026-11.
///
/// <https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html>
const REFUSED: [&str; 3] = ["cac1-az3", "use1-az3", "usw1-az2"];

/// Whether the control plane of an EKS cluster can be in this zone. Nodes can be in every zone.
pub fn takes_eks_control_plane(zone: &AvailabilityZoneId) -> bool {
    !REFUSED.contains(&zone.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_zones_take_none() {
        for (zone, takes) in
            [("use1-az3", false), ("use1-az2", true), ("cac1-az3", false), ("euw1-az3", true)]
        {
            assert_eq!(takes_eks_control_plane(&zone.parse().unwrap()), takes, "{zone}");
        }
    }
}
