//! What can be done to the tree.

use landform_cloud::Tags;
use landform_cloud::id::OrganizationalUnitId;
use landform_model::organization::OrganizationalUnitPath;
use std::fmt;

/// One call.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Gives a unit the name that its path ends with.
    Rename { id: OrganizationalUnitId, old: String, path: OrganizationalUnitPath },
    /// Makes a unit, with all its tags.
    Create { path: OrganizationalUnitPath },
    /// Takes in a unit that exists, with all its tags.
    Adopt { id: OrganizationalUnitId, path: OrganizationalUnitPath },
    /// Gives a unit tags and takes others away.
    Tag { id: OrganizationalUnitId, path: OrganizationalUnitPath, set: Tags, remove: Vec<String> },
    /// Deletes a unit.
    Delete { id: OrganizationalUnitId, path: OrganizationalUnitPath },
    /// Takes away the tags that say whose a unit is.
    Release { id: OrganizationalUnitId, path: OrganizationalUnitPath },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Rename { old, path, .. } => write!(f, "rename {old:?} to organizational unit {path}"),
            Step::Create { path } => write!(f, "create organizational unit {path}"),
            Step::Adopt { path, .. } => write!(f, "take in organizational unit {path}"),
            Step::Tag { path, .. } => write!(f, "tag organizational unit {path}"),
            Step::Delete { path, .. } => write!(f, "delete organizational unit {path}"),
            Step::Release { path, .. } => write!(f, "let go of organizational unit {path}"),
        }
    }
}
