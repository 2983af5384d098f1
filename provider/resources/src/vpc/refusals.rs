//! What is refused, whatever AWS would allow.

use super::decide::conflicts;
use super::desired::Desired;
use super::model::Vpc;
use super::seen::Seen;
use super::state::name;
use landform_framework::{Diagnostic, Diagnostics, Path, Value};

/// The refusal to delete a protected network.
pub(super) fn protected(prior: &Vpc) -> Option<Diagnostic> {
    (prior.deletion_protection == Value::Known(true)).then(|| {
        Diagnostic::error(
            format!("Network {} is protected", name(prior)),
            "Set `deletion_protection = false` and apply, then destroy or replace it. Nothing was changed.",
        )
        .at(Path::root().attribute("deletion_protection"))
    })
}

/// The refusal to take in a network of the same identity that is laid out otherwise.
pub(super) fn conflicting(desired: &Desired, seen: &Seen) -> Result<(), Diagnostics> {
    let conflicts = conflicts(desired, seen);
    if conflicts.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "A network with this stack and name exists, made otherwise: {}. Set the attributes to what exists, or give this network another name. Nothing was changed.",
        conflicts.join("; ")
    );
    Err(Diagnostic::error(format!("Network {} exists already", desired.owner.name), detail).into())
}

/// The refusal to delete a whole network for a state that knows only its beginning.
///
/// Such a state is left over where `create_before_destroy` was interrupted between its halves: the finished network is another
/// entry of the same state, and nothing here tells whether it is still wanted.
pub(super) fn finished_since(prior: &Vpc) -> Diagnostics {
    let detail = "This state says \"incomplete\", but the network is complete, so another entry of the state may hold the same \
                  objects. Nothing was deleted. To drop this entry, run `terraform state rm` on the resource and apply: the \
                  network is adopted as it is. To destroy the network, apply first, then destroy.";
    Diagnostic::error(format!("Network {} was finished since", name(prior)), detail).into()
}

/// Says what is left of a network whose VPC somebody deleted: state forgets the network, and with it its parts.
pub(super) fn left_behind(prior: &Vpc, left: &[String]) -> Option<Diagnostic> {
    (!left.is_empty()).then(|| {
        let detail = format!(
            "The VPC that state knows is gone, but not all of the network: {} exist, and may cost money. An apply of this \
             configuration goes on with them. To be rid of them, apply and then destroy.",
            left.join(", ")
        );
        Diagnostic::warning(format!("Parts of network {} are left behind", name(prior)), detail)
    })
}

/// The refusal to update what someone has deleted meanwhile.
pub(super) fn gone(prior: &Vpc) -> Diagnostics {
    let detail = "The VPC was deleted since the plan was made. Plan again to create it. Nothing was changed.";
    Diagnostic::error(format!("Network {} is gone", name(prior)), detail).into()
}
