//! What can be checked of IPv6 without AWS.

use super::super::model::Vpc;
use super::super::tiers;
use super::super::validate::layout_error;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{LayoutError, RouteDestination, Tier, WayOut};
use std::collections::BTreeSet;

/// A NAT gateway and DNS for DNS64, a place for each tier, and no second way out.
pub(in super::super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let Some(ipv6) = config.ipv6.known() else { return };
    if ipv6.dns64 == Value::Known(true) {
        let path = Path::root().attribute("ipv6").attribute("dns64");
        let mode = config.egress.known().map_or(Value::Null, |egress| egress.mode);
        let without_nat = match mode {
            Value::Known(Text(mode)) => !mode.has_nat_gateways(),
            Value::Null => !config.egress.is_unknown(),
            Value::Unknown => false,
        };
        if without_nat {
            let text = "A NAT gateway makes IPv4 packets of those to 64:ff9b::/96, and this network has none. Choose an `egress.mode` with NAT gateways, or leave `dns64` out.";
            diagnostics.error_at(path, "DNS64 needs a NAT gateway", text);
        } else if config.dns_support == Value::Known(false) {
            let text =
                "The Amazon DNS server is what answers so. Switch `dns_support` on, or leave `dns64` out.";
            diagnostics.error_at(path, "DNS64 needs DNS support", text);
        }
    }
    // None while an area is unknown.
    let own = tiers::own(config).unwrap_or_default();
    // The IPv6 block of a subnet is told by the area of its tier, whatever `subnet_overrides` says of IPv4.
    if let Some((name, _)) = own.iter().find(|(_, tier)| tier.area.is_none()) {
        layout_error(&LayoutError::NoIpv6Place { tier: Tier::Custom(*name) }, diagnostics);
    }
    for (position, route) in config.routes.known().into_iter().flatten().enumerate() {
        let routed: BTreeSet<Tier> = match &route.tiers {
            Value::Unknown => continue,
            Value::Null => tiers::all(config).into_iter().collect(),
            Value::Known(tiers) => tiers.iter().map(|tier| tier.0.0).collect(),
        };
        let leaves = |tier: &&Tier| tiers::way_out(**tier, &own) != WayOut::None;
        if route.to == Value::Known(Text(RouteDestination::ALL_IPV6))
            && let Some(tier) = routed.iter().find(leaves)
        {
            let path = Path::root().attribute("routes").index(position).attribute("to");
            let text = format!(
                "Subnets of tier {tier} reach the internet over IPv6 by a gateway of the network. Name other tiers in `tiers`."
            );
            diagnostics.error_at(path, "Two ways out over IPv6", text);
        }
    }
}
