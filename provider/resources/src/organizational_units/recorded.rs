//! What state holds of the units.

use super::model::OrganizationalUnits;
use landform_cloud::Tags;
use landform_cloud::id::OrganizationalUnitId;
use landform_framework::Value;
use landform_model::organization::OrganizationalUnitPath;
use std::collections::BTreeMap;

/// The units that state knows, by path.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Recorded(pub(super) BTreeMap<OrganizationalUnitPath, RecordedUnit>);

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RecordedUnit {
    pub(super) id: OrganizationalUnitId,
    pub(super) arn: String,
    /// The user's tags that it was given last.
    pub(super) tags: Tags,
}

impl Recorded {
    /// What `state` holds.
    pub(super) fn of(state: &OrganizationalUnits) -> Recorded {
        let tags = |path: &str| {
            let all = state.tags_all.known()?;
            all.get(path)?.known().cloned()
        };
        let unit = |(path, id): (&String, &Value<String>)| {
            let arns = state.arns.known();
            let arn = arns.and_then(|arns| arns.get(path)?.known().cloned()).unwrap_or_default();
            let id = id.known()?.parse().ok()?;
            Some((path.parse().ok()?, RecordedUnit { id, arn, tags: tags(path).unwrap_or_default() }))
        };
        Recorded(state.ids.known().into_iter().flatten().filter_map(unit).collect())
    }

    /// The same under the paths that the units get by new names, the upper ones first.
    pub(super) fn renamed(
        mut self,
        renamed: &BTreeMap<OrganizationalUnitPath, OrganizationalUnitPath>,
    ) -> Recorded {
        for (new, old) in renamed {
            if self.0.contains_key(new) || !self.0.contains_key(old) {
                continue;
            }
            let moved = |path: OrganizationalUnitPath| match path.is_at_or_below(old) {
                true => below(new, old, &path).unwrap_or(path),
                false => path,
            };
            self.0 = self.0.into_iter().map(|(path, unit)| (moved(path), unit)).collect();
        }
        self
    }

    /// Writes ids, ARNs and tags into `model`.
    pub(super) fn into_model(self, model: &mut OrganizationalUnits) {
        let all = || self.0.iter().map(|(path, unit)| (path.to_string(), unit));
        model.ids = Value::Known(all().map(|(path, unit)| (path, unit.id.to_string().into())).collect());
        model.arns = Value::Known(all().map(|(path, unit)| (path, unit.arn.clone().into())).collect());
        model.tags_all = Value::Known(all().map(|(path, unit)| (path, unit.tags.clone().into())).collect());
        model.paths = Value::Known(all().map(|(path, _)| (path.clone(), path)).collect());
        let depth = self.0.keys().map(OrganizationalUnitPath::depth).max().unwrap_or_default();
        model.depth = i64::try_from(depth).ok().into();
    }
}

/// `path` with `new` in place of its beginning `old`.
fn below(
    new: &OrganizationalUnitPath,
    old: &OrganizationalUnitPath,
    path: &OrganizationalUnitPath,
) -> Option<OrganizationalUnitPath> {
    let rest = path.to_string().strip_prefix(&old.to_string())?.to_owned();
    format!("{new}{rest}").parse().ok()
}
