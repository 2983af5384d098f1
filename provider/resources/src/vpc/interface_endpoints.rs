//! Interface endpoints: from attributes to what must be, and the steps from what is.

use super::child::Child;
use super::desired::Desired;
use super::model::{InterfaceEndpoint, Vpc};
use super::seen::Seen;
use super::steps::{EndpointGroup, InterfaceChange, Removal, Step};
use super::tiers;
use super::validate::endpoint_policy;
use landform_cloud::id::{SecurityGroupId, SubnetId};
use landform_cloud::network::{PolicyChange, SecurityGroupRule, VpcEndpoint, VpcEndpointState};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{InterfaceService, Slot, Tier};
use landform_model::{Ipv6Cidr, PolicyJson};
use std::collections::{BTreeMap, BTreeSet};

/// An interface endpoint as the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WishedInterface {
    /// None: AWS's default, everybody everything.
    pub(crate) policy: Option<PolicyJson>,
    pub(crate) private_dns: bool,
    /// None: the tier for endpoints, else the private one.
    pub(crate) tier: Option<Tier>,
    /// None: the group that Landform makes.
    pub(crate) groups: Option<BTreeSet<SecurityGroupId>>,
}

/// An interface endpoint, its subnets and its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DesiredInterface {
    pub(crate) policy: Option<PolicyJson>,
    pub(crate) private_dns: bool,
    pub(crate) subnets: BTreeSet<(Tier, Slot)>,
    pub(crate) groups: BTreeSet<EndpointGroup>,
}

/// What the user wrote; none while something of it is unknown. Keys that name no service are left out: validation names them.
pub(super) fn wished(
    endpoints: &Value<BTreeMap<String, InterfaceEndpoint>>,
) -> Option<BTreeMap<InterfaceService, WishedInterface>> {
    let endpoints = match endpoints {
        Value::Unknown => return None,
        Value::Null => return Some(BTreeMap::new()),
        Value::Known(endpoints) => endpoints,
    };
    let wished = |endpoint: &InterfaceEndpoint| {
        let groups = match &endpoint.security_group_ids {
            Value::Unknown => return None,
            Value::Null => None,
            Value::Known(groups) => Some(groups.iter().map(|group| group.0.clone()).collect()),
        };
        if endpoint.policy.is_unknown() || endpoint.private_dns.is_unknown() || endpoint.tier.is_unknown() {
            return None;
        }
        Some(WishedInterface {
            policy: endpoint.policy.known().map(|policy| policy.0.clone()),
            private_dns: endpoint.private_dns.known().copied().unwrap_or(true),
            tier: endpoint.tier.known().map(|tier| tier.0.0),
            groups,
        })
    };
    let services = endpoints.iter().filter_map(|(name, endpoint)| Some((name.parse().ok()?, endpoint)));
    services.map(|(service, endpoint)| Some((service, wished(endpoint)?))).collect()
}

/// The same with what is unknown left out: which endpoints there are is known all the same.
pub(super) fn sketched(endpoints: &mut Value<BTreeMap<String, InterfaceEndpoint>>) {
    let Value::Known(endpoints) = endpoints else {
        if endpoints.is_unknown() {
            *endpoints = Value::Null;
        }
        return;
    };
    for endpoint in endpoints.values_mut() {
        if endpoint.policy.is_unknown() {
            endpoint.policy = Value::Null;
        }
        if endpoint.private_dns.is_unknown() {
            endpoint.private_dns = Value::Null;
        }
        if endpoint.tier.is_unknown() {
            endpoint.tier = Value::Null;
        }
        if endpoint.security_group_ids.is_unknown() {
            endpoint.security_group_ids = Value::Known(BTreeSet::new());
        }
    }
}

/// Whether it is still to be told if a group is made for the endpoints.
pub(super) fn group_is_unknown(endpoints: &Value<BTreeMap<String, InterfaceEndpoint>>) -> bool {
    match endpoints {
        Value::Unknown => true,
        Value::Null => false,
        Value::Known(endpoints) => {
            let mut groups = endpoints.values().map(|endpoint| &endpoint.security_group_ids);
            groups.clone().any(Value::is_unknown) && !groups.any(Value::is_null)
        }
    }
}

/// The tier whose subnets endpoints are in when their attributes name none: that for endpoints, else the private one.
pub(super) fn default_tier(has: impl Fn(Tier) -> bool) -> Option<Tier> {
    [Tier::Endpoints, Tier::Private].into_iter().find(|tier| has(*tier))
}

