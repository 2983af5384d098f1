//! What exists in a world, as the simulation compares it.

use crate::subject::Object;
use landform_cloud::network::NatGatewayState;
use landform_cloud::{Tags, network::RouteTarget};
use landform_test_cloud::World;
use serde_json::Value as Json;
use std::fmt::Debug;
use std::net::Ipv4Addr;

/// What people add to our objects starts with this; their routes lead to [`PEOPLES_GATEWAY`].
pub(super) const PEOPLES_TAG: &str = "people:";

/// Where routes lead that people add.
pub(super) const PEOPLES_GATEWAY: &str = "tgw-0fedcba9876543210";

/// All objects, but NAT gateways that are gone and still described.
///
/// # Panics
/// When the world has an object of a kind that is not listed here.
pub(super) fn all(world: &World) -> Vec<Object> {
    let mut all = Vec::new();
    for it in &world.vpcs {
        let id = it.id.as_str();
        let mut shape = line(it, |it| {
            it.tags.clear();
            it.secondary_blocks.clear();
            it.ipv6_block = None;
        });
        shape.extend(it.ipv6_block.iter().map(|_| "an IPv6 block".to_owned()));
        shape.extend(it.secondary_blocks.iter().map(|block| format!("block {}", block.cidr)));
        shape.push(format!("{:?}", world.dns.get(id)));
        let acl = world.network_acls.get(id).into_iter().flat_map(|acl| &acl.entries);
        shape.extend(acl.map(|entry| format!("{entry:?}")));
        let group = world.security_groups.get(id);
        shape.extend(group.map(|group| format!("{:?} {:?}", group.ingress, group.egress)));
        all.push(object("vpc", id, &it.tags, it, shape));
    }
    for it in &world.subnets {
        let mut shape = line(it, |it| {
            it.tags.clear();
            it.ipv6_block = None;
        });
        // AWS chooses the block of the VPC; which part of it a subnet has is the layout's.
        shape.extend(it.ipv6_block.iter().map(|block| format!("IPv6 {}", within(&block.cidr.to_string()))));
        all.push(object("subnet", it.id.as_str(), &it.tags, it, shape));
    }
    for it in &world.internet_gateways {
        all.push(object("internet-gateway", it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in &world.addresses {
        let shape = line(it, |it| (it.tags, it.public_ip) = (Tags::new(), Ipv4Addr::UNSPECIFIED));
        // Whether an address is in use depends on its NAT gateway, which may be somebody else's.
        let mut text = it.clone();
        text.associated = false;
        all.push(object("elastic-ip", it.id.as_str(), &it.tags, &text, shape));
    }
    for it in world.nat_gateways.iter().filter(|it| it.state != NatGatewayState::Deleted) {
        let zonal = it.zone_addresses.is_empty();
        let mut shape = line(it, |it| {
            (it.tags, it.public_ip) = (Tags::new(), None);
            (it.zone_addresses, it.allocation) = (Vec::new(), it.allocation.take().filter(|_| zonal));
        });
        let addresses = it.zone_addresses.iter();
        shape.extend(addresses.map(|it| format!("{} by {} {:?}", it.zone, it.allocation, it.state)));
        all.push(object("natgateway", it.id.as_str(), &it.tags, it, shape));
    }
    for it in &world.route_tables {
        let mut shape = line(it, |it| {
            it.tags.clear();
            it.routes.clear();
            it.associations.clear();
        });
        let peoples = RouteTarget::Other(PEOPLES_GATEWAY.into());
        let routes = it.routes.iter().filter(|route| route.target != peoples);
        shape.extend(routes.map(|route| format!("{route:?}")));
        shape.extend(it.associations.iter().map(|association| format!("under it: {}", association.subnet)));
        // Associations go with a subnet, and a route leads nowhere once its target is gone: either may be ours.
        let mut text = it.clone();
        text.associations.clear();
        text.routes.iter_mut().for_each(|route| route.active = true);
        all.push(object("route-table", it.id.as_str(), &it.tags, &text, shape));
    }
    for it in &world.vpc_endpoints {
        let mut shape = line(it, |it| {
            it.tags.clear();
            it.route_tables.clear();
        });
        shape.extend(it.route_tables.iter().map(|table| format!("led to by {table}")));
        // So may be the route tables that lead to it.
        let mut text = it.clone();
        text.route_tables.clear();
        all.push(object("vpc-endpoint", it.id.as_str(), &it.tags, &text, shape));
    }
    for it in &world.flow_logs {
        all.push(object("vpc-flow-log", it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in &world.own_network_acls {
        let mut shape = line(it, |it| {
            it.tags.clear();
            it.entries.clear();
            it.associations.clear();
        });
        // All entries allow, so their numbers mean nothing.
        let mut entries: Vec<String> = (it.entries.iter())
            .map(|it| format!("{:?} {} {} {:?}", it.direction, it.protocol, within(&it.cidr), it.ports))
            .collect();
        entries.sort();
        shape.extend(entries);
        shape.extend(it.associations.iter().map(|association| format!("under it: {}", association.subnet)));
        let mut text = it.clone();
        text.associations.clear();
        all.push(object("network-acl", it.id.as_str(), &it.tags, &text, shape));
    }
    for it in &world.exclusions {
        let kind = "vpc-block-public-access-exclusion";
        all.push(object(kind, it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in &world.encryption_controls {
        let kind = "vpc-encryption-control";
        all.push(object(kind, it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in &world.egress_only_internet_gateways {
        let kind = "egress-only-internet-gateway";
        all.push(object(kind, it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in &world.dhcp_options {
        all.push(object("dhcp-options", it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    for it in world.own_security_groups.values() {
        all.push(object("security-group", it.id.as_str(), &it.tags, it, line(it, |it| it.tags.clear())));
    }
    let known: Vec<&str> = all.iter().map(|object| object.id.as_str()).collect();
    for object in world.inventory() {
        let listed = object.split(' ').nth(1).is_some_and(|id| known.contains(&id));
        assert!(listed, "the simulation does not know {object}: list its kind here");
    }
    all
}

/// An IPv6 block without what names the VPC's: `…10::/64`. An IPv4 block as it is.
fn within(block: &str) -> String {
    match (block.contains("::/56"), block.rsplit_once("::/")) {
        (true, _) => "the IPv6 block".to_owned(),
        (false, Some((address, length))) => {
            let place = address.len().saturating_sub(2);
            format!("…{}::/{length}", &address[place..])
        }
        (false, None) => block.to_owned(),
    }
}

fn line<T: Clone + Debug>(it: &T, strip: impl FnOnce(&mut T)) -> Vec<String> {
    let mut it = it.clone();
    strip(&mut it);
    vec![format!("{it:?}")]
}

fn object(kind: &'static str, id: &str, tags: &Tags, it: &impl Debug, mut shape: Vec<String>) -> Object {
    let ours = tags.iter().filter(|(key, _)| !key.starts_with(PEOPLES_TAG));
    shape.extend(ours.map(|(key, value)| format!("{key} = {value}")));
    Object { kind, id: id.to_owned(), tags: tags.clone(), text: format!("{it:?}"), shape }
}

/// A NAT gateway or endpoint that does not work is made anew; flow logs and DHCP options cannot be changed.
pub(super) fn replaceable(object: &Object, configuration: &Json) -> bool {
    let has =
        |value: &Json| value.as_str().is_some_and(|value| object.text.contains(&format!("\"{value}\"")));
    match object.kind {
        "natgateway" => !object.text.contains("state: Available"),
        "vpc-endpoint" => object.text.contains("state: Failed"),
        "vpc-flow-log" => !has(&configuration["flow_logs"]["destination_arn"]),
        "dhcp-options" => !has(&configuration["dhcp_options"]["domain_name"]),
        _ => false,
    }
}
