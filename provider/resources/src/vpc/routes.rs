//! Routes of the user's own: to where, by which gateway, for which tiers.

use super::child::Table;
use super::desired::Desired;
use super::model::{Route, Vpc};
use super::seen::Seen;
use super::steps::Step;
use super::tiers;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::Cidr;
use landform_model::network::{EgressMode, RouteDestination, RouteTargetId, Tier, WayOut};
use std::collections::{BTreeMap, BTreeSet};

/// A route as the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WishedRoute {
    pub(crate) to: RouteDestination,
    pub(crate) via: RouteTargetId,
    /// None: all tiers.
    pub(crate) tiers: Option<BTreeSet<Tier>>,
}

/// What the user wrote; none while something is unknown.
pub(super) fn wished(routes: &[Route]) -> Option<Vec<WishedRoute>> {
    let wished = |route: &Route| {
        let tiers = match &route.tiers {
            Value::Unknown => return None,
            tiers => tiers.known().map(|tiers| tiers.iter().map(|tier| tier.0.0).collect()),
        };
        Some(WishedRoute { to: route.to.known()?.0.clone(), via: route.via.known()?.0.clone(), tiers })
    };
    routes.iter().map(wished).collect()
}

/// The routes of each table. The last one to a destination wins: a half-way state holds those before and those wanted.
pub(super) fn of_tables(
    wished: &[WishedRoute],
    tables: impl Iterator<Item = (Tier, Table)>,
) -> BTreeMap<(Table, RouteDestination), RouteTargetId> {
    let mut routes = BTreeMap::new();
    for (tier, table) in tables {
        for route in wished.iter().filter(|it| it.tiers.as_ref().is_none_or(|it| it.contains(&tier))) {
            routes.insert((table, route.to.clone()), route.via.clone());
        }
    }
    routes
}

/// The routes of each table as people read them: destination to what it leads to, by name where that is a part of the network.
pub(super) fn shown(desired: &Desired) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut shown: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (table, exit) in &desired.route_tables {
        let routes = shown.entry(table.to_string()).or_default();
        routes.extend(exit.map(|exit| (Cidr::ANYWHERE.to_string(), exit.to_string())));
    }
    for ((table, to), exit) in desired.ipv6.iter().flat_map(|ipv6| &ipv6.routes) {
        shown.entry(table.to_string()).or_default().insert(to.to_string(), exit.to_string());
    }
    for ((table, to), via) in &desired.routes {
        shown.entry(table.to_string()).or_default().insert(to.to_string(), via.to_string());
    }
    shown
}

/// Makes what is missing, corrects what leads elsewhere, removes what the configuration had before and has no longer.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let existing = |table: &Table, to: &RouteDestination| {
        seen.route_tables.get(table)?.routes.iter().find(|route| route.destination == *to)
    };
    for ((table, to), via) in &desired.routes {
        match existing(table, to) {
            None => steps.push(Step::SetRoute(*table, to.clone(), via.clone(), false)),
            Some(route) if route.active && route.target.to_string() == via.as_str() => {}
            Some(_) => steps.push(Step::SetRoute(*table, to.clone(), via.clone(), true)),
        }
    }
    for (table, to) in &desired.retired_routes {
        let exit =
            *to == RouteDestination::ALL_IPV4 && desired.route_tables.get(table).copied().flatten().is_some();
        let over_ipv6 = desired.ipv6.iter().flat_map(|it| it.routes.keys());
        let exit = exit || over_ipv6.into_iter().any(|(other, it)| other == table && *to == (*it).into());
        if !exit && desired.route_tables.contains_key(table) && existing(table, to).is_some() {
            steps.push(Step::RemoveRoute(*table, to.clone()));
        }
    }
}

/// Routes that AWS would refuse, and such as another part of the configuration decides about.
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(Tier, RouteDestination), usize> = BTreeMap::new();
    for (position, route) in config.routes.known().into_iter().flatten().enumerate() {
        let path = Path::root().attribute("routes").index(position);
        let Value::Known(Text(to)) = &route.to else { continue };
        let at = || path.attribute("to");
        if let (Some(Text(vpc)), Some(Text(via))) = (config.cidr.known(), route.via.known())
            && to.ipv4().is_some_and(|to| vpc.contains(to))
            && !via.is_middlebox()
        {
            let text = format!(
                "{to} is inside the network's own {vpc}, which AWS routes itself. Only a network interface or a Gateway Load Balancer endpoint can stand in between."
            );
            diagnostics.error_at(at(), "A route into the network itself", text);
        }
        if let (RouteDestination::PrefixList(_), Some(Text(via))) = (to, route.via.known())
            && via.as_str().starts_with("vpce-")
        {
            let text = "AWS shows such a route just as it shows those of gateway endpoints, so nobody could tell whether it is there. Write a route for each block of the list.";
            diagnostics.error_at(at(), "A prefix list through an endpoint", text);
        }
        let tiers: BTreeSet<Tier> = match &route.tiers {
            Value::Unknown => continue,
            Value::Null => tiers::all(config).into_iter().collect(),
            Value::Known(tiers) => tiers.iter().map(|tier| tier.0.0).collect(),
        };
        for tier in tiers {
            tiers::must_have(config, tier, path.attribute("tiers"), diagnostics);
            if let Some(other) = seen.insert((tier, to.clone()), position) {
                let text = format!(
                    "routes[{other}] leads {tier} to {to} already; a table has one route to a place."
                );
                diagnostics.error_at(at(), "Two routes to one place", text);
            }
            if *to == RouteDestination::ALL_IPV4 && has_exit(config, tier) {
                let text = match tier {
                    _ if tiers::way_out(tier, &tiers::own(config).unwrap_or_default())
                        == WayOut::Internet =>
                    {
                        format!(
                            "Subnets of tier {tier} reach the internet by the internet gateway. Name other tiers in `tiers`."
                        )
                    }
                    _ => format!(
                        "`egress` leads {tier} subnets to the internet. Set `egress.mode = \"none\"`, or name other tiers in `tiers`."
                    ),
                };
                diagnostics.error_at(at(), "Two ways out", text);
                break;
            }
        }
    }
}

fn has_exit(config: &Vpc, tier: Tier) -> bool {
    let mode =
        config.egress.known().and_then(|egress| egress.mode.known()).map_or(EgressMode::None, |mode| mode.0);
    let own = tiers::own(config).unwrap_or_default();
    match tiers::way_out(tier, &own) {
        WayOut::Internet => true,
        WayOut::Egress => mode != EgressMode::None,
        WayOut::None => false,
    }
}
