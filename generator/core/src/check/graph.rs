//! Which unit comes after which.

use std::collections::BTreeMap;

use super::wires::Wires;
use crate::problem::{Problem, SpecPath};
use crate::source::nearest;
use crate::spec::Estate;
use crate::units::{self, UnitId};

/// The order of all units.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: BTreeMap<UnitId, Node>,
}

#[derive(Debug, Default)]
struct Node {
    after: Vec<UnitId>,
    group: usize,
}

impl Graph {
    pub(super) fn after(&self, unit: &UnitId) -> Vec<UnitId> {
        self.nodes.get(unit).map(|node| node.after.clone()).unwrap_or_default()
    }

    pub(super) fn group(&self, unit: &UnitId) -> usize {
        self.nodes.get(unit).map_or(0, |node| node.group)
    }
}

/// The graph, when each name in it is a unit and none waits for itself.
pub(super) fn check(estate: &Estate, wires: &Wires, problems: &mut Vec<Problem>) -> Graph {
    let ids: BTreeMap<String, UnitId> =
        units::all(estate).map(|(_, unit)| UnitId::of(unit)).map(|id| (id.to_string(), id)).collect();
    let mut nodes: BTreeMap<UnitId, Node> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (at, unit) in units::all(estate) {
        let id = UnitId::of(unit);
        let wired = wires.get(&id).into_iter().flatten();
        let place = match unit.after().is_empty() {
            true => wires
                .get(&id)
                .and_then(|wires| wires.first())
                .map(|wire| at.field("references").field(&wire.input)),
            false => None,
        };
        let at = at.field("after");
        let mut after: Vec<UnitId> = wired.map(|wire| wire.from.clone()).collect();
        for (index, name) in unit.after().iter().enumerate() {
            match ids.get(name.as_str()) {
                Some(other) => after.push(other.clone()),
                None => problems.push(unknown(name.as_str(), &ids, at.index(index))),
            }
        }
        after.sort();
        after.dedup();
        places.insert(id.clone(), place.unwrap_or(at));
        nodes.insert(id, Node { after, group: 0 });
    }
    let mut open: BTreeMap<UnitId, usize> =
        nodes.iter().map(|(id, node)| (id.clone(), node.after.len())).collect();
    let mut waiting: BTreeMap<&UnitId, Vec<&UnitId>> = BTreeMap::new();
    for (id, node) in &nodes {
        node.after.iter().for_each(|other| waiting.entry(other).or_default().push(id));
    }
    let mut groups: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut ready: Vec<UnitId> =
        open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| id.clone()).collect();
    while let Some(id) = ready.pop() {
        let group = groups.get(&id).copied().unwrap_or_default();
        open.remove(&id);
        for next in waiting.get(&id).into_iter().flatten() {
            let next_group = groups.entry((*next).clone()).or_default();
            *next_group = (*next_group).max(group + 1);
            if let Some(count) = open.get_mut(*next) {
                *count -= 1;
                if *count == 0 {
                    ready.push((*next).clone());
                }
            }
        }
    }
    if let Some(cycle) = cycle(&nodes, &open) {
        problems.extend(told(&cycle, &places));
    }
    for (id, node) in &mut nodes {
        node.group = groups.get(id).copied().unwrap_or_default();
    }
    Graph { nodes }
}

fn unknown(name: &str, ids: &BTreeMap<String, UnitId>, at: SpecPath) -> Problem {
    let problem = Problem::new(at, format!("there is no unit `{name}`"));
    match nearest(name, ids.keys().map(String::as_str)) {
        Some(other) => problem.hint(format!("did you mean `{other}`?")),
        None => problem.hint("write the identity as `account/region/environment/name`"),
    }
}

/// Units that wait for each other, among those that never became ready.
fn cycle(nodes: &BTreeMap<UnitId, Node>, open: &BTreeMap<UnitId, usize>) -> Option<Vec<UnitId>> {
    let mut way: Vec<UnitId> = vec![open.keys().next()?.clone()];
    loop {
        // Whoever is not ready waits for another one that is not.
        let next = nodes.get(way.last()?)?.after.iter().find(|other| open.contains_key(other))?;
        if let Some(start) = way.iter().position(|id| id == next) {
            return Some(way.split_off(start));
        }
        way.push(next.clone());
    }
}

fn told(cycle: &[UnitId], places: &BTreeMap<UnitId, SpecPath>) -> Option<Problem> {
    let names: Vec<String> = cycle.iter().chain(cycle.first()).map(|id| format!("`{id}`")).collect();
    let message = match cycle {
        [one] => format!("the unit `{one}` comes after itself"),
        _ => format!("units come after each other: {}", names.join(" after ")),
    };
    let problem = Problem::new(places.get(cycle.first()?)?.clone(), message).hint("leave out one of them");
    Some(
        cycle
            .iter()
            .skip(1)
            .filter_map(|id| places.get(id))
            .fold(problem, |problem, at| problem.related(at.clone(), "and here")),
    )
}
