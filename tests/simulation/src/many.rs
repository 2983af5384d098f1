//! Plays many histories on all processors, and tells what fails so that it can be played again.

use crate::history::History;
use crate::run::{Failure, Simulation};
use crate::shrink::shrink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

/// The seeds to play: `LANDFORM_SEED` names a single one, `LANDFORM_SEEDS` how many. Default: `many`, from 0 on.
///
/// # Panics
/// When a variable is no number.
pub fn seeds(many: u64) -> Vec<u64> {
    let number = |name: &str| {
        let text = env::var(name).ok()?;
        match text.parse::<u64>() {
            Ok(number) => Some(number),
            Err(error) => panic!("{name} = {text}: {error}"),
        }
    };
    match number("LANDFORM_SEED") {
        Some(seed) => vec![seed],
        None => (0..number("LANDFORM_SEEDS").unwrap_or(many)).collect(),
    }
}

/// Plays the history of each of these names.
///
/// # Panics
/// When an invariant does not hold in one of them: with its name, its shortest form, and `replay`, which says how to see it
/// again.
pub fn play_all<T: Sync>(
    simulation: &Simulation<'_>,
    names: &[T],
    history: impl Fn(&T) -> History + Sync,
    replay: impl Fn(&T) -> String + Sync,
) {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let work = || {
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            let history = history(name);
            let played = catch_unwind(AssertUnwindSafe(|| simulation.play(&history)));
            let failure = match played {
                Ok(Ok(_)) => continue,
                Ok(Err(failure)) => Some(failure),
                Err(_) => None,
            };
            next.store(names.len(), Ordering::Relaxed);
            if let Ok(mut failed) = failed.lock() {
                failed.get_or_insert((replay(name), history, failure));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    if let Ok(Some((replay, history, failure))) = failed.into_inner() {
        panic!("{}", report(simulation, &replay, &history, failure));
    }
}

fn report(simulation: &Simulation<'_>, replay: &str, history: &History, failure: Option<Failure>) -> String {
    let Some(failure) = failure else { return format!("{replay}\npanicked (above) in\n{history}") };
    let (short, failure) = shrink(simulation, history, failure);
    format!("{replay}\nplays\n{history}\nof which this is enough:\n{short}\n{failure}")
}
