//! What a plan warns of: connections that are cut, addresses that are given up or kept.

use super::super::model::{Egress, Vpc};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::network::EgressMode;

/// Warns of what an apply does to connections and addresses.
pub(in super::super) fn warn(prior: &Vpc, planned: &Vpc, diagnostics: &mut Diagnostics) {
    let (Some(before), Some(after)) = (prior.egress.known(), planned.egress.known()) else { return };
    moved_connections(before, after, diagnostics);
    let keep = after.retain_eips_on_destroy == Value::Known(true);
    let mut kept = Vec::new();
    for (slot, allocation, address) in allocated(prior) {
        let stays = regional(before) == regional(after)
            && planned.nat_gateways.known().is_none_or(|gateways| gateways.contains_key(&slot))
            && !named(after, &slot);
        let handed_over = all_named(after).any(|id| id == allocation);
        if stays || handed_over {
            continue;
        }
        if keep {
            kept.push(format!("{address} ({allocation})"));
            continue;
        }
        diagnostics.warning(
            format!("The public address {address} is given up"),
            format!("The NAT gateway of slot {slot} goes or gets another address, and its Elastic IP address {allocation} is released. AWS does not give the same address again, and open connections through it end. To keep it, set `egress.retain_eips_on_destroy = true`, or name it in `egress.eip_allocation_ids`."),
        );
    }
    diagnostics.extend(kept_addresses(&kept));
}

/// The addresses that stay when the network is destroyed.
pub(in super::super) fn kept_on_destroy(prior: &Vpc) -> Option<Diagnostic> {
    let egress = prior.egress.known()?;
    if egress.retain_eips_on_destroy != Value::Known(true) {
        return None;
    }
    let kept: Vec<String> =
        allocated(prior).map(|(_, allocation, address)| format!("{address} ({allocation})")).collect();
    kept_addresses(&kept)
}

fn kept_addresses(kept: &[String]) -> Option<Diagnostic> {
    (!kept.is_empty()).then(|| {
        Diagnostic::warning(
            format!("{} kept", if kept.len() == 1 { "A public address is" } else { "Public addresses are" }),
            format!("`egress.retain_eips_on_destroy` keeps {}. Their `landform:` tags are removed: from then on they are yours, and AWS charges for them until you release them. To use them again, name them in `egress.eip_allocation_ids`.", kept.join(", ")),
        )
    })
}

/// <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html>: a connection does not survive its gateway.
fn moved_connections(before: &Egress, after: &Egress, diagnostics: &mut Diagnostics) {
    let mode = |egress: &Egress| egress.mode.known().map(|mode| mode.0);
    let (Some(from), Some(to)) = (mode(before), mode(after)) else { return };
    if from != to && from.has_nat_gateways() {
        diagnostics.warning(
            "Open connections through the NAT gateways are cut",
            format!("`egress.mode` goes from \"{from}\" to \"{to}\". New gateways work before routes move to them and the old ones go, but a connection that is open at that moment ends; programs must open it again."),
        );
    } else if from == to
        && matches!(from, EgressMode::Single | EgressMode::Zonal)
        && before.eip_allocation_ids != after.eip_allocation_ids
    {
        diagnostics.warning(
            "NAT gateways are replaced",
            "AWS fixes the address of a NAT gateway when it is made, so another address makes another gateway. The new one works before routes move to it, unless it takes over an address that the old one still has: then its subnets have no way out for some minutes. Open connections end.",
        );
    }
}

/// The addresses that Landform allocated: slot, allocation, address.
fn allocated(network: &Vpc) -> impl Iterator<Item = (String, String, String)> + '_ {
    let own = |slot: &str| network.egress.known().is_some_and(|egress| named(egress, slot));
    let gateways = network.nat_gateways.known().into_iter().flatten();
    gateways.filter(move |(slot, _)| !own(slot)).filter_map(|(slot, gateway)| {
        let address = gateway.public_ip.known().map_or("(unknown)", String::as_str);
        Some((slot.clone(), gateway.allocation_id.known()?.clone(), address.to_owned()))
    })
}

fn named(egress: &Egress, slot: &str) -> bool {
    egress.eip_allocation_ids.known().is_some_and(|ids| ids.contains_key(slot))
}

fn all_named(egress: &Egress) -> impl Iterator<Item = String> + '_ {
    let ids = egress.eip_allocation_ids.known().into_iter().flatten();
    ids.filter_map(|(_, id)| id.known().map(|Text(id)| id.to_string()))
}

fn regional(egress: &Egress) -> bool {
    egress.mode == Value::Known(Text(EgressMode::Regional))
}
