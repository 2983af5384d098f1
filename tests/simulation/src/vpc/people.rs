//! What people do to a network behind Terraform's back.

use super::objects::{PEOPLES_GATEWAY, PEOPLES_TAG};
use super::target;
use crate::subject::{Changed, Undo};
use landform_cloud::network::{
    DnsAttribute, GatewayEndpointChange, NatGatewayState, NetworkInterface, RouteTarget,
};
use landform_cloud::{Cloud, Network, Tags};
use landform_model::ownership::{Owner, STACK_TAG};
use landform_test_cloud::{InProcessCloud, World};

/// All that they do. An apply mends most of it; what they add stays; what stands in the way they take back in the end.
pub(super) const CHANGES: &[&str] = &[
    "deletes a NAT gateway",
    "deletes a NAT gateway and its address",
    "deletes a subnet",
    "deletes a route table",
    "deletes an endpoint",
    "deletes a flow log",
    "deletes the internet gateway",
    "deletes the VPC and all in it",
    "takes a subnet out of its route table",
    "deletes a route",
    "points a route elsewhere",
    "switches DNS names",
    "switches public addresses of a subnet",
    "adds an entry to the network ACL",
    "opens an endpoint",
    "changes a tag",
    "strips the tag of the stack",
    "adds a tag",
    "adds a route",
    "puts a network interface into a subnet",
];

/// Does `name` to the `pick`-th of what it can be done to.
///
/// # Panics
/// When `name` is none of [`CHANGES`].
pub(super) async fn change(cloud: &InProcessCloud, owner: &Owner, name: &str, pick: usize) -> Changed {
    let network = match cloud.network(&target()).await {
        Ok(network) => network,
        Err(error) => panic!("the in-process cloud has a network port: {error}"),
    };
    let world = ours(&cloud.world(&target(), |world| world.clone()), owner);
    let mut undo = None;
    // AWS refuses some of it, as it refuses people: then nothing happens.
    let what = match name {
        "strips the tag of the stack" => {
            undo = strip(cloud, &world, pick);
            undo.as_ref().map(|_| "a tag".to_owned())
        }
        "puts a network interface into a subnet" => {
            undo = occupy(cloud, &world, pick);
            undo.as_ref().map(|_| "a subnet".to_owned())
        }
        _ if name.starts_with("deletes") => delete(network.as_ref(), &world, name, pick).await,
        _ => set(cloud, network.as_ref(), &world, name, pick).await,
    };
    Changed { what, undo }
}

/// The part of the world that is ours and lives.
fn ours(world: &World, owner: &Owner) -> World {
    let mut ours = world.clone();
    let is = |tags: &Tags| owner.child_of(tags).is_some();
    ours.vpcs.retain(|it| is(&it.tags));
    ours.subnets.retain(|it| is(&it.tags));
    ours.internet_gateways.retain(|it| is(&it.tags));
    ours.addresses.retain(|it| is(&it.tags));
    ours.nat_gateways.retain(|it| is(&it.tags) && it.state != NatGatewayState::Deleted);
    ours.route_tables.retain(|it| is(&it.tags));
    ours.vpc_endpoints.retain(|it| is(&it.tags));
    ours.flow_logs.retain(|it| is(&it.tags));
    ours.dhcp_options.retain(|it| is(&it.tags));
    ours.own_security_groups.retain(|_, it| is(&it.tags));
    ours.own_network_acls.retain(|it| is(&it.tags));
    ours.exclusions.retain(|it| is(&it.tags));
    ours.encryption_controls.retain(|it| is(&it.tags));
    ours.egress_only_internet_gateways.retain(|it| is(&it.tags));
    ours
}

fn choose<T>(list: &[T], pick: usize) -> Option<&T> {
    list.get(pick.checked_rem(list.len())?)
}

