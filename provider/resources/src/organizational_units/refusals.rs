//! What is refused, at plan and once more before anything is changed.

use super::decide::{blockers, conflicts};
use super::desired::Desired;
use super::recorded::Recorded;
use super::seen::Seen;
use super::steps::Step;
use landform_framework::{Diagnostic, Diagnostics, Path};

/// Units of others at wanted paths.
pub(super) fn in_the_way(desired: &Desired, recorded: &Recorded, seen: &Seen) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, id, owner) in conflicts(desired, recorded, seen) {
        let detail = match owner {
            Some(owner) => format!(
                "{id} belongs to {owner}, as its tags say. Take the path out of one of the configurations."
            ),
            None => format!(
                "{id} was not made by this resource. Set `adopt = true` to take in such units with all that is in them, or \
                 import the tree: `terraform import ADDRESS {}`.",
                seen.organization
            ),
        };
        let at = Path::root().attribute("units").key(path.to_string());
        diagnostics.error_at(at, format!("Organizational unit {path} exists already"), detail);
    }
    diagnostics
}

/// Units that shall be deleted and are not empty.
pub(super) fn not_empty(steps: &[Step], seen: &Seen) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for (path, inside) in blockers(steps, seen) {
        let detail = format!(
            "In it are {}. AWS deletes empty units only, and a closed account leaves its unit after 90 days. Move them away in an \
             apply of its own first; or set `on_remove = \"retain\"`, which leaves the unit where it is. Nothing was changed.",
            inside.join(", ")
        );
        let at = Path::root().attribute("units");
        diagnostics.error_at(at, format!("Organizational unit {path} is not empty"), detail);
    }
    diagnostics
}

/// The refusal to work on a tree that is not that of the credentials.
pub(super) fn another_organization(root: &str, seen: &Seen) -> Diagnostic {
    let detail = format!(
        "The credentials belong to organization {} with root {}, and this tree is that of root {root}. Nothing was changed.",
        seen.organization, seen.root
    );
    Diagnostic::error("The organizational units are those of another organization", detail)
        .at(Path::root().attribute("root_id"))
}

/// The refusal to work without an organization.
pub(super) fn no_organization() -> Diagnostic {
    let detail = "The account of the credentials is in no organization. Make one first, such as with `landform_organization`; \
                  set `root_id` to its root where both are in one configuration. Nothing was changed.";
    Diagnostic::error("There is no organization", detail)
}
