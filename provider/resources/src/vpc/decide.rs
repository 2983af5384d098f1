//! Decides: what must be, compared with what is, gives steps. Pure.

mod endpoints;

use super::child::Child;
use super::desired::Desired;
use super::egress;
use super::seen::Seen;
use super::steps::{Removal, Step};
use landform_cloud::Tags;
use landform_cloud::network::{Direction, DnsAttribute, NetworkAclEntry, RouteTarget};
use landform_model::network::RouteDestination;

/// The steps from `seen` to `desired`; none when all is as it must be.
///
/// Create, update and the healing of drift are this one comparison.
pub(crate) fn decide(desired: &Desired, seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    vpc(desired, seen, &mut steps);
    super::blocks::decide(desired, seen, &mut steps);
    default_guards(desired, seen, &mut steps);
    subnets(desired, seen, &mut steps);
    internet_gateway(desired, seen, &mut steps);
    super::ipv6::decide(desired, seen, &mut steps);
    egress::decide(desired, seen, &mut steps);
    route_tables(desired, seen, &mut steps);
    super::routes::decide(desired, seen, &mut steps);
    endpoints::endpoints(desired, seen, &mut steps);
    super::interface_endpoints::decide(desired, seen, &mut steps);
    super::dhcp_options::decide(desired, seen, &mut steps);
    super::flow_logs::decide(desired, seen, &mut steps);
    super::network_acl::decide(desired, seen, &mut steps);
    super::controls::decide(desired, seen, &mut steps);
    tags(desired, seen, &mut steps);
    surplus(desired, seen, &mut steps);
    steps
}

/// Parts that exist in another place than they must be, which no step can mend: AWS fixes CIDR and zone at creation.
///
/// Planning refuses such changes, so this happens only when a network of this name is found that was made otherwise.
pub(crate) fn conflicts(desired: &Desired, seen: &Seen) -> Vec<String> {
    let mut conflicts = Vec::new();
    if let Some(vpc) = seen.vpc.as_ref().filter(|vpc| vpc.cidr != desired.cidr) {
        conflicts.push(format!("VPC {} has the CIDR {}, not {}", vpc.id, vpc.cidr, desired.cidr));
    }
    for ((tier, slot), exists) in &seen.subnets {
        let Some(wanted) = desired.subnets.get(&(*tier, *slot)) else { continue };
        if exists.cidr != wanted.cidr || exists.zone != wanted.zone {
            conflicts.push(format!(
                "subnet {tier}/{slot} ({}) is {} in {}, not {} in {}",
                exists.id, exists.cidr, exists.zone, wanted.cidr, wanted.zone
            ));
        }
    }
    conflicts
}

fn vpc(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    if seen.vpc.is_none() {
        steps.push(Step::CreateVpc(desired.cidr));
    }
    // AWS makes a VPC with DNS support on and DNS hostnames off.
    // https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
    let (support, hostnames) = seen.dns.map_or((true, false), |dns| (dns.support, dns.hostnames));
    if support != desired.dns_support {
        steps.push(Step::SetDns(DnsAttribute::Support, desired.dns_support));
    }
    if hostnames != desired.dns_hostnames {
        steps.push(Step::SetDns(DnsAttribute::Hostnames, desired.dns_hostnames));
    }
}

/// The default security group has no rule; the default network ACL has exactly the two entries that AWS makes it with.
fn default_guards(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    match &seen.default_security_group {
        None => steps.push(Step::LockDefaultSecurityGroup(None)),
        Some(group) if group.ingress.is_empty() && group.egress.is_empty() => {}
        Some(group) => steps.push(Step::LockDefaultSecurityGroup(Some(group.clone()))),
    }
    // The ACL of a new VPC is as it must be.
    let Some(acl) = &seen.default_network_acl else { return };
    let mut wanted: Vec<NetworkAclEntry> = original_network_acl_entries().into();
    wanted.extend(super::ipv6::wanted_entries(desired, seen));
    let stays = |entry: &NetworkAclEntry| {
        wanted.contains(entry) || super::ipv6::is_original_entry(entry, desired, seen)
    };
    for entry in acl.entries.iter().filter(|entry| !stays(entry)) {
        steps.push(Step::RemoveNetworkAclEntry(entry.direction, entry.number));
    }
    for entry in wanted.into_iter().filter(|entry| !acl.entries.contains(entry)) {
        steps.push(Step::AddNetworkAclEntry(entry));
    }
}

/// The entries of the default network ACL of a new VPC: all traffic, both ways. All subnets use this ACL, so closing it would
/// close the network; what is guarded is that nobody adds to it.
/// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>
pub(crate) fn original_network_acl_entries() -> [NetworkAclEntry; 2] {
    [Direction::Ingress, Direction::Egress].map(|direction| NetworkAclEntry {
        direction,
        number: 100,
        allow: true,
        protocol: "-1".into(),
        cidr: "0.0.0.0/0".into(),
        ports: None,
    })
}

fn subnets(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for ((tier, slot), subnet) in &desired.subnets {
        let exists = seen.subnets.get(&(*tier, *slot));
        if exists.is_none() {
            steps.push(Step::CreateSubnet(*tier, *slot, subnet.cidr, subnet.zone.clone()));
        }
        // AWS makes a subnet without public addresses.
        if exists.is_some_and(|it| it.public_ip_on_launch) != subnet.public_ip_on_launch {
            steps.push(Step::SetPublicIpOnLaunch(*tier, *slot, subnet.public_ip_on_launch));
        }
    }
}

