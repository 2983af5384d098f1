//! The network port over EC2. One file per noun; here is only who does what.

mod addresses;
mod block_public_access;
mod dhcp_options;
mod egress_only;
mod encryption_controls;
mod endpoints;
mod flow_logs;
mod gateways;
mod interface_endpoints;
mod ipv6;
mod nat_gateways;
mod network_acls;
mod network_interfaces;
mod owned;
mod reads;
mod route_tables;
mod routes;
mod security_groups;
mod subnets;
mod tags;
mod vpcs;
mod writes;
mod zones;

use aws_config::SdkConfig;
use aws_sdk_ec2::Client;
use landform_cloud::id::*;
use landform_cloud::network::*;
use landform_cloud::{Result, Tags};
use landform_model::network::{BlockPublicAccessExclusion, RouteDestination};
use landform_model::ownership::Owner;
use landform_model::{AvailabilityZoneId, Cidr, Ipv6Cidr, PolicyJson, StackName};
use std::collections::BTreeMap;

/// EC2 in one account and region.
#[derive(Debug)]
pub(crate) struct Ec2Network {
    client: Client,
}

impl Ec2Network {
    /// Over the region and the credentials of `config`.
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }
}

/// Whether a delete has nothing left to do: the object is gone already.
fn gone_is_done(result: Result<()>) -> Result<()> {
    match result {
        Err(error) if error.is_not_found() => {
            tracing::debug!(%error, "nothing to delete");
            Ok(())
        }
        result => result,
    }
}

#[cfg(test)]
mod tests;
