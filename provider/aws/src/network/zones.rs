//! Availability zones.

use crate::answer::parsed;
use crate::error;
use crate::request::filter;
use aws_sdk_ec2::Client;
use landform_cloud::Result;
use landform_cloud::network::AvailabilityZone;

/// The zones that this account can use now; no local or wavelength zones.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html>: has no pages.
pub(super) async fn list(client: &Client) -> Result<Vec<AvailabilityZone>> {
    const OPERATION: &str = "DescribeAvailabilityZones";
    let call = client
        .describe_availability_zones()
        .filters(filter("zone-type", "availability-zone"))
        .filters(filter("state", "available"));
    let answer = call.send().await.map_err(error::of(OPERATION))?;
    let zones = answer.availability_zones().iter().map(|zone| {
        Ok(AvailabilityZone {
            id: parsed(OPERATION, "zoneId", zone.zone_id())?,
            name: parsed(OPERATION, "zoneName", zone.zone_name())?,
        })
    });
    zones.collect()
}
