//! Makes histories of seeds.

use crate::history::{Action, History, Move, Trouble};
use crate::subject::Subject;
use landform_cloud::ErrorKind;
use landform_framework::testing::Replacement;
use landform_test_cloud::{Chance, Weather, When};
use std::time::Duration;

/// No history has more moves, those at the end apart.
const MOVES: u64 = 4;

/// About as many writes as the largest create has.
const WRITES: u64 = 60;

impl History {
    /// The history that follows from `seed`.
    pub fn of_seed(subject: &dyn Subject, seed: u64) -> History {
        let mut chance = Chance::new(seed);
        let names: Vec<&'static str> = subject.configurations().iter().map(|it| it.name).collect();
        let replacement = match chance.below(4) {
            0 => Replacement::CreateThenDestroy,
            _ => Replacement::DestroyThenCreate,
        };
        // Most histories stay with few configurations, so that what is interrupted is also gone on with.
        let few = [pick(&mut chance, &names), pick(&mut chance, &names)];
        let mut moves = Vec::new();
        for _ in 0..1 + chance.below(MOVES) {
            moves.push(next(&mut chance, subject, &few));
        }
        History { replacement, moves, settles: Some(pick(&mut chance, &few)) }
    }
}

fn next(chance: &mut Chance, subject: &dyn Subject, names: &[&'static str]) -> Move {
    let action = match chance.below(20) {
        0 => Action::LoseState,
        1 => Action::Plan(pick(chance, names)),
        2 | 3 => Action::Destroy,
        4..8 => Action::Change(pick(chance, subject.changes()), index(chance, 64)),
        _ => Action::Apply(pick(chance, names)),
    };
    let mut troubles = Vec::new();
    if matches!(action, Action::Apply(_) | Action::Plan(_) | Action::Destroy) {
        while troubles.len() < 3 && chance.below(5) < 3 {
            troubles.push(trouble(chance));
        }
    }
    Move { action, troubles }
}

fn trouble(chance: &mut Chance) -> Trouble {
    match chance.below(10) {
        0..3 => Trouble::Kill(number(chance, WRITES), pick(chance, &[When::Before, When::After])),
        3..6 => strike(chance),
        6 => Trouble::Scarce(index(chance, 16)),
        7 => Trouble::FailsLater,
        8 => Trouble::Slow(number(chance, 6)),
        _ => Trouble::Weather(weather(chance)),
    }
}

fn strike(chance: &mut Chance) -> Trouble {
    // What is refused was not executed; an answer can be lost either way.
    let (when, kind) = pick(
        chance,
        &[
            (When::Before, ErrorKind::Ambiguous),
            (When::After, ErrorKind::Ambiguous),
            (When::After, ErrorKind::Other),
            (When::Before, ErrorKind::Throttled),
            (When::Before, ErrorKind::Denied),
            (When::Before, ErrorKind::Quota),
            (When::Before, ErrorKind::Credentials),
            (When::Before, ErrorKind::Unreachable),
        ],
    );
    let operation = (chance.below(3) == 0).then(|| pick(chance, READS));
    let times = if chance.below(4) == 0 { number(chance, 9) } else { 1 };
    let nth = if operation.is_some() { number(chance, 6) } else { number(chance, WRITES) };
    Trouble::Strike { operation, nth, times, when, kind }
}

/// Reads that fail; writes are struck by their number.
const READS: &[&str] =
    &["DescribeTags", "DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeNatGateways"];

fn weather(chance: &mut Chance) -> Weather {
    let mut odds = |most: u64| number(chance, most) - 1;
    let (lost_answers, server_errors, throttled) = (odds(60), odds(60), odds(60));
    let (refused, stale_reads, failing_objects) = (odds(10), odds(400), odds(100));
    let lag = Duration::from_secs(u64::from(odds(8)));
    let seed = chance.number();
    Weather { seed, lost_answers, server_errors, throttled, refused, stale_reads, lag, failing_objects }
}

fn number(chance: &mut Chance, most: u64) -> u32 {
    u32::try_from(chance.below(most) + 1).unwrap_or(1)
}

fn index(chance: &mut Chance, below: u64) -> usize {
    usize::try_from(chance.below(below)).unwrap_or_default()
}

fn pick<T: Copy>(chance: &mut Chance, choices: &[T]) -> T {
    choices[index(chance, choices.len() as u64)]
}