async fn delete(network: &dyn Network, ours: &World, name: &str, pick: usize) -> Option<String> {
    match name {
        "deletes a NAT gateway" | "deletes a NAT gateway and its address" => {
            let gateway = choose(&ours.nat_gateways, pick)?;
            network.delete_nat_gateway(&gateway.id).await.ok()?;
            if let Some(address) = gateway.allocation.as_ref().filter(|_| name.ends_with("address")) {
                network.release_address(address).await.ok()?;
            }
            Some(gateway.id.to_string())
        }
        "deletes a subnet" => {
            let subnet = choose(&ours.subnets, pick)?;
            network.delete_subnet(&subnet.id).await.ok()?;
            Some(subnet.id.to_string())
        }
        "deletes a route table" => {
            let table = choose(&ours.route_tables, pick)?;
            for endpoint in ours.vpc_endpoints.iter().filter(|it| it.route_tables.contains(&table.id)) {
                let remove_route_tables = vec![table.id.clone()];
                let change = GatewayEndpointChange { remove_route_tables, ..Default::default() };
                network.modify_gateway_endpoint(&endpoint.id, &change).await.ok()?;
            }
            for association in &table.associations {
                network.disassociate_route_table(&association.id).await.ok()?;
            }
            network.delete_route_table(&table.id).await.ok()?;
            Some(table.id.to_string())
        }
        "deletes an endpoint" => {
            let endpoint = choose(&ours.vpc_endpoints, pick)?;
            network.delete_vpc_endpoint(&endpoint.id).await.ok()?;
            Some(endpoint.id.to_string())
        }
        "deletes a flow log" => {
            let log = choose(&ours.flow_logs, pick)?;
            network.delete_flow_log(&log.id).await.ok()?;
            Some(log.id.to_string())
        }
        "deletes the internet gateway" => {
            let gateway = choose(&ours.internet_gateways, pick)?;
            if let Some(vpc) = &gateway.vpc {
                network.detach_internet_gateway(&gateway.id, vpc).await.ok()?;
            }
            network.delete_internet_gateway(&gateway.id).await.ok()?;
            Some(gateway.id.to_string())
        }
        "deletes a route" => {
            let table = choose(&ours.route_tables, pick)?;
            let route = choose(&table.routes, pick)?;
            network.delete_route(&table.id, &route.destination).await.ok()?;
            Some(format!("{} of {}", route.destination, table.id))
        }
        "deletes the VPC and all in it" => raze(network, ours).await,
        _ => panic!("nobody {name}"),
    }
}

/// Deletes the VPC and what is in it. Addresses stay, as the console leaves them.
async fn raze(network: &dyn Network, ours: &World) -> Option<String> {
    let vpc = ours.vpcs.first()?;
    for endpoint in &ours.vpc_endpoints {
        network.delete_vpc_endpoint(&endpoint.id).await.ok()?;
    }
    for log in &ours.flow_logs {
        network.delete_flow_log(&log.id).await.ok()?;
    }
    for gateway in &ours.nat_gateways {
        network.delete_nat_gateway(&gateway.id).await.ok()?;
    }
    for gateway in &ours.internet_gateways {
        network.detach_internet_gateway(&gateway.id, &vpc.id).await.ok()?;
        network.delete_internet_gateway(&gateway.id).await.ok()?;
    }
    for subnet in &ours.subnets {
        network.delete_subnet(&subnet.id).await.ok()?;
    }
    for table in &ours.route_tables {
        network.delete_route_table(&table.id).await.ok()?;
    }
    for gateway in &ours.egress_only_internet_gateways {
        network.delete_egress_only_internet_gateway(&gateway.id).await.ok()?;
    }
    for acl in &ours.own_network_acls {
        network.delete_network_acl(&acl.id).await.ok()?;
    }
    network.delete_vpc(&vpc.id).await.ok()?;
    Some(vpc.id.to_string())
}

