//! Between the attributes and the network: what is wished for, and what state says of what exists.

use super::child::Child;
use super::controls;
use super::desired::{Desired, Wish, WishedEndpoint};
use super::dhcp_options;
use super::egress::{self, Nat, Outlet};
use super::flow_logs;
use super::interface_endpoints;
use super::ipv6;
use super::kubernetes;
use super::model::{GatewayEndpoint, Vpc};
use super::outputs::Outputs;
use super::overrides;
use super::routes;
use super::seen::Seen;
use crate::client::Landform;
use landform_cloud::{Tags, Target};
use landform_framework::Value;
use landform_model::network::{AnyTier, EgressMode, GatewayService, Tier};
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
        region: model.region.known()?.0.clone(),
        cidr: model.cidr.known()?.0,
        ipam_pool: known_or_null(&model.ipam_pool_id)?.cloned(),
        secondary_cidrs: known_or_null(&model.secondary_cidrs)?
            .into_iter()
            .flatten()
            .map(|it| it.0)
            .collect(),
        pods: known_or_null(&model.pods_cidr)?.map(|it| it.0),
        ipv6: match known_or_null(&model.ipv6)? {
            Some(wished) => Some(ipv6::wished(wished)?),
            None => None,
        },
        profile: model.profile.known()?.0,
        zones,
        tiers: tiers(model)?,
        own_tiers: super::tiers::own(model)?,
        egress: egress::wished(model.egress.known()?)?,
        gateway_endpoints: gateway_endpoints(model)?,
        interface_endpoints: interface_endpoints::wished(&model.interface_endpoints)?,
        overrides: overrides::known(&model.subnet_overrides)?,
        routes: match known_or_null(&model.routes)? {
            Some(routes) => routes::wished(routes)?,
            None => Vec::new(),
        },
        dhcp_options: match known_or_null(&model.dhcp_options)? {
            Some(options) => Some(dhcp_options::settings(options)?),
            None => None,
        },
        flow_log: match known_or_null(&model.flow_logs)? {
            Some(logs) if flow_logs::wanted(&model.flow_logs) => Some(flow_logs::settings(logs)?),
            _ => None,
        },
        // State of an earlier version has no value here, and below.
        network_acl: known_or_null(&model.network_acl)?.map(|it| it.0).unwrap_or_default(),
        exclusion: known_or_null(&model.block_public_access_exclusion)?.map(|it| it.0),
        encryption: match known_or_null(&model.encryption_control)? {
            Some(control) => Some(controls::settings(control)?),
            None => None,
        },
        map_public_ip_on_launch: known_or_null(&model.map_public_ip_on_launch)?.copied().unwrap_or_default(),
        dns_support: *model.dns_support.known()?,
        dns_hostnames: *model.dns_hostnames.known()?,
        tags: client.with_default_tags(&tags),
        tier_tags: tier_tags(model)?,
    })
}

/// What of the user's wish decides about the parts, while the rest is unknown.
///
/// Tags, policies and destinations often come from other resources of the same plan. They change no part's key or CIDR, so
/// the plan need not know them.
pub(super) fn sketch(model: &Vpc, client: &Landform) -> Option<Wish> {
    let mut known = model.clone();
    forget(&mut known.tags);
    forget(&mut known.tier_tags);
    forget(&mut known.map_public_ip_on_launch);
    forget(&mut known.gateway_endpoints);
    if let Value::Known(endpoints) = &mut known.gateway_endpoints {
        for endpoint in endpoints.values_mut() {
            forget(&mut endpoint.policy);
            forget(&mut endpoint.tiers);
        }
    }
    interface_endpoints::sketched(&mut known.interface_endpoints);
    if let Value::Known(egress) = &mut known.egress {
        egress::sketched(egress);
    }
    ipv6::sketched(&mut known.ipv6);
    forget(&mut known.kubernetes);
    if let Value::Known(kubernetes) = &mut known.kubernetes {
        forget(&mut kubernetes.clusters);
        forget(&mut kubernetes.karpenter_discovery);
    }
    forget(&mut known.network_acl);
    known.block_public_access_exclusion = Value::Null;
    known.encryption_control = Value::Null;
    known.dhcp_options = Value::Null;
    known.flow_logs = Value::Null;
    known.routes = Value::Null;
    wish(&known, client)
}

fn forget<T>(value: &mut Value<T>) {
    if value.is_unknown() {
        *value = Value::Null;
    }
}

/// The value, or that there is none; none of both while it is unknown.
fn known_or_null<T>(value: &Value<T>) -> Option<Option<&T>> {
    match value {
        Value::Unknown => None,
        Value::Null => Some(None),
        Value::Known(value) => Some(Some(value)),
    }
}

fn gateway_endpoints(model: &Vpc) -> Option<BTreeMap<GatewayService, WishedEndpoint>> {
    let wished = |endpoint: &GatewayEndpoint| {
        let tiers = known_or_null(&endpoint.tiers)?.map(|tiers| tiers.iter().map(|tier| tier.0.0).collect());
        let policy = known_or_null(&endpoint.policy)?.map(|policy| policy.0.clone());
        Some(WishedEndpoint { policy, tiers })
    };
    let all = known_or_null(&model.gateway_endpoints)?.into_iter().flatten();
    all.filter_map(|(service, endpoint)| Some((service.parse().ok()?, endpoint)))
        .map(|(service, endpoint)| Some((service, wished(endpoint)?)))
        .collect()
}

