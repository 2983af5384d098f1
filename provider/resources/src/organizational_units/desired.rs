//! What the configuration asks for.

use super::model::{OrganizationalUnits, Unit};
use crate::client::Landform;
use landform_cloud::Tags;
use landform_framework::Value;
use landform_model::organization::{OnRemove, OrganizationalUnitPath, with_parents};
use landform_model::ownership::{ChildKey, Owner, ResourceKind};
use std::collections::BTreeMap;

/// The tree as it must be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Desired {
    pub(super) owner: Owner,
    /// Every unit with the user's tags; none of these while they are unknown.
    pub(super) units: BTreeMap<OrganizationalUnitPath, Option<Tags>>,
    /// The new path of each unit that only gets another name, to its old one.
    pub(super) renamed: BTreeMap<OrganizationalUnitPath, OrganizationalUnitPath>,
    pub(super) adopt: bool,
    pub(super) on_remove: OnRemove,
}

impl Desired {
    /// What `model` asks for; none while it is not known which units there are. Keys that are no paths are left out: validation
    /// names them.
    pub(super) fn of(model: &OrganizationalUnits, client: &Landform) -> Option<Desired> {
        let named = named(model)?;
        let for_all = known_or_empty(&model.tags);
        let preset = match &model.preset {
            Value::Unknown => return None,
            Value::Null => None,
            Value::Known(preset) => Some(preset.0.paths()),
        };
        let paths = with_parents(named.keys().chain(preset.iter().flatten()));
        let tags = |path: &OrganizationalUnitPath| {
            let own = named.get(path).map_or(Some(Tags::new()), |unit| known_or_empty(&unit.tags));
            let mut tags = client.with_default_tags(for_all.as_ref()?);
            tags.extend(own?);
            Some(tags)
        };
        let units = paths.into_iter().map(|path| (path.clone(), tags(&path))).collect();
        let mut renamed = BTreeMap::new();
        for (path, unit) in &named {
            match &unit.renamed_from {
                Value::Unknown => return None,
                Value::Null => {}
                Value::Known(old) => drop(renamed.insert(path.clone(), old.0.clone())),
            }
        }
        Some(Desired {
            owner: owner(model, client)?,
            units,
            renamed,
            adopt: *model.adopt.known()?,
            on_remove: model.on_remove.known()?.0,
        })
    }

    /// The tags of a unit that is made: the user's, and those that say whose it is.
    pub(super) fn tags(&self, path: &OrganizationalUnitPath) -> Tags {
        let mut tags = self.units.get(path).cloned().flatten().unwrap_or_default();
        tags.extend(self.owner.tags(&child()));
        tags
    }

    /// How many levels the tree has.
    pub(super) fn depth(&self) -> usize {
        self.units.keys().map(OrganizationalUnitPath::depth).max().unwrap_or_default()
    }
}

/// The units are told apart by where they are, so their tags say the same of each: a unit that is renamed keeps them.
pub(super) fn child() -> ChildKey {
    ChildKey::new("organizational_unit")
}

/// Who owns the units; none while the name is unknown.
pub(super) fn owner(model: &OrganizationalUnits, client: &Landform) -> Option<Owner> {
    let name = model.name.known()?.0.clone();
    Some(Owner { stack: client.stack().clone(), kind: ResourceKind::ORGANIZATIONAL_UNITS, name })
}

/// The units that the configuration names itself.
fn named(model: &OrganizationalUnits) -> Option<BTreeMap<OrganizationalUnitPath, &Unit>> {
    match &model.units {
        Value::Unknown => None,
        Value::Null => Some(BTreeMap::new()),
        Value::Known(units) => {
            Some(units.iter().filter_map(|(path, unit)| Some((path.parse().ok()?, unit))).collect())
        }
    }
}

fn known_or_empty(tags: &Value<Tags>) -> Option<Tags> {
    match tags {
        Value::Unknown => None,
        Value::Null => Some(Tags::new()),
        Value::Known(tags) => Some(tags.clone()),
    }
}
