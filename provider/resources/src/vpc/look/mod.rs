//! Looks at what exists of a network: few reads, all at once.

mod again;

pub(crate) use again::look_again;

use super::adopt;
use super::child::Child;
use super::desired::Desired;
use super::extras::Extras;
use super::model::Vpc;
use super::seen::{Answers, Seen};
use landform_cloud::id::VpcId;
use landform_cloud::{CloudError, ErrorKind, NetworkReads, Result};
use landform_model::ownership::Owner;
use tokio::try_join;

/// Looks for a network that exists already: after a create that was killed, or with a lost state. One read when there is none.
pub(super) async fn find(network: &dyn NetworkReads, desired: &Desired) -> Result<Seen> {
    let owned = network.owned(&desired.owner).await?;
    if owned.is_empty() {
        return Ok(Seen::default());
    }
    Ok(look(network, &desired.owner, Extras::of(desired).and(&owned)).await?.prefer(desired))
}

/// Looks at everything that is ours before a change of a network that state knows. None when its VPC is gone.
///
/// A change must see what state does not tell: what an interrupted change has made, what somebody deleted.
pub(super) async fn whole(
    network: &dyn NetworkReads,
    desired: &Desired,
    state: &Vpc,
) -> Result<Option<Seen>> {
    if let Some(id) = adopt::vpc(state) {
        return adopt::look(network, desired, &id).await;
    }
    let owned = network.owned(&desired.owner).await?;
    let seen = look(network, &desired.owner, Extras::of(desired).and(&owned)).await?.prefer(desired);
    unless_gone(network, desired, state, seen).await
}

/// Looks at the network that state knows, with as few reads as tell whether all is as it should be. None when its VPC is gone.
pub(super) async fn refresh(
    network: &dyn NetworkReads,
    desired: &Desired,
    state: &Vpc,
) -> Result<Option<Seen>> {
    match state.id.known().and_then(|id| id.parse().ok()).filter(|_| !adopt::adopted(state)) {
        None => whole(network, desired, state).await,
        Some(id) => {
            let seen = look_again(network, desired, state, &id).await?;
            unless_gone(network, desired, state, seen).await
        }
    }
}

/// The parts that are left of a network whose VPC somebody deleted, such as Elastic IP addresses.
pub(super) async fn left_behind(network: &dyn NetworkReads, desired: &Desired) -> Result<Vec<String>> {
    let owned = network.owned(&desired.owner).await?;
    if owned.is_empty() {
        return Ok(Vec::new());
    }
    let seen = look(network, &desired.owner, Extras::of(desired).and(&owned)).await?;
    Ok(seen.parts().into_iter().map(|(child, id, _)| format!("{child} ({id})")).collect())
}

/// What was seen, unless there is no VPC. A VPC that exists but lost our tags is an error: taking it for gone would make a second
/// network.
async fn unless_gone(
    network: &dyn NetworkReads,
    desired: &Desired,
    state: &Vpc,
    seen: Seen,
) -> Result<Option<Seen>> {
    let Some(id) = state.id.known().and_then(|id| id.parse().ok()) else {
        return Ok(Some(seen).filter(|seen| *seen != Seen::default()));
    };
    // Another VPC with our tags is another object: of an apply that was killed after somebody had deleted this one.
    if seen.vpc.as_ref().is_some_and(|vpc| vpc.id == id) {
        return Ok(Some(seen));
    }
    if network.vpc(&id).await?.is_none() {
        return Ok(None);
    }
    let tags = desired.owner.tags(&Child::Vpc.key());
    let tags: Vec<String> = tags.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let text = format!(
        "{id} exists but no longer carries the tags that say it is ours. Put them back: {}",
        tags.join(", ")
    );
    Err(CloudError::new(ErrorKind::Invalid, "DescribeVpcs", text))
}

/// Looks at a network of which nothing is known but its owner: ten reads in two rounds, and one for each extra.
pub(crate) async fn look(network: &dyn NetworkReads, owner: &Owner, extras: Extras) -> Result<Seen> {
    let tags = owner.selector();
    let (vpcs, subnets, internet_gateways, addresses, nat_gateways, route_tables, extra) = try_join!(
        network.vpcs(&tags),
        network.subnets(&tags),
        network.internet_gateways(&tags),
        network.addresses(&tags),
        network.nat_gateways(&tags),
        network.route_tables(&tags),
        extras.read(network, &tags),
    )?;
    let answers =
        Answers { vpcs, subnets, internet_gateways, addresses, nat_gateways, route_tables, ..extra };
    let mut seen = Seen::sort(owner, answers);
    if let Some(vpc) = seen.vpc.as_ref().map(|vpc| vpc.id.clone()) {
        look_inside(network, &vpc, &mut seen).await?;
    }
    Ok(seen)
}

pub(super) async fn look_inside(network: &dyn NetworkReads, vpc: &VpcId, seen: &mut Seen) -> Result<()> {
    let only = std::slice::from_ref(vpc);
    let (dns, mut groups, mut acls) = try_join!(
        network.dns_attributes(vpc),
        network.default_security_groups(only),
        network.default_network_acls(only)
    )?;
    seen.dns = Some(dns);
    seen.default_security_group = groups.remove(vpc);
    seen.default_network_acl = acls.remove(vpc);
    Ok(())
}
