//! A network that no state knows: what carries its tags and lives, and its removal.

use super::desired::Desired;
use super::reconcile::take_down;
use crate::client::{Landform, failure};
use crate::orphans::{Listed, Owned, Removed};
use landform_cloud::{CloudError, NetworkReads, Result, Tags, Target};
use landform_framework::Diagnostics;
use landform_model::ownership::Owner;
use std::collections::BTreeSet;
use tokio_util::sync::CancellationToken;

/// The networks of one account and region.
pub(crate) struct AbandonedNetworks;

#[async_trait::async_trait]
impl Listed for AbandonedNetworks {
    /// One read of tags, and one for each kind of object.
    async fn list(&self, client: &Landform, place: &Target) -> Result<Vec<Owned>> {
        let network = client.network(place).await?;
        let mut tagged = network.all_owned().await?;
        let dead = dead(network.as_ref(), &tagged).await?;
        tagged.retain(|(object, _)| !dead.contains(&object.id));
        Ok(tagged)
    }
}

#[async_trait::async_trait]
impl Removed for AbandonedNetworks {
    async fn remove(
        &self,
        client: &Landform,
        place: &Target,
        owner: Owner,
        stop: &CancellationToken,
    ) -> std::result::Result<Diagnostics, Diagnostics> {
        let doing = format!("Deleting network {}", owner.name);
        let untouched = |error: CloudError| failure(&doing, &error, "Nothing was deleted.");
        let network = client.network_for_change(place).await.map_err(untouched)?;
        let vpcs = network.vpcs(&owner.selector()).await.map_err(untouched)?;
        let vpc = vpcs.first().map(|vpc| vpc.id.clone());
        let desired = Desired::nothing(owner, place.region.clone());
        take_down(network.as_ref(), &desired, vpc.as_ref(), true, stop).await?;
        Ok(Diagnostics::new())
    }
}

/// The listed objects that exist no longer. One of a kind that no network has counts as living.
async fn dead(network: &dyn NetworkReads, tagged: &[Owned]) -> Result<BTreeSet<String>> {
    let kinds: BTreeSet<&str> = tagged.iter().map(|(object, _)| object.kind.as_str()).collect();
    let mut dead = BTreeSet::new();
    for kind in kinds {
        if let Some(living) = living(network, kind).await? {
            let listed =
                tagged.iter().filter(|(object, _)| object.kind == kind).map(|(object, _)| &object.id);
            dead.extend(listed.filter(|id| !living.contains(*id)).cloned());
        }
    }
    Ok(dead)
}

/// The ids of all objects of a kind, in EC2's word for it, that exist: tags of what was deleted can be listed for an hour more.
/// None for a kind that networks have no part of.
async fn living(network: &dyn NetworkReads, kind: &str) -> Result<Option<BTreeSet<String>>> {
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
