//! Which unit may start: the first of those that wait for none any more.

use std::collections::{BTreeMap, BTreeSet};

use landform_generator::tree::UnitPlace;

use crate::arguments::Action;

/// Units by their position, with what each still waits for.
#[derive(Debug)]
pub(super) struct Schedule {
    waits: Vec<BTreeSet<usize>>,
    /// Those that wait for a unit, by that unit.
    followers: BTreeMap<usize, Vec<usize>>,
    ready: BTreeSet<usize>,
}

impl Schedule {
    /// The schedule of the units, which are in the order of an apply, or for a destroy in that of a destroy. A plan changes
    /// nothing, so none waits for another. Units that are not among these are not waited for.
    pub(super) fn new(action: Action, units: &[&UnitPlace]) -> Self {
        let positions: BTreeMap<&str, usize> =
            units.iter().enumerate().map(|(position, unit)| (unit.id.as_str(), position)).collect();
        let mut waits = vec![BTreeSet::new(); units.len()];
        for (position, unit) in units.iter().enumerate() {
            for other in unit.after.iter().filter_map(|id| positions.get(id.as_str())) {
                let (waiting, first) = match action {
                    Action::Plan => continue,
                    Action::Apply => (position, *other),
                    Action::Destroy => (*other, position),
                };
                if let Some(waits) = waits.get_mut(waiting) {
                    waits.insert(first);
                }
            }
        }
        let mut followers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut ready = BTreeSet::new();
        for (position, waits) in waits.iter().enumerate() {
            waits.iter().for_each(|first| followers.entry(*first).or_default().push(position));
            if waits.is_empty() {
                ready.insert(position);
            }
        }
        Self { waits, followers, ready }
    }

    /// The position of the next unit, which counts as started from now on. None may be for now only.
    pub(super) fn start(&mut self) -> Option<usize> {
        self.ready.pop_first()
    }

    /// The unit has ended well: others may wait for it no longer.
    pub(super) fn end(&mut self, position: usize) {
        for follower in self.followers.remove(&position).into_iter().flatten() {
            if let Some(waits) = self.waits.get_mut(follower) {
                waits.remove(&position);
                if waits.is_empty() {
                    self.ready.insert(follower);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: &str, after: &[&str]) -> UnitPlace {
        UnitPlace {
            id: id.to_owned(),
            kind: "network".to_owned(),
            path: id.to_owned(),
            after: after.iter().map(|id| (*id).to_owned()).collect(),
            modules: Vec::new(),
        }
    }

    /// The units that start before any of them has ended, then those after the first of these has, and so on.
    fn waves(action: Action, units: &[UnitPlace]) -> Vec<Vec<&str>> {
        let mut units: Vec<&UnitPlace> = units.iter().collect();
        if action == Action::Destroy {
            units.reverse();
        }
        let mut schedule = Schedule::new(action, &units);
        let (mut running, mut waves) = (BTreeSet::new(), Vec::new());
        loop {
            let started: Vec<usize> = std::iter::from_fn(|| schedule.start()).collect();
            waves.push(started.iter().map(|position| units[*position].id.as_str()).collect());
            running.extend(started);
            let Some(first) = running.pop_first() else { return waves };
            schedule.end(first);
        }
    }

    #[test]
    fn a_unit_starts_when_all_that_it_waits_for_have_ended() {
        let units = [unit("a", &[]), unit("b", &[]), unit("c", &["a", "b"]), unit("d", &["c", "elsewhere"])];
        let all: [&[&str]; 5] = [&["a", "b"], &[], &["c"], &["d"], &[]];
        assert_eq!(waves(Action::Apply, &units), all);
        let all: [&[&str]; 5] = [&["d"], &["c"], &["b", "a"], &[], &[]];
        assert_eq!(waves(Action::Destroy, &units), all);
        assert_eq!(waves(Action::Plan, &units)[0], ["a", "b", "c", "d"]);
    }
}
