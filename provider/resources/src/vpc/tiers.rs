//! The tiers of a network: those it names, those of its own, and the one for pods.

use super::model::{CustomTier, Vpc};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::Cidr;
use landform_model::network::{
    Area, Layout, LayoutError, Profile, Slot, Tier, TierName, WayOut, pods_subnet,
};
use std::collections::BTreeMap;

/// A tier of the network's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnTier {
    /// None: each of its subnets has an override.
    pub(crate) area: Option<Area>,
    pub(crate) way_out: WayOut,
}

/// The tiers of the network's own, by name.
pub(crate) type OwnTiers = BTreeMap<TierName, OwnTier>;

/// How the subnets of `tier` reach the internet.
pub(crate) fn way_out(tier: Tier, own: &OwnTiers) -> WayOut {
    match (tier.way_out(), tier) {
        (Some(way), _) => way,
        (None, Tier::Custom(name)) => own.get(&name).map_or(WayOut::None, |it| it.way_out),
        (None, _) => WayOut::None,
    }
}

/// What decides where subnets lie.
#[derive(Debug, Clone)]
pub(crate) struct Places<'a> {
    pub(crate) cidr: Cidr,
    pub(crate) profile: Profile,
    pub(crate) pods: Option<Cidr>,
    pub(crate) own: &'a OwnTiers,
    pub(crate) overrides: &'a BTreeMap<(Tier, Slot), Cidr>,
}

impl Places<'_> {
    /// Where the subnet of `tier` in `slot` lies.
    pub(crate) fn of(&self, tier: Tier, slot: Slot) -> Result<Cidr, LayoutError> {
        if let Some(cidr) = self.overrides.get(&(tier, slot)) {
            return Ok(*cidr);
        }
        match (tier, self.pods) {
            (Tier::Pods, Some(pods)) => pods_subnet(pods, self.profile, slot),
            (Tier::Custom(name), _) => match self.own.get(&name).and_then(|it| it.area) {
                Some(area) => Layout::new(self.cidr, self.profile)?.own_subnet(tier, area, slot),
                None => Err(LayoutError::NoArea { tier }),
            },
            _ => Layout::new(self.cidr, self.profile)?.subnet(tier, slot),
        }
    }
}

/// The tiers of the network's own; none while they are unknown. Names that are not possible are left out: validation names them.
pub(super) fn own(model: &Vpc) -> Option<OwnTiers> {
    let written = match &model.custom_tiers {
        Value::Unknown => return None,
        Value::Null => return Some(OwnTiers::new()),
        Value::Known(written) => written,
    };
    let tier = |tier: &CustomTier| {
        let area = match &tier.area {
            Value::Unknown => return None,
            area => area.known().and_then(|number| Area::new(u64::try_from(*number).ok()?)),
        };
        let way_out = match &tier.way_out {
            Value::Unknown => return None,
            way => way.known().map_or(WayOut::None, |way| way.0),
        };
        Some(OwnTier { area, way_out })
    };
    written
        .iter()
        .filter_map(|(name, it)| Some((name.parse().ok()?, it)))
        .map(|(name, it)| Some((name, tier(it)?)))
        .collect()
}

/// Whether the network has this tier; true while that is unknown. Left out, `tiers` is public and private.
pub(super) fn has(config: &Vpc, tier: Tier) -> bool {
    match tier {
        Tier::Pods => !config.pods_cidr.is_null(),
        Tier::Custom(name) => match &config.custom_tiers {
            Value::Unknown => true,
            Value::Null => false,
            Value::Known(own) => own.contains_key(name.as_str()),
        },
        _ => match &config.tiers {
            Value::Known(tiers) => tiers.contains(&Text(tier)),
            Value::Null => [Tier::Public, Tier::Private].contains(&tier),
            Value::Unknown => true,
        },
    }
}

/// Every tier that the network has, as far as that is known.
pub(super) fn all(config: &Vpc) -> Vec<Tier> {
    let own = config.custom_tiers.known().into_iter().flatten();
    let own = own.filter_map(|(name, _)| name.parse().ok().map(Tier::Custom));
    let named = Tier::ALL.into_iter().chain([Tier::Pods]);
    named.filter(|tier| has(config, *tier)).chain(own).collect()
}

/// An error at `path` unless the network has this tier.
pub(super) fn must_have(config: &Vpc, tier: Tier, path: Path, diagnostics: &mut Diagnostics) {
    if !has(config, tier) {
        let text = match tier {
            Tier::Pods => "The network has no `pods_cidr`.".to_owned(),
            Tier::Custom(_) => format!("Neither `tiers` nor `custom_tiers` of the network has {tier}."),
            _ => format!("`tiers` of the network does not have {tier}."),
        };
        diagnostics.error_at(path, "No such tier", text);
    }
}

/// Names that are possible, areas that exist and that no two tiers share: whether all is so.
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) -> bool {
    let before = diagnostics.len();
    let path = Path::root().attribute("custom_tiers");
    let mut areas: BTreeMap<i64, &String> = BTreeMap::new();
    for (name, tier) in config.custom_tiers.known().into_iter().flatten() {
        let path = path.clone().key(name);
        if let Err(error) = name.parse::<TierName>() {
            diagnostics.error_at(path.clone(), "Not a name for a tier", format!("{error}."));
        }
        let Some(area) = tier.area.known() else { continue };
        let at = path.attribute("area");
        if u64::try_from(*area).ok().and_then(Area::new).is_none() {
            diagnostics.error_at(at, "No such area", format!("There are the areas 1 to 4, not {area}."));
        } else if let Some(other) = areas.insert(*area, name) {
            let text = format!("Area {area} is that of tier {other} already. Each tier has its own.");
            diagnostics.error_at(at, "Two tiers in one area", text);
        }
    }
    diagnostics.len() == before
}
