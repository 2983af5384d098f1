//! What must hold after every move of every history, whatever goes wrong. Each is a small function with a name; that each can
//! fail is shown in `tests/invariants.rs`.

mod foreign;
mod honest;
mod inventory;
mod settled;

use crate::evidence::Evidence;

/// Something that must hold.
#[derive(Clone, Copy)]
pub struct Invariant {
    /// Its number in the reports, such as `I1`.
    pub number: &'static str,
    /// What it says.
    pub name: &'static str,
    /// Whether it holds, or what contradicts it.
    pub check: fn(&Evidence<'_>) -> Result<(), String>,
}

/// All of them.
pub const ALL: [Invariant; 12] = [
    Invariant {
        number: "I1",
        name: "what exists is exactly what is declared",
        check: inventory::exactly_declared,
    },
    Invariant { number: "I2", name: "no part exists twice", check: inventory::no_duplicates },
    Invariant { number: "I3", name: "nothing of ours is left over", check: inventory::no_orphans },
    Invariant { number: "I4", name: "a refresh changes nothing", check: settled::refresh_changes_nothing },
    Invariant { number: "I4", name: "the next plan is empty", check: settled::plan_is_empty },
    Invariant {
        number: "I5",
        name: "objects of others stay as they are",
        check: foreign::others_stay_as_they_are,
    },
    Invariant {
        number: "I6",
        name: "what is wanted is not deleted",
        check: inventory::nothing_wanted_is_deleted,
    },
    Invariant { number: "I7", name: "work is bounded", check: honest::work_is_bounded },
    Invariant {
        number: "I10",
        name: "all is set up as where nothing went wrong",
        check: settled::set_up_alike,
    },
    Invariant { number: "I11", name: "an error has a reason", check: honest::an_error_has_a_reason },
    Invariant { number: "I13", name: "a plan writes nothing", check: honest::a_plan_writes_nothing },
    Invariant {
        number: "I14",
        name: "what exists stays in state",
        check: honest::what_exists_stays_in_state,
    },
];

/// The first invariant that does not hold, and what contradicts it.
///
/// # Errors
/// The contradiction.
pub fn check(evidence: &Evidence<'_>) -> Result<(), (Invariant, String)> {
    for invariant in ALL {
        (invariant.check)(evidence).map_err(|contradiction| (invariant, contradiction))?;
    }
    Ok(())
}
