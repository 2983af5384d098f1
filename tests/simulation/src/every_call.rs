//! Histories in which one call goes wrong: every call, in every way.

use crate::history::{Action, History, Move, Trouble};
use crate::run::Simulation;
use landform_cloud::ErrorKind;
use landform_test_cloud::{Call, When, is_write};
use std::collections::BTreeMap;

/// How much of what can go wrong is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// At every write a kill, a lost answer and a refusal, at every read a refusal.
    Main,
    /// Those, and what is tried again in the same apply: requests that are lost, and calls that are throttled.
    Full,
}

impl Extent {
    /// [`Extent::Full`] when `LANDFORM_EVERY_CALL` is `full`.
    pub fn from_environment() -> Extent {
        match std::env::var("LANDFORM_EVERY_CALL") {
            Ok(text) if text == "full" => Extent::Full,
            _ => Extent::Main,
        }
    }

    /// How a call fails, and whether it is executed.
    fn fates(self, operation: &str) -> Vec<(When, ErrorKind)> {
        let makes = ["Create", "Allocate"].iter().any(|prefix| operation.starts_with(prefix));
        let mut fates = vec![(When::Before, if makes { ErrorKind::Quota } else { ErrorKind::Denied })];
        if is_write(operation) {
            fates.push((When::After, ErrorKind::Ambiguous));
        }
        if self == Extent::Full {
            fates.push((When::Before, ErrorKind::Throttled));
        }
        if self == Extent::Full && is_write(operation) {
            fates.push((When::Before, ErrorKind::Ambiguous));
            fates.extend(makes.then_some((When::Before, ErrorKind::Denied)));
        }
        fates
    }
}

/// For every call that `action` makes after `before`: histories in which the processes are killed at it, and in which it fails.
/// Then the same is done again without trouble, and all is destroyed.
///
/// A kill at a read is a kill before the write that follows, and one before a write is one after the write that came before it:
/// reads change nothing. So kills after each write, and one before the first, are all that there are.
///
/// # Panics
/// When something goes wrong without trouble.
pub fn one_call_goes_wrong(
    simulation: &Simulation<'_>,
    before: Option<&'static str>,
    action: &Action,
    extent: Extent,
) -> Vec<History> {
    let prepared: Vec<Move> = before.map(Action::Apply).into_iter().map(Move::calm).collect();
    let settles = match action {
        Action::Apply(name) => Some(*name),
        _ => None,
    };
    let history = |trouble: Option<Trouble>| {
        let troubled = Move { action: action.clone(), troubles: trouble.into_iter().collect() };
        History::of(prepared.iter().cloned().chain([troubled]).collect(), settles)
    };
    let calls = match simulation.play(&history(None)) {
        Ok(played) => played.calls.into_iter().nth(prepared.len()).unwrap_or_default(),
        Err(failure) => panic!("{action} without trouble: {failure}"),
    };
    let mut troubles = vec![Trouble::Kill(1, When::Before)];
    let writes = calls.iter().filter(|call| is_write(call.operation)).count();
    troubles.extend((1..).take(writes).map(|nth| Trouble::Kill(nth, When::After)));
    let mut seen: BTreeMap<&'static str, u32> = BTreeMap::new();
    for Call { operation, .. } in &calls {
        let nth = seen.entry(operation).or_default();
        *nth += 1;
        for (when, kind) in extent.fates(operation) {
            let operation = Some(*operation);
            troubles.push(Trouble::Strike { operation, nth: *nth, times: 1, when, kind });
        }
    }
    troubles.into_iter().map(|trouble| history(Some(trouble))).collect()
}