/// Each endpoint with its subnets among those of the network: one in a zone, as AWS wants it.
pub(super) fn desired<T>(
    wished: BTreeMap<InterfaceService, WishedInterface>,
    subnets: &BTreeMap<(Tier, Slot), T>,
) -> BTreeMap<InterfaceService, DesiredInterface> {
    let default = default_tier(|tier| subnets.keys().any(|(other, _)| *other == tier));
    let endpoint = |wished: WishedInterface| {
        let tier = wished.tier.or(default);
        let groups = wished.groups.map(|groups| groups.into_iter().map(EndpointGroup::Given).collect());
        DesiredInterface {
            policy: wished.policy,
            private_dns: wished.private_dns,
            subnets: subnets.keys().filter(|(other, _)| Some(*other) == tier).copied().collect(),
            groups: groups.unwrap_or_else(|| BTreeSet::from([EndpointGroup::Ours])),
        }
    };
    wished.into_iter().map(|(service, wished)| (service, endpoint(wished))).collect()
}

/// Whether a group of Landform's own is needed.
pub(super) fn needs_group(endpoints: &BTreeMap<InterfaceService, DesiredInterface>) -> bool {
    endpoints.values().any(|endpoint| endpoint.groups.contains(&EndpointGroup::Ours))
}

/// What the group of the endpoints lets in: HTTPS from the network itself. It lets nothing out: endpoints only answer.
pub(crate) fn group_rules(desired: &Desired, ipv6: Option<Ipv6Cidr>) -> Vec<SecurityGroupRule> {
    let rule = |cidr: String| SecurityGroupRule {
        protocol: "tcp".to_owned(),
        from_port: Some(443),
        to_port: Some(443),
        cidrs: vec![cidr],
        groups: Vec::new(),
        prefix_lists: Vec::new(),
    };
    let ipv4 = desired.blocks().into_iter().map(|block| block.to_string());
    ipv4.chain(ipv6.map(|block| block.to_string())).map(rule).collect()
}

/// Rules with one peer each: AWS answers those of one port as one.
pub(crate) fn single(rules: &[SecurityGroupRule]) -> Vec<SecurityGroupRule> {
    let mut all = Vec::new();
    for rule in rules {
        let none = SecurityGroupRule { cidrs: vec![], groups: vec![], prefix_lists: vec![], ..rule.clone() };
        all.extend(rule.cidrs.iter().map(|it| SecurityGroupRule { cidrs: vec![it.clone()], ..none.clone() }));
        all.extend(
            rule.groups.iter().map(|it| SecurityGroupRule { groups: vec![it.clone()], ..none.clone() }),
        );
        all.extend(
            rule.prefix_lists
                .iter()
                .map(|it| SecurityGroupRule { prefix_lists: vec![it.clone()], ..none.clone() }),
        );
    }
    all
}

/// The group first, then the endpoints.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    if needs_group(&desired.interface_endpoints) {
        let ipv6 = super::ipv6::block(desired, seen);
        let awaited = desired.ipv6.is_some() && ipv6.is_none();
        let wanted = group_rules(desired, ipv6);
        let right = |group: &landform_cloud::network::SecurityGroup| {
            let ingress = single(&group.ingress);
            group.egress.is_empty()
                && ingress.len() == wanted.len()
                && wanted.iter().all(|rule| ingress.contains(rule))
        };
        if seen.endpoints_group.is_none() {
            steps.push(Step::CreateEndpointsGroup);
        }
        if awaited || !seen.endpoints_group.as_ref().is_some_and(right) {
            steps.push(Step::SetEndpointsGroupRules);
        }
    }
    for (service, wanted) in &desired.interface_endpoints {
        let Some(exists) = seen.interface_endpoints.get(service) else {
            steps.push(Step::CreateInterfaceEndpoint(*service));
            continue;
        };
        match exists.state {
            VpcEndpointState::Failed | VpcEndpointState::Deleting => {
                steps.push(Step::Remove(Removal::Endpoint(exists.id.clone(), true)));
                steps.push(Step::CreateInterfaceEndpoint(*service));
                continue;
            }
            VpcEndpointState::Pending => steps.push(Step::AwaitInterfaceEndpoint(*service)),
            VpcEndpointState::PendingAcceptance | VpcEndpointState::Available => {}
        }
        let change = change(wanted, exists, seen);
        if change != InterfaceChange::default() {
            steps.push(Step::ModifyInterfaceEndpoint(*service, change));
        }
    }
}

/// Removes endpoints that are no longer wanted, and their group.
pub(super) fn surplus(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (service, endpoint) in &seen.interface_endpoints {
        if !desired.interface_endpoints.contains_key(service) {
            steps.push(Step::Remove(Removal::Endpoint(endpoint.id.clone(), false)));
        }
    }
    if let Some(group) = &seen.endpoints_group
        && !needs_group(&desired.interface_endpoints)
    {
        steps.push(Step::Remove(Removal::SecurityGroup(group.id.clone())));
    }
}

