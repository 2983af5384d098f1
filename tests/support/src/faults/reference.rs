//! The same phases without a fault: what a case is compared with.

use std::collections::BTreeMap;
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

/// The reference of a phase; all are made when the first is asked for, in one life of one network.
///
/// # Errors
/// That life does not end as it must: no case can be judged then.
pub(super) fn of(phase: Phase) -> Result<&'static Reference, String> {
    static ALL: OnceLock<Result<BTreeMap<Phase, Reference>, String>> = OnceLock::new();
    let all =
        ALL.get_or_init(|| live().map_err(|error| format!("a life without faults fails: {}", words(&error))));
    all.as_ref().map(|all| &all[&phase]).map_err(Clone::clone)
}

fn live() -> Result<BTreeMap<Phase, Reference>, Error> {
    let stage = Stage::empty()?;
    let mut all = BTreeMap::new();
    for phase in [Phase::Create, Phase::Refresh, Phase::Mend, Phase::Grow, Phase::Shrink] {
        all.insert(phase, pass(&stage, phase)?);
    }
    stage.enter(Phase::Grow)?;
    stage.run(&["apply", "-auto-approve"]).success()?;
    all.insert(Phase::Destroy, pass(&stage, Phase::Destroy)?);
    Ok(all)
}

fn pass(stage: &Stage, phase: Phase) -> Result<Reference, Error> {
    stage.enter(phase)?;
    stage.scenario().proxy().take_calls();
    stage.run(command(phase)).success()?;
    let calls = stage.scenario().proxy().take_calls();
    Ok(Reference { census: stage.census(), calls: calls.len(), deletions: Deletions::of(&calls) })
}