/// Every tier of the network.
fn tiers(model: &Vpc) -> Option<BTreeSet<Tier>> {
    let mut tiers: BTreeSet<Tier> = model.tiers.known()?.iter().map(|tier| tier.0).collect();
    tiers.extend(super::tiers::own(model)?.into_keys().map(Tier::Custom));
    tiers.extend(known_or_null(&model.pods_cidr)?.map(|_| Tier::Pods));
    Some(tiers)
}

/// The tags of the subnets of each tier: those for Kubernetes, and the user's over them.
fn tier_tags(model: &Vpc) -> Option<BTreeMap<Tier, Tags>> {
    let kubernetes = known_or_null(&model.kubernetes)?;
    let own = known_or_null(&model.tier_tags)?;
    let tags = |tier: Tier| {
        let mut tags = match kubernetes {
            Some(kubernetes) => kubernetes::tags(kubernetes, tier)?,
            None => Tags::new(),
        };
        tags.extend(own.and_then(|own| own.get(tier.as_str())).cloned().unwrap_or_default());
        Some((tier, tags))
    };
    tiers(model)?.into_iter().map(tags).collect()
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
    add(Some(Child::EgressOnlyGateway), &model.egress_only_internet_gateway_id);
    add(Some(Child::DhcpOptions), &model.dhcp_options_id);
    add(Some(Child::FlowLog), &model.flow_log_id);
    add(Some(Child::NetworkAcl), &model.network_acl_id);
    for (tier, slots) in model.subnets.known().into_iter().flatten() {
        for (slot, subnet) in slots {
            add(
                tier.parse()
                    .ok()
                    .zip(slot.parse().ok())
                    .map(|(AnyTier(tier), slot)| Child::Subnet(tier, slot)),
                &subnet.id,
            );
        }
    }
    let egress = model.egress.known().and_then(egress::wished).unwrap_or_default();
    for (slot, gateway) in model.nat_gateways.known().into_iter().flatten() {
        let Ok(slot) = slot.parse() else { continue };
        let outlet = match egress.mode {
            EgressMode::Regional => Outlet::Regional(slot),
            _ => Outlet::Zonal(slot),
        };
        add(Some(Child::NatGateway(outlet.nat())), &gateway.id);
        // An address of the user's own is no part of the network.
        if !egress.own.contains_key(&slot) {
            add(Some(Child::Address(outlet)), &gateway.allocation_id);
        }
    }
    for (table, id) in model.route_table_ids.known().into_iter().flatten() {
        let key = format!("route_table/{table}").parse().ok();
        add(key.and_then(|key| Child::of_key(&key)), id);
    }
    for (service, id) in model.gateway_endpoint_ids.known().into_iter().flatten() {
        add(service.parse().ok().map(Child::GatewayEndpoint), id);
    }
    for (service, id) in model.interface_endpoint_ids.known().into_iter().flatten() {
        add(service.parse().ok().map(Child::InterfaceEndpoint), id);
    }
    add(Some(Child::EndpointsGroup), &model.endpoints_security_group_id);
    ids
}

/// The model of a network as it is: `like` with everything computed read from what exists, and from what is `desired` of it.
pub(crate) fn observed(like: &Vpc, desired: &Desired, seen: &Seen, status: &str, drift: Vec<String>) -> Vpc {
    let mut model = like.clone();
    model.route_table_routes = Value::Known(routes::shown(desired));
    // The parts of another mode are on their way out.
    let mode = like.egress.known().and_then(|egress| egress.mode.known()).map(|mode| mode.0);
    let wanted =
        |nat: &Nat| mode.is_none_or(|mode| (*nat == Nat::Regional) == (mode == EgressMode::Regional));
    Outputs::existing(seen, wanted).into_model(&mut model);
    ipv6::observe(&mut model, seen);
    model.id = seen.vpc.as_ref().map(|vpc| vpc.id.to_string()).into();
    model.arn = seen.vpc.as_ref().and_then(|vpc| Some(arn(&target(like)?, vpc.id.as_str()))).into();
    model.default_security_group_id =
        seen.default_security_group.as_ref().map(|group| group.id.to_string()).into();
    model.dhcp_options_id = dhcp_options::id(like, seen).into();
    model.flow_log_id = flow_logs::id(like, seen).into();
    model.network_acl_id = seen.network_acl.as_ref().map(|acl| acl.id.to_string()).into();
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>
fn arn(target: &Target, id: &str) -> String {
    format!("arn:{}:ec2:{}:{}:vpc/{id}", target.region.partition(), target.region, target.account)
}

/// The name, for messages.
pub(super) fn name(model: &Vpc) -> String {
    model.name.known().map(|name| name.0.to_string()).unwrap_or_default()
}
