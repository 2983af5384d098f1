//! The network port over objects in memory: one file per noun; each call goes through [`InProcessNetwork::call`].

mod controls;
mod dhcp_options;
mod endpoints;
mod flow_logs;
mod gateways;
mod guards;
mod interface_endpoints;
mod ipv6;
mod nat_gateways;
mod network_acls;
mod reads;
mod regional_nat_gateways;
mod route_tables;
mod security_groups;
mod subnets;
mod tags;
mod vpcs;
mod writes;

use super::world::World;
use super::{InProcessCloud, refuse};
use landform_cloud::id::*;
use landform_cloud::network::*;
use landform_cloud::{CloudError, ErrorKind, Network, NetworkReads, Result, Tags, Target};
use landform_model::network::{BlockPublicAccessExclusion, RouteDestination};
use landform_model::ownership::{CHILD_TAG, Owner, STACK_TAG, ownership};
use landform_model::{AvailabilityZoneId, Cidr, Ipv6Cidr, PolicyJson, StackName};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

pub(super) struct InProcessNetwork {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

type NewId<'a> = &'a mut dyn FnMut(&str) -> String;

impl InProcessNetwork {
    fn call<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut World, NewId<'_>) -> Result<T>,
    ) -> Result<T> {
        self.cloud.call(&self.target, operation, subject, act)
    }
}

fn has(tags: &Tags, wanted: &Tags) -> bool {
    wanted.iter().all(|(key, value)| tags.get(key) == Some(value))
}

fn child(tags: &Tags) -> String {
    tags.get(CHILD_TAG).cloned().unwrap_or_default()
}

fn id<T: std::str::FromStr<Err = IdError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn absent(operation: &'static str, code: &str, id: impl std::fmt::Display) -> CloudError {
    refuse(ErrorKind::NotFound, operation, code, format!("{id} does not exist"))
}

fn limit(operation: &'static str, code: &str) -> CloudError {
    let text = "The maximum number has been reached";
    refuse(ErrorKind::Quota, operation, code, text)
}

fn in_use(operation: &'static str, id: impl std::fmt::Display) -> CloudError {
    refuse(
        ErrorKind::InUse,
        operation,
        "DependencyViolation",
        format!("{id} has dependencies and cannot be deleted"),
    )
}
