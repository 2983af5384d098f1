//! What can be checked of a network without AWS.

use super::model::Vpc;
use super::overrides;
use super::tiers::{self, Places};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{AnyTier, GatewayService, Layout, LayoutError, Profile, Slot, Tier};
use landform_model::{PolicyJson, limits};
use std::collections::BTreeMap;

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
    super::interface_endpoints::validate(config, diagnostics);
    super::dhcp_options::validate(config, diagnostics);
    super::flow_logs::validate(config, diagnostics);
    super::controls::validate(config, diagnostics);
    super::routes::validate(config, diagnostics);
    super::ipv6::validate(config, diagnostics);
    tier_tags(config, diagnostics);
    if let Some(kubernetes) = config.kubernetes.known() {
        super::kubernetes::validate(kubernetes, diagnostics);
    }
    super::blocks::validate(config, diagnostics);
    if !tiers::validate(config, diagnostics) {
        return;
    }
    if let Some(cidr) = config.cidr.known() {
        let profile = match &config.profile {
            Value::Known(profile) => profile.0,
            Value::Null => Profile::Standard,
            Value::Unknown => return,
        };
        let Some(overrides) = overrides::known(&config.subnet_overrides) else { return };
        overrides::validate(config, diagnostics);
        let Some(own) = tiers::own(config) else { return };
        if config.pods_cidr.is_unknown() || config.tiers.is_unknown() {
            return;
        }
        let pods = config.pods_cidr.known().map(|it| it.0);
        let places = Places { cidr: cidr.0, profile, pods, own: &own, overrides: &overrides };
        layout(&places, &tiers::all(config), &azs, diagnostics);
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
            endpoint_policy(policy, path.clone().attribute("policy"), diagnostics);
        }
        for Text(tier) in endpoint.tiers.known().into_iter().flatten() {
            tiers::must_have(config, tier.0, path.clone().attribute("tiers"), diagnostics);
        }
    }
}

/// What AWS would refuse of the policy of an endpoint.
pub(super) fn endpoint_policy(policy: &PolicyJson, path: Path, diagnostics: &mut Diagnostics) {
    let longest = limits::ENDPOINT_POLICY_CHARACTERS.value;
    if policy.as_str().len() > longest {
        let detail =
            format!("It has {} characters even without spaces; AWS takes {longest}.", policy.as_str().len());
        diagnostics.error_at(path, "The policy is too long", detail);
    } else if !policy.names_principals() {
        let detail = "Each statement of an endpoint's policy says whom it is about: add `Principal = \"*\"` where it is everybody.";
        diagnostics.error_at(path, "A statement without a principal", detail);
    }
}

fn tier_tags(config: &Vpc, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("tier_tags");
    for (tier, tags) in config.tier_tags.known().into_iter().flatten() {
        let path = path.clone().key(tier);
        match tier.parse::<AnyTier>() {
            Err(error) => diagnostics.error_at(path, "No such tier", format!("{error}.")),
            Ok(AnyTier(known)) => {
                tiers::must_have(config, known, path.clone(), diagnostics);
                crate::tags::validate(tags, &path, diagnostics);
            }
        }
    }
}

fn layout(places: &Places<'_>, tiers: &[Tier], slots: &BTreeMap<Slot, ()>, diagnostics: &mut Diagnostics) {
    // Where every subnet has its own block, the profile has nothing to say.
    if let Err(error) = Layout::new(places.cidr, places.profile)
        && places.overrides.is_empty()
    {
        return layout_error(&error, diagnostics);
    }
    let mut subnets = BTreeMap::new();
    for tier in tiers {
        for slot in slots.keys() {
            match places.of(*tier, *slot) {
                Ok(cidr) => drop(subnets.insert((*tier, *slot), cidr)),
                Err(error) => {
                    layout_error(&error, diagnostics);
                    break;
                }
            }
        }
    }
    overrides::overlaps(&subnets, places.overrides, diagnostics);
}

/// The error at the attribute that is to blame.
pub(crate) fn layout_error(error: &LayoutError, diagnostics: &mut Diagnostics) {
    let root = Path::root();
    let path = match error {
        LayoutError::NotInProfile { tier: Tier::Custom(_), .. }
        | LayoutError::NoArea { .. }
        | LayoutError::NoIpv6Place { .. } => root.attribute("custom_tiers"),
        LayoutError::NotInProfile { .. } => root.attribute("tiers"),
        LayoutError::NoSuchSlot { slot, .. } => root.attribute("azs").key(slot.as_str()),
        LayoutError::PodsTooSmall { .. } => root.attribute("pods_cidr"),
        LayoutError::TooLarge { .. } | LayoutError::TooSmall { .. } => root.attribute("cidr"),
    };
    diagnostics.error_at(path, "The network does not fit its profile", format!("{error}."));
}
