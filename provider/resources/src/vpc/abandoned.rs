//! A network that no state knows: which of its objects live, and their removal.

use super::desired::Desired;
use super::reconcile::take_down;
use landform_cloud::{Network, NetworkReads, Result, Tags};
use landform_framework::Diagnostics;
use landform_model::Region;
use landform_model::ownership::Owner;
use std::collections::BTreeSet;
use tokio_util::sync::CancellationToken;

/// The ids of all objects of a kind, in EC2's word for it, that exist: tags of what was deleted can be listed for an hour more.
/// None for a kind that networks have no part of.
pub(crate) async fn living(network: &dyn NetworkReads, kind: &str) -> Result<Option<BTreeSet<String>>> {
    let all = Tags::new();
    macro_rules! ids {
        ($read:ident) => {
            network.$read(&all).await?.into_iter().map(|it| it.id.to_string()).collect()
        };
    }
    Ok(Some(match kind {
        "vpc" => ids!(vpcs),
        "subnet" => ids!(subnets),
        "internet-gateway" => ids!(internet_gateways),
        "egress-only-internet-gateway" => ids!(egress_only_internet_gateways),
        "elastic-ip" => ids!(addresses),
        "natgateway" => ids!(nat_gateways),
        "route-table" => ids!(route_tables),
        "vpc-endpoint" => ids!(vpc_endpoints),
        "vpc-flow-log" => ids!(flow_logs),
        "security-group" => ids!(security_groups),
        "dhcp-options" => ids!(dhcp_options),
        "network-acl" => ids!(network_acls),
        "vpc-block-public-access-exclusion" => ids!(exclusions),
        "vpc-encryption-control" => ids!(encryption_controls),
        _ => return Ok(None),
    }))
}

/// Removes everything that carries the tags of `owner`, in the order of a destroy.
pub(crate) async fn remove_abandoned(
    network: &dyn Network,
    owner: Owner,
    region: Region,
    stop: &CancellationToken,
) -> std::result::Result<(), Diagnostics> {
    let vpcs = network.vpcs(&owner.selector()).await.map_err(|error| {
        let doing = format!("Deleting network {}", owner.name);
        crate::client::failure(doing, &error, "Nothing was deleted.")
    })?;
    let vpc = vpcs.first().map(|vpc| vpc.id.clone());
    take_down(network, &Desired::nothing(owner, region), vpc.as_ref(), true, stop).await
}
