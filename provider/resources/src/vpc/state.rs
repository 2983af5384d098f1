//! Between the attributes and the network: what is wished for, and what state says of what exists.

use super::child::Child;
use super::desired::{Desired, Wish};
use super::model::Vpc;
use super::outputs::Outputs;
use super::seen::Seen;
use crate::client::Landform;
use landform_cloud::{Tags, Target};
use landform_framework::Value;
use landform_model::network::Slot;
use landform_model::ownership::{Owner, ResourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Where the network is; none while account or region are unknown.
pub(crate) fn target(model: &Vpc) -> Option<Target> {
    Some(Target { account: model.account_id.known()?.0.clone(), region: model.region.known()?.0.clone() })
}

/// Who owns the objects of the network; none while name or stack are unknown.
pub(crate) fn owner(model: &Vpc) -> Option<Owner> {
    Some(Owner {
        stack: model.stack.known()?.0.clone(),
        kind: ResourceKind::VPC,
        name: model.name.known()?.0.clone(),
    })
}

/// What the user wrote; none while any of it is unknown. Keys of `azs` that are no slots are left out: validation names them.
pub(crate) fn wish(model: &Vpc, client: &Landform) -> Option<Wish> {
    let zones = model
        .azs
        .known()?
        .iter()
        .filter_map(|(slot, zone)| Some((slot.parse().ok()?, zone.0.clone())))
        .collect();
    let tags = match &model.tags {
        Value::Unknown => return None,
        Value::Null => Tags::new(),
        Value::Known(tags) => tags.clone(),
    };
    Some(Wish {
        cidr: model.cidr.known()?.0,
        profile: model.profile.known()?.0,
        zones,
        tiers: model.tiers.known()?.iter().map(|tier| tier.0).collect(),
        egress: model.egress.known()?.mode.known()?.0,
        dns_support: *model.dns_support.known()?,
        dns_hostnames: *model.dns_hostnames.known()?,
        tags: client.with_default_tags(&tags),
    })
}

/// The ids that state holds, by part.
pub(crate) fn recorded(model: &Vpc) -> BTreeMap<Child, String> {
    let mut ids = BTreeMap::new();
    let mut add = |child: Option<Child>, id: &Value<String>| {
        if let (Some(child), Some(id)) = (child, id.known()) {
            ids.insert(child, id.clone());
        }
    };
    add(Some(Child::Vpc), &model.id);
    add(Some(Child::InternetGateway), &model.internet_gateway_id);
    for (tier, slots) in model.subnets.known().into_iter().flatten() {
        for (slot, subnet) in slots {
            add(
                tier.parse().ok().zip(slot.parse().ok()).map(|(tier, slot)| Child::Subnet(tier, slot)),
                &subnet.id,
            );
        }
    }
    for (slot, gateway) in model.nat_gateways.known().into_iter().flatten() {
        let slot: Option<Slot> = slot.parse().ok();
        add(slot.map(Child::NatGateway), &gateway.id);
        add(slot.map(Child::Address), &gateway.allocation_id);
    }
    for (table, id) in model.route_table_ids.known().into_iter().flatten() {
        let key = format!("route_table/{table}").parse().ok();
        add(key.and_then(|key| Child::of_key(&key)), id);
    }
    ids
}

/// The model of a network as it is: `like` with everything computed read from what exists.
pub(crate) fn observed(like: &Vpc, seen: &Seen, status: &str, drift: Vec<String>) -> Vpc {
    let mut model = like.clone();
    Outputs::existing(seen).into_model(&mut model);
    model.id = seen.vpc.as_ref().map(|vpc| vpc.id.to_string()).into();
    model.arn = seen.vpc.as_ref().and_then(|vpc| Some(arn(&target(like)?, vpc.id.as_str()))).into();
    model.default_security_group_id =
        seen.default_security_group.as_ref().map(|group| group.id.to_string()).into();
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>
fn arn(target: &Target, id: &str) -> String {
    format!("arn:{}:ec2:{}:{}:vpc/{id}", target.region.partition(), target.region, target.account)
}

/// Tag keys that the resource had and has no longer.
pub(super) fn retired_tags(prior: &Vpc, desired: &Desired) -> BTreeSet<String> {
    let before = prior.tags.known().into_iter().flatten();
    before.map(|(key, _)| key.clone()).filter(|key| !desired.tags.contains_key(key)).collect()
}

/// The name, for messages.
pub(super) fn name(model: &Vpc) -> String {
    model.name.known().map(|name| name.0.to_string()).unwrap_or_default()
}
