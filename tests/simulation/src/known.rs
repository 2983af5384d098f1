//! Faults of the provider that the simulation has found and that are not mended yet. Each hides one class of failures, so that
//! the others show. One that is mended is taken off the list.

use crate::history::History;
use crate::run::Failure;
use landform_framework::testing::Replacement;

/// A fault that is not mended yet.
pub struct Known {
    /// What happens, and why.
    pub reason: &'static str,
    /// Whether a failure is of this class.
    hides: fn(&History, &Failure) -> bool,
}

/// All of them.
pub const KNOWN: &[Known] = &[Known {
    reason: "with create_before_destroy, a create that fails twice is destroyed and begun anew",
    hides: |history, failure| {
        history.replacement == Replacement::CreateThenDestroy && failure.invariant.number == "I6"
    },
}];

/// The known fault that this failure is of, if any.
pub(crate) fn known(history: &History, failure: &Failure) -> Option<&'static Known> {
    KNOWN.iter().find(|known| (known.hides)(history, failure))
}
