//! What became of a case.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Case;

/// What a case came to, and every invariant that it broke.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The case.
    pub case: Case,
    /// The exit code of the command with the fault; 128 + the signal's number when a signal ended it, -1 when it did not run.
    pub exit: i32,
    /// The errors that it printed.
    pub said: String,
    /// After the next command, what exists is what is declared, and the plan is empty.
    pub converged: bool,
    /// Objects of a part that another object is already.
    pub duplicates: usize,
    /// Objects that are no part of the network, or are left after its destruction.
    pub orphans: usize,
    /// Deletions of something that is wanted, and wanted objects that were made anew.
    pub needless_deletions: usize,
    /// Calls to AWS of the command with the fault and the one after it.
    pub calls: usize,
    /// Calls to AWS of the command when nothing goes wrong.
    pub calls_without_fault: usize,
    /// The actions that met the fault.
    pub met: BTreeSet<String>,
    /// Everything that should be otherwise; empty when every invariant holds.
    pub problems: Vec<String>,
    /// The whole case.
    pub took: Duration,
}

impl Outcome {
    pub(super) fn new(case: Case) -> Outcome {
        Outcome {
            case,
            exit: -1,
            said: String::new(),
            converged: false,
            duplicates: 0,
            orphans: 0,
            needless_deletions: 0,
            calls: 0,
            calls_without_fault: 0,
            met: BTreeSet::new(),
            problems: Vec::new(),
            took: Duration::ZERO,
        }
    }

    /// Whether every invariant holds.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }
}