fn internet_gateway(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    if desired.internet_gateway {
        if seen.internet_gateway.is_none() {
            steps.push(Step::CreateInternetGateway);
        }
        if seen.internet_gateway.as_ref().is_none_or(|gateway| gateway.vpc.is_none()) {
            steps.push(Step::AttachInternetGateway);
        }
    }
}

fn route_tables(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (table, exit) in &desired.route_tables {
        let exists = seen.route_tables.get(table);
        if exists.is_none() {
            steps.push(Step::CreateRouteTable(*table));
        }
        let route = exists
            .and_then(|it| it.routes.iter().find(|route| route.destination == RouteDestination::ALL_IPV4));
        match (exit, route) {
            (Some(exit), None) => steps.push(Step::SetDefaultRoute(*table, *exit, false)),
            (Some(exit), Some(route)) => {
                if !route.active || Some(&route.target) != egress::target(*exit, desired, seen).as_ref() {
                    steps.push(Step::SetDefaultRoute(*table, *exit, true));
                }
            }
            // A default route to something that Landform does not make (a transit gateway, a firewall) is another's.
            (None, Some(_)) if desired.routes.contains_key(&(*table, RouteDestination::ALL_IPV4)) => {}
            (None, Some(route)) if !matches!(route.target, RouteTarget::Other(_)) => {
                steps.push(Step::RemoveDefaultRoute(*table));
            }
            (None, _) => {}
        }
    }
    for (tier, slot) in desired.subnets.keys() {
        let wanted = super::child::Table::of(*tier, *slot);
        match seen.association(*tier, *slot) {
            Some((table, _)) if table == wanted => {}
            Some((_, association)) => steps.push(Step::Associate(*tier, *slot, Some(association.id.clone()))),
            None => steps.push(Step::Associate(*tier, *slot, None)),
        }
    }
}

fn tags(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let options = super::dhcp_options::kept(desired.dhcp_options.as_ref(), seen);
    let log = super::flow_logs::kept(desired.flow_log.as_ref(), seen);
    for (child, id, tags) in seen.parts() {
        let other_log = child == Child::FlowLog && log.is_none_or(|log| log.id.as_str() != id);
        let other_options = child == Child::DhcpOptions && options.is_none_or(|it| it.id.as_str() != id);
        if other_options || other_log || !wanted(desired, child) {
            continue;
        }
        let missing: Tags =
            desired.tags_of(child).into_iter().filter(|(key, value)| tags.get(key) != Some(value)).collect();
        if !missing.is_empty() {
            steps.push(Step::SetTags(child, id.clone(), missing));
        }
        let retired = desired.retired_tags.get(&child).into_iter().flatten();
        let retired: Vec<String> = retired.filter(|key| tags.contains_key(*key)).cloned().collect();
        if !retired.is_empty() {
            steps.push(Step::RemoveTags(child, id, retired));
        }
    }
}

pub(super) fn wanted(desired: &Desired, child: Child) -> bool {
    match child {
        Child::Vpc => true,
        Child::InternetGateway => desired.internet_gateway,
        Child::EgressOnlyGateway => desired.ipv6.as_ref().is_some_and(super::ipv6::DesiredIpv6::egress_only),
        Child::Subnet(tier, slot) => desired.subnets.contains_key(&(tier, slot)),
        Child::Address(outlet) => desired.outlets.get(&outlet).is_some_and(|it| it.own.is_none()),
        Child::NatGateway(nat) => desired.nat_gateways.contains(&nat),
        Child::RouteTable(table) => desired.route_tables.contains_key(&table),
        Child::GatewayEndpoint(service) => desired.gateway_endpoints.contains_key(&service),
        Child::InterfaceEndpoint(service) => desired.interface_endpoints.contains_key(&service),
        Child::EndpointsGroup => super::interface_endpoints::needs_group(&desired.interface_endpoints),
        Child::DhcpOptions => desired.dhcp_options.is_some(),
        Child::FlowLog => desired.flow_log.is_some(),
        Child::NetworkAcl => desired.network_acl.is_some(),
        Child::Exclusion => desired.exclusion.is_some(),
        Child::EncryptionControl => desired.encryption.is_some(),
    }
}

/// Removes what exists and is no longer wanted.
fn surplus(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    endpoints::surplus_endpoints(desired, seen, steps);
    super::interface_endpoints::surplus(desired, seen, steps);
    let mut remove = |removal| steps.push(Step::Remove(removal));
    for ((tier, slot), subnet) in
        seen.subnets.iter().filter(|((tier, slot), _)| !wanted(desired, Child::Subnet(*tier, *slot)))
    {
        if let Some((table, association)) = seen.association(*tier, *slot) {
            remove(Removal::Association(
                association.id.clone(),
                seen.route_tables[&table].id.clone(),
                subnet.id.clone(),
            ));
        }
        remove(Removal::Subnet(subnet.id.clone()));
    }
    egress::surplus(desired, seen, steps);
    let mut remove = |removal| steps.push(Step::Remove(removal));
    for (_, table) in
        seen.route_tables.iter().filter(|(table, _)| !wanted(desired, Child::RouteTable(**table)))
    {
        remove(Removal::RouteTable(table.id.clone()));
    }
    if let Some(gateway) = seen.internet_gateway.as_ref().filter(|_| !desired.internet_gateway) {
        if let Some(vpc) = &gateway.vpc {
            remove(Removal::Attachment(gateway.id.clone(), vpc.clone()));
        }
        remove(Removal::InternetGateway(gateway.id.clone()));
    }
    super::ipv6::surplus(desired, seen, steps);
    let mut remove = |removal| steps.push(Step::Remove(removal));
    for duplicate in &seen.duplicates {
        remove(duplicate.clone());
    }
}
