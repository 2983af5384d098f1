//! Makes a history that fails shorter, for as long as it fails in the same way.

use crate::history::{History, Trouble};
use crate::run::{Failure, Simulation};
use landform_framework::testing::Replacement;
use landform_test_cloud::Weather;

/// How many histories are tried at most.
const TRIES: usize = 300;

/// Drops moves, troubles and repetitions one by one while the same invariant fails.
pub fn shrink(simulation: &Simulation<'_>, history: &History, failure: Failure) -> (History, Failure) {
    let (mut history, mut failure) = (history.clone(), failure);
    let mut tries = 0;
    'again: loop {
        for shorter in shorter(&history) {
            tries += 1;
            if tries > TRIES {
                break 'again;
            }
            if let Err(other) = simulation.play(&shorter)
                && other.invariant.name == failure.invariant.name
            {
                (history, failure) = (shorter, other);
                continue 'again;
            }
        }
        break;
    }
    (history, failure)
}

fn shorter(history: &History) -> Vec<History> {
    let mut all = Vec::new();
    for index in 0..history.moves.len() {
        let mut shorter = history.clone();
        shorter.moves.remove(index);
        all.push(shorter);
    }
    for (index, step) in history.moves.iter().enumerate() {
        for trouble in 0..step.troubles.len() {
            let mut shorter = history.clone();
            shorter.moves[index].troubles.remove(trouble);
            all.push(shorter);
            for clearer in clearer(&step.troubles[trouble]) {
                let mut shorter = history.clone();
                shorter.moves[index].troubles[trouble] = Trouble::Weather(clearer);
                all.push(shorter);
            }
        }
    }
    if history.replacement != Replacement::default() {
        all.push(History { replacement: Replacement::default(), ..history.clone() });
    }
    all
}

/// The weathers in which one kind of fault less happens.
fn clearer(trouble: &Trouble) -> Vec<Weather> {
    let Trouble::Weather(weather) = *trouble else { return Vec::new() };
    let all = [
        Weather { lost_answers: 0, ..weather },
        Weather { server_errors: 0, ..weather },
        Weather { throttled: 0, ..weather },
        Weather { refused: 0, ..weather },
        Weather { stale_reads: 0, ..weather },
        Weather { failing_objects: 0, ..weather },
    ];
    all.into_iter().filter(|clearer| *clearer != weather).collect()
}