fn change(wanted: &DesiredInterface, exists: &VpcEndpoint, seen: &Seen) -> InterfaceChange {
    let subnet = |place: &(Tier, Slot)| seen.subnets.get(place).map(|subnet| subnet.id.clone());
    let subnets: BTreeSet<SubnetId> = wanted.subnets.iter().filter_map(subnet).collect();
    let in_it = |place: &(Tier, Slot)| subnet(place).is_some_and(|id| exists.subnets.contains(&id));
    let ours = seen.endpoints_group.as_ref().map(|group| &group.id);
    let has = |group: &EndpointGroup| match group {
        EndpointGroup::Given(id) => exists.security_groups.contains(id),
        EndpointGroup::Ours => ours.is_some_and(|id| exists.security_groups.contains(id)),
    };
    let is_wanted = |id: &SecurityGroupId| {
        let is_ours = ours == Some(id) && wanted.groups.contains(&EndpointGroup::Ours);
        is_ours || wanted.groups.contains(&EndpointGroup::Given(id.clone()))
    };
    let open = exists.policy.as_ref().is_none_or(PolicyJson::is_full_access);
    InterfaceChange {
        policy: match &wanted.policy {
            None if open => None,
            None => Some(PolicyChange::Reset),
            Some(policy) if exists.policy.as_ref() == Some(policy) || (open && policy.is_full_access()) => {
                None
            }
            Some(policy) => Some(PolicyChange::Set(policy.clone())),
        },
        add_subnets: wanted.subnets.iter().filter(|place| !in_it(place)).copied().collect(),
        remove_subnets: exists.subnets.iter().filter(|id| !subnets.contains(id)).cloned().collect(),
        add_groups: wanted.groups.iter().filter(|group| !has(group)).cloned().collect(),
        remove_groups: exists.security_groups.iter().filter(|id| !is_wanted(id)).cloned().collect(),
        private_dns: (exists.private_dns != wanted.private_dns).then_some(wanted.private_dns),
    }
}

/// The ids of the endpoints and of their group, as planned or as they are.
pub(super) fn ids<'a>(
    services: impl Iterator<Item = (&'a InterfaceService, Value<String>)>,
) -> Value<BTreeMap<String, Value<String>>> {
    Value::Known(services.map(|(service, id)| (service.to_string(), id)).collect())
}

/// The parts that must exist.
pub(super) fn children(desired: &Desired) -> Vec<Child> {
    let group = needs_group(&desired.interface_endpoints).then_some(Child::EndpointsGroup);
    let endpoints = desired.interface_endpoints.keys().map(|service| Child::InterfaceEndpoint(*service));
    group.into_iter().chain(endpoints).collect()
}

/// What AWS would refuse.
/// <https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html>
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("interface_endpoints");
    let off = |flag: &Value<bool>| *flag == Value::Known(false);
    for (name, endpoint) in config.interface_endpoints.known().into_iter().flatten() {
        let path = path.clone().key(name);
        if let Err(error) = name.parse::<InterfaceService>() {
            diagnostics.error_at(path.clone(), "No such interface endpoint", format!("{error}."));
        }
        if let Some(Text(policy)) = endpoint.policy.known() {
            endpoint_policy(policy, path.clone().attribute("policy"), diagnostics);
        }
        match &endpoint.tier {
            Value::Known(Text(tier)) => {
                tiers::must_have(config, tier.0, path.clone().attribute("tier"), diagnostics);
            }
            Value::Null if default_tier(|tier| tiers::has(config, tier)).is_none() => {
                let text = "The network has no tier for endpoints and no private one: say which tier the endpoint is in.";
                diagnostics.error_at(path.clone().attribute("tier"), "No tier for the endpoint", text);
            }
            _ => {}
        }
        if endpoint.security_group_ids.known().is_some_and(BTreeSet::is_empty) {
            let text = "AWS would give it the default group, which lets nothing in. Leave `security_group_ids` out, or name one.";
            diagnostics.error_at(path.clone().attribute("security_group_ids"), "No security group", text);
        }
        if !off(&endpoint.private_dns) && (off(&config.dns_support) || off(&config.dns_hostnames)) {
            let text = "The service's own name leads to the endpoint only where `dns_support` and `dns_hostnames` are on. Switch them on, or set `private_dns = false`.";
            diagnostics.error_at(path.clone().attribute("private_dns"), "Private DNS needs DNS", text);
        }
    }
}
