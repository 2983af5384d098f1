//! Faults by chance: what the network and AWS do to calls on a bad day.

use super::chance::Chance;
use super::{When, is_write};
use landform_cloud::ErrorKind;
use std::time::Duration;

/// How bad the day is. Odds are per thousand calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weather {
    /// What chance follows from.
    pub seed: u64,
    /// Writes that are executed and whose answer is lost.
    pub lost_answers: u32,
    /// Writes that fail with 5xx before they are executed: the caller cannot tell them from lost answers.
    pub server_errors: u32,
    /// Calls of any kind that are refused for their rate.
    pub throttled: u32,
    /// Writes that are refused for another reason that time mends: a permission that is put right, a quota that is raised.
    pub refused: u32,
    /// Reads that answer what was there a while ago.
    pub stale_reads: u32,
    /// How long ago that is, at most.
    pub lag: Duration,
    /// Asynchronous objects that end as failed.
    pub failing_objects: u32,
}

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    /// It fails, and was executed or not.
    Fail(When, ErrorKind),
    /// It reads the world as it was so long ago.
    Stale(Duration),
}

/// The weather and the chance it comes from.
#[derive(Debug)]
pub(super) struct Sky {
    pub(super) weather: Weather,
    chance: Chance,
}

impl Sky {
    pub(super) fn new(weather: Weather) -> Self {
        Self { weather, chance: Chance::new(weather.seed) }
    }

    /// What strikes this call, if anything does.
    pub(super) fn strike(&mut self, operation: &str) -> Option<Stroke> {
        let Weather { lost_answers, server_errors, throttled, refused, stale_reads, lag, .. } = self.weather;
        if self.chance.per_mille(throttled) {
            return Some(Stroke::Fail(When::Before, ErrorKind::Throttled));
        }
        if !is_write(operation) {
            let millis = u64::try_from(lag.as_millis()).unwrap_or(u64::MAX);
            let stale = self.chance.per_mille(stale_reads);
            return stale.then(|| Stroke::Stale(Duration::from_millis(self.chance.below(millis + 1))));
        }
        let fates = [
            (lost_answers, When::After, ErrorKind::Ambiguous),
            (server_errors, When::Before, ErrorKind::Ambiguous),
            (refused, When::Before, ErrorKind::Denied),
        ];
        for (odds, when, kind) in fates {
            if self.chance.per_mille(odds) {
                return Some(Stroke::Fail(when, kind));
            }
        }
        None
    }

    /// Whether an asynchronous object that is made now will fail.
    pub(super) fn fails_later(&mut self) -> bool {
        self.chance.per_mille(self.weather.failing_objects)
    }
}
