//! What can be checked of egress without AWS.

use super::super::model::{Egress, Vpc};
use super::super::tiers;
use landform_cloud::id::AllocationId;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{EgressMode, Slot, Tier, WayOut};
use std::collections::BTreeMap;

pub(in super::super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let Some(egress) = config.egress.known() else { return };
    let path = || Path::root().attribute("egress");
    let mode = match &egress.mode {
        Value::Known(mode) => mode.0,
        Value::Null => EgressMode::None,
        Value::Unknown => return,
    };
    let named = config.tiers.known().is_none_or(|tiers| !tiers.is_empty()) && !config.tiers.is_unknown();
    let used = tiers::own(config).is_none_or(|own| {
        tiers::all(config).into_iter().any(|tier| tiers::way_out(tier, &own) == WayOut::Egress)
    });
    if mode.needs_public_tier() && named && !(tiers::has(config, Tier::Public) && used) {
        diagnostics.error_at(path().attribute("mode"), "NAT gateways need a public and a private tier", format!("`egress.mode = \"{mode}\"` puts NAT gateways into public subnets for private ones. Add both tiers, or set it to \"none\"."));
    } else if mode.has_nat_gateways() && named && !used {
        diagnostics.error_at(path().attribute("mode"), "NAT gateways need a private tier", format!("`egress.mode = \"{mode}\"` is for private subnets, and `tiers` does not have private. Add it, or set the mode to \"none\"."));
    }
    transit_gateway(egress, mode, diagnostics);
    let at = |slot: &str| path().attribute("eip_allocation_ids").key(slot);
    let first =
        config.azs.known().and_then(|azs| azs.keys().filter_map(|slot| slot.parse::<Slot>().ok()).min());
    let mut seen: BTreeMap<&AllocationId, &String> = BTreeMap::new();
    for (slot, id) in egress.eip_allocation_ids.known().into_iter().flatten() {
        let known = config.azs.known().is_none_or(|azs| azs.contains_key(slot));
        if !known {
            diagnostics.error_at(
                at(slot),
                "No such slot",
                format!("`azs` of the network does not have {slot}."),
            );
        } else if !mode.has_nat_gateways() {
            let text = format!("`egress.mode` is \"{mode}\", which makes no NAT gateway to have an address.");
            diagnostics.error_at(at(slot), "No NAT gateway for this address", text);
        } else if let (EgressMode::Single, Some(first)) = (mode, first)
            && first.as_str() != slot
        {
            let text = format!("`single_nat` makes one NAT gateway, in slot {first}.");
            diagnostics.error_at(at(slot), "No NAT gateway for this address", text);
        }
        if let Value::Known(Text(id)) = id
            && let Some(other) = seen.insert(id, slot)
        {
            let text = format!("{id} is the address of slot {other} already; an address serves one slot.");
            diagnostics.error_at(at(slot), "Address named twice", text);
        }
    }
}

/// `centralized` leads to a transit gateway, and nothing else does.
fn transit_gateway(egress: &Egress, mode: EgressMode, diagnostics: &mut Diagnostics) {
    let at = Path::root().attribute("egress").attribute("transit_gateway_id");
    match &egress.transit_gateway_id {
        Value::Null if mode == EgressMode::Centralized => {
            let text = "`egress.mode = \"centralized\"` sends packets to a transit gateway. Name it.";
            diagnostics.error_at(at, "No transit gateway", text);
        }
        Value::Known(_) if mode != EgressMode::Centralized => {
            let text = format!(
                "`egress.mode` is \"{mode}\", which uses none. Set it to \"centralized\", or leave the id out."
            );
            diagnostics.error_at(at, "A transit gateway that nothing uses", text);
        }
        Value::Known(Text(id)) if !id.as_str().starts_with("tgw-") => {
            let text = format!("{id} is not the id of a transit gateway (`tgw-…`).");
            diagnostics.error_at(at, "Not a transit gateway", text);
        }
        _ => {}
    }
}
