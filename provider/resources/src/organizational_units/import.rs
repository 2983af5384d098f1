//! Takes in the whole tree of an organization as it is.

use super::desired::child;
use super::model::{OrganizationalUnits, Unit};
use super::recorded::{Recorded, RecordedUnit};
use super::seen::{self, Seen};
use super::{observed, status};
use crate::client::{Landform, failure};
use landform_cloud::Tags;
use landform_cloud::id::OrganizationId;
use landform_cloud::organizations::OrganizationalUnit;
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::ResourceName;
use landform_model::organization::{OnRemove, OrganizationalUnitPath};
use landform_model::ownership::{Owner, ResourceKind, STACK_TAG, TAG_PREFIX};
use std::collections::BTreeMap;

/// Reads the organization that `id` names: `o-…`, with `/NAME` behind it where the tree shall not be called `main`.
///
/// Units of other stacks, and those below a name that cannot stand in a path, are left out.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<OrganizationalUnits, Diagnostics> {
    let (organization, name) = id.split_once('/').unwrap_or((id, "main"));
    let wrong = |why: String| {
        let detail =
            format!("{why}. Write the id of the organization (`o-a1b2c3d4e5`), or `o-a1b2c3d4e5/NAME`.");
        Diagnostic::error("Invalid import id", detail)
    };
    let organization: OrganizationId = organization.parse().map_err(|error| wrong(format!("{error}")))?;
    let name: ResourceName = name.parse().map_err(|error| wrong(format!("{error}")))?;
    let doing = format!("Importing the organizational units of {organization}");
    let failed = |error| failure(&doing, &error, "Nothing was imported.");
    let organizations = client.organizations().await.map_err(failed)?;
    let seen = seen::look(&organizations).await.map_err(failed)?;
    let Some(mut seen) = seen.filter(|seen| seen.organization == organization) else {
        let detail = "The account of the credentials is not in that organization.";
        return Err(Diagnostic::error(doing, detail).into());
    };
    let ids: Vec<_> = seen.tree.units().values().map(|unit| unit.id.clone()).collect();
    seen::look_at_tags(organizations.as_ref(), &mut seen, &ids).await.map_err(failed)?;
    let owner =
        Owner { stack: client.stack().clone(), kind: ResourceKind::ORGANIZATIONAL_UNITS, name: name.clone() };
    let recorded = recorded(&owner, &seen);
    let model = OrganizationalUnits {
        name: Value::Known(Text(name)),
        units: units(&recorded).into(),
        adopt: Value::Known(false),
        on_remove: Value::Known(Text(OnRemove::FailIfNotEmpty)),
        stack: Value::Known(Text(client.stack().clone())),
        ..OrganizationalUnits::default()
    };
    Ok(observed(&model, recorded, &seen, status::READY, Vec::new()))
}

/// Every unit that may be taken in.
fn recorded(owner: &Owner, seen: &Seen) -> Recorded {
    let unit = |(path, unit): (&OrganizationalUnitPath, &OrganizationalUnit)| {
        let tags = seen.tags.get(&unit.id)?;
        let free = !tags.contains_key(STACK_TAG) || owner.child_of(tags) == Some(child());
        let path = free.then(|| path.clone())?;
        let tags = tags.iter().filter(|(key, _)| !key.starts_with(TAG_PREFIX));
        let tags: Tags = tags.map(|(key, value)| (key.clone(), value.clone())).collect();
        Some((path, RecordedUnit { id: unit.id.clone(), arn: unit.arn.to_string(), tags }))
    };
    let all: BTreeMap<OrganizationalUnitPath, RecordedUnit> =
        seen.tree.units().iter().filter_map(unit).collect();
    // A unit brings those along that it is in, so one below a unit of others cannot be named.
    let within = |path: &OrganizationalUnitPath| {
        std::iter::successors(Some(path.clone()), OrganizationalUnitPath::parent)
            .all(|above| all.contains_key(&above))
    };
    Recorded(
        all.iter()
            .filter(|(path, _)| within(path))
            .map(|(path, unit)| (path.clone(), unit.clone()))
            .collect(),
    )
}

/// The units as a person would write them: without those that others imply.
fn units(recorded: &Recorded) -> Option<BTreeMap<String, Unit>> {
    let implied =
        |path: &OrganizationalUnitPath| recorded.0.keys().any(|other| other.parent().as_ref() == Some(path));
    let written = recorded.0.iter().filter(|(path, unit)| !unit.tags.is_empty() || !implied(path));
    let units: BTreeMap<String, Unit> = written
        .map(|(path, unit)| {
            let tags = (!unit.tags.is_empty()).then(|| unit.tags.clone()).into();
            (path.to_string(), Unit { tags, renamed_from: Value::Null })
        })
        .collect();
    (!units.is_empty()).then_some(units)
}
