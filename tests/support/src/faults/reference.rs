//! The same phases without a fault: what a case is compared with.

use std::sync::OnceLock;

use landform_sandbox::Error;

use super::run::words;
use super::stage::command;
use super::{Phase, Stage};
use crate::invariants::{Census, Deletions};

/// What a phase comes to when nothing goes wrong.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// What exists at its end.
    pub(super) census: Census,
    /// How many calls its command makes.
    pub(super) calls: usize,
    /// What its command takes away.
    pub(super) deletions: Deletions,
}

/// The reference of a phase, made when it is first asked for.
///
/// # Errors
/// The phase fails without a fault: no case can be judged then.
pub(super) fn of(phase: Phase) -> Result<&'static Reference, String> {
    static ALL: [OnceLock<Result<Reference, String>>; Phase::ALL.len()] = [const { OnceLock::new() }; 6];
    let reference = ALL[phase as usize].get_or_init(|| {
        pass(phase).map_err(|error| format!("{phase} fails without a fault: {}", words(&error)))
    });
    reference.as_ref().map_err(Clone::clone)
}

fn pass(phase: Phase) -> Result<Reference, Error> {
    let stage = Stage::before(phase)?;
    stage.run(command(phase)).success()?;
    let calls = stage.scenario().proxy().take_calls();
    Ok(Reference { census: stage.census(), calls: calls.len(), deletions: Deletions::of(&calls) })
}
