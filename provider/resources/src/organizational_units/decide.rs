//! From what must be and what is to what is to do. Pure.

use super::desired::Desired;
use super::recorded::{Recorded, RecordedUnit};
use super::seen::Seen;
use super::steps::Step;
use landform_cloud::Tags;
use landform_cloud::id::OrganizationalUnitId;
use landform_model::organization::{OnRemove, OrganizationalUnitPath};
use landform_model::ownership::{RESOURCE_TAG, STACK_TAG};

/// The steps in their order: names from the top, new units from the top, tags, and removals from the bottom.
///
/// `recorded` has the paths that units get by new names. A unit that is in the way is no step: see [`conflicts`].
pub(super) fn decide(desired: &Desired, recorded: &Recorded, seen: &Seen) -> Vec<Step> {
    let (mut names, mut making, mut tagging) = (Vec::new(), Vec::new(), Vec::new());
    for (path, tags) in &desired.units {
        match found(path, recorded, seen) {
            Found::Recorded(unit) => {
                let name = seen.name(&unit.id).unwrap_or_default();
                if name != path.name() {
                    let (id, old) = (unit.id.clone(), name.to_owned());
                    names.push(Step::Rename { id, old, path: path.clone() });
                }
                let wanted = tags.clone().unwrap_or_default();
                tagging.extend(changed_tags(&unit.id, path, &wanted, &unit.tags));
            }
            Found::Other(id) => {
                if claim(desired, seen.tags.get(id)) != Claim::Refused {
                    making.push(Step::Adopt { id: id.clone(), path: path.clone() });
                }
            }
            Found::Nothing => making.push(Step::Create { path: path.clone() }),
        }
    }
    let steps = names.into_iter().chain(making).chain(tagging);
    steps.chain(removals(desired, recorded, seen)).collect()
}

/// The removal of every unit that state knows and the configuration does not, from the bottom.
pub(super) fn removals(desired: &Desired, recorded: &Recorded, seen: &Seen) -> Vec<Step> {
    let gone = recorded
        .0
        .iter()
        .rev()
        .filter(|(path, unit)| !desired.units.contains_key(*path) && seen.exists(&unit.id));
    gone.map(|(path, unit)| {
        let (id, path) = (unit.id.clone(), path.clone());
        match desired.on_remove {
            OnRemove::FailIfNotEmpty => Step::Delete { id, path },
            OnRemove::Retain => Step::Release { id, path },
        }
    })
    .collect()
}

/// The units that exist at wanted paths and are not in state, so that their tags matter.
pub(super) fn unrecorded(desired: &Desired, recorded: &Recorded, seen: &Seen) -> Vec<OrganizationalUnitId> {
    let at = |path| match found(path, recorded, seen) {
        Found::Other(id) => Some(id.clone()),
        _ => None,
    };
    desired.units.keys().filter_map(at).collect()
}

/// Units of others at wanted paths: path, id and what is known of their owner.
pub(super) fn conflicts(
    desired: &Desired,
    recorded: &Recorded,
    seen: &Seen,
) -> Vec<(OrganizationalUnitPath, OrganizationalUnitId, Option<String>)> {
    let refused = |path: &OrganizationalUnitPath| match found(path, recorded, seen) {
        Found::Other(id) if claim(desired, seen.tags.get(id)) == Claim::Refused => {
            Some((path.clone(), id.clone(), seen.tags.get(id).and_then(owner_in_words)))
        }
        _ => None,
    };
    desired.units.keys().filter_map(refused).collect()
}

/// Units that will be taken in though this resource did not make them.
pub(super) fn adopted(desired: &Desired, recorded: &Recorded, seen: &Seen) -> Vec<OrganizationalUnitPath> {
    let taken = |path: &&OrganizationalUnitPath| match found(path, recorded, seen) {
        Found::Other(id) => claim(desired, seen.tags.get(id)) == Claim::Adopted,
        _ => false,
    };
    desired.units.keys().filter(taken).cloned().collect()
}

/// What keeps a unit from being deleted: the accounts in it, and units that stay.
pub(super) fn blockers(steps: &[Step], seen: &Seen) -> Vec<(OrganizationalUnitPath, Vec<String>)> {
    let deleted: Vec<&OrganizationalUnitId> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Delete { id, .. } => Some(id),
            _ => None,
        })
        .collect();
    let inside = |id: &OrganizationalUnitId| {
        let mut inside = seen.accounts.get(id).cloned().unwrap_or_default();
        let stays = seen.below(id).into_iter().filter(|(child, _)| !deleted.contains(&child));
        inside.extend(stays.map(|(child, path)| format!("organizational unit {child} ({path})")));
        inside
    };
    let all = steps.iter().filter_map(|step| match step {
        Step::Delete { id, path } => Some((path.clone(), inside(id))),
        _ => None,
    });
    all.filter(|(_, inside)| !inside.is_empty()).collect()
}

enum Found<'a> {
    /// The unit that state knows.
    Recorded(&'a RecordedUnit),
    /// A unit at that path that state does not know.
    Other(&'a OrganizationalUnitId),
    Nothing,
}

fn found<'a>(path: &OrganizationalUnitPath, recorded: &'a Recorded, seen: &'a Seen) -> Found<'a> {
    match recorded.0.get(path).filter(|unit| seen.exists(&unit.id)) {
        Some(unit) => Found::Recorded(unit),
        None => seen.at(path).map_or(Found::Nothing, |unit| Found::Other(&unit.id)),
    }
}

/// Whether a unit that state does not know may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// This resource made it.
    Ours,
    /// It is nobody's, and the configuration says to take such units.
    Adopted,
    Refused,
}

fn claim(desired: &Desired, tags: Option<&Tags>) -> Claim {
    let Some(tags) = tags else { return Claim::Refused };
    if desired.owner.child_of(tags).is_some() {
        return Claim::Ours;
    }
    match desired.adopt && !tags.contains_key(STACK_TAG) {
        true => Claim::Adopted,
        false => Claim::Refused,
    }
}

fn owner_in_words(tags: &Tags) -> Option<String> {
    let resource = tags.get(RESOURCE_TAG).map(String::as_str).unwrap_or("something");
    tags.get(STACK_TAG).map(|stack| format!("{resource} of stack {stack}"))
}

fn changed_tags(
    id: &OrganizationalUnitId,
    path: &OrganizationalUnitPath,
    wanted: &Tags,
    given: &Tags,
) -> Option<Step> {
    let set: Tags = wanted
        .iter()
        .filter(|(key, value)| given.get(*key) != Some(value))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let remove: Vec<String> = given.keys().filter(|key| !wanted.contains_key(*key)).cloned().collect();
    let differs = !set.is_empty() || !remove.is_empty();
    differs.then(|| Step::Tag { id: id.clone(), path: path.clone(), set, remove })
}
