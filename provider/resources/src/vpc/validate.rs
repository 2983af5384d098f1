//! What can be checked of a network without AWS.

use super::model::Vpc;
use super::overrides;
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{GatewayService, Layout, LayoutError, Profile, Slot, Tier};
use landform_model::{Cidr, limits};
use std::collections::{BTreeMap, BTreeSet};

/// Checks a configuration; what is unknown is checked when it is known.
pub(crate) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let root = Path::root;
    let azs: BTreeMap<Slot, ()> = match config.azs.known() {
        None => BTreeMap::new(),
        Some(azs) => {
            if azs.is_empty() {
                diagnostics.error_at(
                    root().attribute("azs"),
                    "No zones",
                    "Name at least one availability zone, such as `a = \"use1-az1\"`.",
                );
            }
            let mut seen = BTreeMap::new();
            for (slot, zone) in azs {
                if let Err(error) = slot.parse::<Slot>() {
                    diagnostics.error_at(
                        root().attribute("azs").key(slot),
                        "Invalid slot",
                        format!("{error}."),
                    );
                }
                if let Some(other) = seen.insert(zone.to_string(), slot) {
                    let detail = format!("{} has slot {other} already; a zone has one slot.", zone.0);
                    diagnostics.error_at(root().attribute("azs").key(slot), "Zone named twice", detail);
                }
            }
            azs.keys().filter_map(|slot| Some((slot.parse().ok()?, ()))).collect()
        }
    };
    let tiers = config.tiers.known();
    if tiers.is_some_and(std::collections::BTreeSet::is_empty) {
        diagnostics.error_at(root().attribute("tiers"), "No tiers", "Name at least one tier.");
    }
    super::egress::validate(config, diagnostics);
    // Left out, `dns_hostnames` is true.
    if let (Value::Known(false), Value::Known(true) | Value::Null) =
        (&config.dns_support, &config.dns_hostnames)
    {
        diagnostics.error_at(
            root().attribute("dns_hostnames"),
            "DNS hostnames need DNS support",
            "AWS gives no public names without its DNS server. Set `dns_hostnames = false` too.",
        );
    }
    if let Some(tags) = config.tags.known() {
        crate::tags::validate(tags, &root().attribute("tags"), diagnostics);
    }
    gateway_endpoints(config, diagnostics);
    super::flow_logs::validate(config, diagnostics);
    super::routes::validate(config, diagnostics);
    tier_tags(config, diagnostics);
    if let Some(kubernetes) = config.kubernetes.known() {
        super::kubernetes::validate(kubernetes, diagnostics);
    }
    if let Some(cidr) = config.cidr.known() {
        let profile = match &config.profile {
            Value::Known(profile) => profile.0,
            Value::Null => Profile::Standard,
            Value::Unknown => return,
        };
        let Some(overrides) = overrides::known(&config.subnet_overrides) else { return };
        overrides::validate(config, diagnostics);
        let tiers =
            Tier::ALL.into_iter().filter(|tier| !config.tiers.is_unknown() && has_tier(config, *tier));
        layout(cidr.0, profile, &tiers.collect(), &azs, &overrides, diagnostics);
    }
}

/// Left out, `tiers` is public and private.
pub(super) fn has_tier(config: &Vpc, tier: Tier) -> bool {
    match &config.tiers {
        Value::Known(tiers) => tiers.contains(&Text(tier)),
        Value::Null => [Tier::Public, Tier::Private].contains(&tier),
        Value::Unknown => true,
    }
}

fn gateway_endpoints(config: &Vpc, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("gateway_endpoints");
    for (service, endpoint) in config.gateway_endpoints.known().into_iter().flatten() {
        let path = path.clone().key(service);
        if let Err(error) = service.parse::<GatewayService>() {
            diagnostics.error_at(path.clone(), "No such gateway endpoint", format!("{error}."));
        }
        if let Some(Text(policy)) = endpoint.policy.known() {
            let longest = limits::ENDPOINT_POLICY_CHARACTERS.value;
            if policy.as_str().len() > longest {
                let detail = format!(
                    "It has {} characters even without spaces; AWS takes {longest}.",
                    policy.as_str().len()
                );
                diagnostics.error_at(path.clone().attribute("policy"), "The policy is too long", detail);
            }
        }
        for Text(tier) in endpoint.tiers.known().into_iter().flatten() {
            if !has_tier(config, *tier) {
                let detail = format!("`tiers` of the network does not have {tier}.");
                diagnostics.error_at(path.clone().attribute("tiers"), "No such tier", detail);
            }
        }
    }
}

fn tier_tags(config: &Vpc, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("tier_tags");
    for (tier, tags) in config.tier_tags.known().into_iter().flatten() {
        let path = path.clone().key(tier);
        match tier.parse::<Tier>() {
            Err(error) => diagnostics.error_at(path, "No such tier", format!("{error}.")),
            Ok(known) if !has_tier(config, known) => {
                let detail = format!("`tiers` of the network does not have {tier}.");
                diagnostics.error_at(path, "No such tier", detail);
            }
            Ok(_) => crate::tags::validate(tags, &path, diagnostics),
        }
    }
}

fn layout(
    cidr: Cidr,
    profile: Profile,
    tiers: &BTreeSet<Tier>,
    slots: &BTreeMap<Slot, ()>,
    overrides: &BTreeMap<(Tier, Slot), Cidr>,
    diagnostics: &mut Diagnostics,
) {
    let layout = match Layout::new(cidr, profile) {
        // Where every subnet has its own block, the profile has nothing to say.
        Err(error) if overrides.is_empty() => return layout_error(&error, diagnostics),
        layout => layout,
    };
    let mut subnets = BTreeMap::new();
    for tier in tiers {
        for slot in slots.keys() {
            let place = match overrides.get(&(*tier, *slot)) {
                Some(cidr) => Ok(*cidr),
                None => layout.clone().and_then(|layout| layout.subnet(*tier, *slot)),
            };
            match place {
                Ok(cidr) => drop(subnets.insert((*tier, *slot), cidr)),
                Err(error) => {
                    layout_error(&error, diagnostics);
                    break;
                }
            }
        }
    }
    overrides::overlaps(&subnets, overrides, diagnostics);
}

/// The error at the attribute that is to blame.
pub(crate) fn layout_error(error: &LayoutError, diagnostics: &mut Diagnostics) {
    let attribute = match error {
        LayoutError::NotInProfile { .. } => "tiers",
        _ => "cidr",
    };
    diagnostics.error_at(
        Path::root().attribute(attribute),
        "The network does not fit its profile",
        format!("{error}."),
    );
}
