//! From what must be and what is to what is to do. Pure.

use super::desired::{Desired, Recorded};
use super::email::Email;
use super::place::Place;
use super::seen::Seen;
use landform_cloud::Tags;
use landform_cloud::account_management::{AlternateContact, ContactType, RegionStatus};
use landform_cloud::organizations::ParentId;
use landform_model::Region;
use std::fmt;

/// The word that has AWS send the code for a new e-mail address once more.
pub(super) const RESEND: &str = "resend";

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// To another place in the tree.
    Move { from: ParentId, to: ParentId, place: Place },
    /// Gives tags and takes others away.
    Tag { set: Tags, remove: Vec<String> },
    /// Another name.
    Rename { name: String },
    /// Sets a contact.
    SetContact(ContactType, AlternateContact),
    /// Takes a contact away.
    DeleteContact(ContactType),
    /// Lets the account use a region.
    EnableRegion(Region),
    /// Has AWS send a code to a new e-mail address.
    StartEmail(Email),
    /// Ends the change of the address with the code.
    AcceptEmail { email: Email, code: String },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Move { place, .. } => write!(f, "move it to {place}"),
            Step::Tag { .. } => f.write_str("tag it"),
            Step::Rename { name } => write!(f, "rename it to {name:?}"),
            Step::SetContact(kind, _) => write!(f, "set its {} contact", kind.as_str()),
            Step::DeleteContact(kind) => write!(f, "delete its {} contact", kind.as_str()),
            Step::EnableRegion(region) => write!(f, "enable region {region}"),
            Step::StartEmail(email) => write!(f, "have a code sent to {email}"),
            Step::AcceptEmail { email, .. } => write!(f, "change its e-mail address to {email}"),
        }
    }
}

/// The steps in their order: first to where the right policies hold. A place that does not exist is no step: see
/// [`missing_place`].
pub(super) fn decide(desired: &Desired, recorded: &Recorded, seen: &Seen, code: Option<&str>) -> Vec<Step> {
    let mut steps = Vec::new();
    if let Some(place) = &desired.place
        && let Some(to) = seen.tree.parent_at(place.unit())
        && to != seen.parent
    {
        steps.push(Step::Move { from: seen.parent.clone(), to, place: place.clone() });
    }
    let wanted = desired.all_tags();
    let set: Tags = wanted.into_iter().filter(|(key, value)| seen.tags.get(key) != Some(value)).collect();
    let dropped = |key: &&String| !desired.tags.contains_key(*key) && seen.tags.contains_key(*key);
    let remove: Vec<String> = recorded.tags.keys().filter(dropped).cloned().collect();
    if !set.is_empty() || !remove.is_empty() {
        steps.push(Step::Tag { set, remove });
    }
    if seen.account.name != desired.name {
        steps.push(Step::Rename { name: desired.name.clone() });
    }
    for (kind, contact) in &desired.contacts {
        if seen.contacts.get(kind) != Some(contact) {
            steps.push(Step::SetContact(*kind, contact.clone()));
        }
    }
    let gone = recorded.contacts.iter().filter(|kind| !desired.contacts.contains_key(kind));
    steps.extend(gone.filter(|kind| seen.contacts.contains_key(kind)).map(|kind| Step::DeleteContact(*kind)));
    for region in &desired.regions {
        if matches!(seen.regions.get(region), Some(RegionStatus::Disabled | RegionStatus::Disabling)) {
            steps.push(Step::EnableRegion(region.clone()));
        }
    }
    steps.extend(email(desired, recorded, seen, code));
    steps
}

fn email(desired: &Desired, recorded: &Recorded, seen: &Seen, code: Option<&str>) -> Option<Step> {
    let email = desired.email.clone();
    if Email::from(seen.account.email.as_str()) == email {
        return None;
    }
    let waits = recorded.pending.as_ref() == Some(&email);
    match code {
        Some(code) if waits && code != RESEND => Some(Step::AcceptEmail { email, code: code.to_owned() }),
        None if waits => None,
        _ => Some(Step::StartEmail(email)),
    }
}

/// The place that is wanted and does not exist.
pub(super) fn missing_place<'a>(
    desired: &'a Desired,
    seen_tree: &crate::organization::Tree,
) -> Option<&'a Place> {
    desired.place.as_ref().filter(|place| seen_tree.parent_at(place.unit()).is_none())
}

/// Regions that are wanted and that AWS does not know.
pub(super) fn unknown_regions<'a>(desired: &'a Desired, seen: &'a Seen) -> impl Iterator<Item = &'a Region> {
    desired.regions.iter().filter(|region| !seen.regions.contains_key(*region))
}