async fn set(
    cloud: &InProcessCloud,
    network: &dyn Network,
    ours: &World,
    name: &str,
    pick: usize,
) -> Option<String> {
    match name {
        "takes a subnet out of its route table" => {
            let table = choose(&ours.route_tables, pick)?;
            let association = choose(&table.associations, pick)?;
            network.disassociate_route_table(&association.id).await.ok()?;
            Some(association.subnet.to_string())
        }
        "points a route elsewhere" => {
            let table = choose(&ours.route_tables, pick)?;
            let route = choose(&table.routes, pick)?;
            let elsewhere = RouteTarget::Other("pcx-0fedcba9876543210".into());
            network.replace_route(&table.id, &route.destination, &elsewhere).await.ok()?;
            Some(format!("{} of {}", route.destination, table.id))
        }
        "adds a route" => {
            let table = choose(&ours.route_tables, pick)?;
            let gateway = RouteTarget::Other(PEOPLES_GATEWAY.into());
            network.create_route(&table.id, &"172.31.0.0/16".parse().ok()?, &gateway).await.ok()?;
            Some(table.id.to_string())
        }
        "switches DNS names" => {
            let vpc = ours.vpcs.first()?;
            let enabled = !ours.dns.get(vpc.id.as_str())?.hostnames;
            network.set_dns_attribute(&vpc.id, DnsAttribute::Hostnames, enabled).await.ok()?;
            Some(vpc.id.to_string())
        }
        "switches public addresses of a subnet" => {
            let subnet = choose(&ours.subnets, pick)?;
            network.set_public_ip_on_launch(&subnet.id, !subnet.public_ip_on_launch).await.ok()?;
            Some(subnet.id.to_string())
        }
        "adds an entry to the network ACL" => {
            let acl = ours.network_acls.get(ours.vpcs.first()?.id.as_str())?;
            let mut entry = acl.entries.first()?.clone();
            entry.number = 90;
            network.create_network_acl_entry(&acl.id, &entry).await.ok()?;
            Some(acl.id.to_string())
        }
        "opens an endpoint" => {
            let endpoint = choose(&ours.vpc_endpoints, pick)?;
            let policy = Some(landform_model::PolicyJson::full_access());
            let change = GatewayEndpointChange { policy, ..Default::default() };
            network.modify_gateway_endpoint(&endpoint.id, &change).await.ok()?;
            Some(endpoint.id.to_string())
        }
        "changes a tag" | "adds a tag" => {
            let id = choose(&ids(ours), pick)?.clone();
            let key = if name == "adds a tag" { format!("{PEOPLES_TAG}note") } else { "Name".to_owned() };
            let tags = Tags::from([(key, "as people like it".to_owned())]);
            network.set_tags(std::slice::from_ref(&id), &tags).await.ok()?;
            cloud.take_calls();
            Some(id)
        }
        _ => panic!("nobody {name}"),
    }
}

fn ids(ours: &World) -> Vec<String> {
    ours.inventory().iter().filter_map(|object| Some(object.split(' ').nth(1)?.to_owned())).collect()
}

/// Takes the tag of the stack from an object, which is nobody's then.
fn strip(cloud: &InProcessCloud, ours: &World, pick: usize) -> Option<Undo> {
    let id = choose(&ids(ours), pick)?.clone();
    let value = cloud.world(&target(), |world| tags(world, &id)?.remove(STACK_TAG))?;
    Some(Box::new(move |world| {
        if let Some(tags) = tags(world, &id) {
            tags.insert(STACK_TAG.to_owned(), value);
        }
    }))
}

fn tags<'w>(world: &'w mut World, id: &str) -> Option<&'w mut Tags> {
    macro_rules! find {
        ($($list:ident),*) => {
            $(if let Some(it) = world.$list.iter_mut().find(|it| it.id.as_str() == id) {
                return Some(&mut it.tags);
            })*
        };
    }
    find!(vpcs, subnets, internet_gateways, addresses, nat_gateways, route_tables, vpc_endpoints);
    find!(dhcp_options, flow_logs, own_network_acls, exclusions, encryption_controls);
    find!(egress_only_internet_gateways);
    let group = world.own_security_groups.values_mut().find(|it| it.id.as_str() == id);
    group.map(|it| &mut it.tags)
}

/// Puts somebody's network interface into a subnet, which cannot be deleted then.
fn occupy(cloud: &InProcessCloud, ours: &World, pick: usize) -> Option<Undo> {
    let subnet = choose(&ours.subnets, pick)?.id.clone();
    let interface = NetworkInterface {
        id: "eni-0f0e19f0".into(),
        subnet: Some(subnet),
        description: "a machine".into(),
        kind: "interface".into(),
        requester: None,
        instance: Some("i-0f0e19f0".into()),
        in_use: true,
        tags: [].into(),
    };
    cloud.world(&target(), |world| world.interfaces.push(interface));
    Some(Box::new(|world| world.interfaces.retain(|it| it.id != "eni-0f0e19f0")))
}
