//! The past of a world: what reads answer that lag behind.

use std::collections::VecDeque;
use std::time::Duration;

/// How far back anybody can ask.
const MEMORY: Duration = Duration::from_secs(5 * 60);

/// Worlds as they were before each write.
#[derive(Debug)]
pub(super) struct History<W>(VecDeque<(Duration, W)>);

impl<W> Default for History<W> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<W: Clone> History<W> {
    /// Keeps the world as it is before a write at `now`.
    pub(super) fn keep(&mut self, now: Duration, world: &W) {
        self.0.push_back((now, world.clone()));
        while self.0.front().is_some_and(|(at, _)| *at + MEMORY < now) {
            self.0.pop_front();
        }
    }

    /// The world as it was at `time`; none when no write has changed it since.
    pub(super) fn at(&self, time: Duration) -> Option<W> {
        self.0.iter().find(|(at, _)| *at > time).map(|(_, world)| world.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::World;

    #[test]
    fn the_past_is_what_was_before_the_next_write() {
        let seconds = Duration::from_secs;
        let world = |addresses: u32| World { nat_gateway_pending_looks: addresses, ..World::default() };
        let mut history = History::default();
        history.keep(seconds(10), &world(0));
        history.keep(seconds(20), &world(1));
        assert_eq!(history.at(seconds(5)), Some(world(0)));
        assert_eq!(history.at(seconds(10)), Some(world(1)));
        assert_eq!(history.at(seconds(20)), None);
        history.keep(seconds(1000), &world(2));
        assert_eq!(history.0.len(), 1);
    }
}
