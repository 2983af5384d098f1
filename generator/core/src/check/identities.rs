//! Identities and state keys: each belongs to one unit.

use std::collections::BTreeMap;

use super::ledger::{Entry, Ledger};
use crate::problem::{Problem, SpecPath};
use crate::spec::{Estate, Moved};
use crate::units::{self, UnitId};

/// The ledger after this spec: with what moved in its new place, and with an entry for each unit.
pub(super) fn check(estate: &Estate, ledger: &Ledger, problems: &mut Vec<Problem>) -> Ledger {
    let mut ledger = ledger.clone();
    let units = distinct(estate, problems);
    for (index, moved) in estate.moved.iter().enumerate() {
        let at = SpecPath::root().field("moved").index(index);
        if let Err(problem) = move_entry(moved, &at, &units, &mut ledger) {
            problems.push(problem);
        }
    }
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for (id, entry) in ledger.units.iter().chain(&ledger.pruned) {
        if entry.state.is_none() {
            owners.insert(entry.key.clone(), id.clone());
        }
        owners.insert(entry.stack.to_string(), id.clone());
    }
    for (id, (at, unit)) in &units {
        if ledger.units.contains_key(id) {
            continue;
        }
        // A unit that comes back after it was pruned is the same one, with the same key.
        if let Some(entry) = ledger.pruned.remove(id) {
            ledger.units.insert(id.clone(), entry);
            continue;
        }
        match new_entry(unit) {
            Ok(entry) => match owners.get(&entry.key).or_else(|| owners.get(entry.stack.as_str())) {
                None => {
                    ledger.units.insert(id.clone(), entry);
                }
                Some(other) => {
                    let message =
                        format!("the state key and identity of `{id}` belong to `{other}`, which was moved");
                    problems
                        .push(Problem::new(at.field("name"), message).hint("give the new unit another name"));
                }
            },
            Err(error) => {
                let problem =
                    Problem::new(at.field("name"), format!("the identity of the unit is too long: {error}"));
                problems.push(problem.hint("shorten the names of unit, account or environment"));
            }
        }
    }
    ledger
}

type Units = BTreeMap<String, (SpecPath, UnitId)>;

fn distinct(estate: &Estate, problems: &mut Vec<Problem>) -> Units {
    let mut units = Units::new();
    for (at, unit) in units::all(estate) {
        let id = UnitId::of(unit);
        match units.get(&id.to_string()) {
            None => {
                units.insert(id.to_string(), (at, id));
            }
            Some((first, _)) => {
                let message =
                    format!("there are two units `{id}`: they would share one state and one identity");
                problems.push(
                    Problem::new(at.field("name"), message)
                        .related(first.field("name"), "the first is here")
                        .hint("give one of them another name"),
                );
            }
        }
    }
    units
}

fn move_entry(moved: &Moved, at: &SpecPath, units: &Units, ledger: &mut Ledger) -> Result<(), Problem> {
    let (from, to) = (moved.from.as_str(), moved.to.as_str());
    let home = |id: &str| id.split('/').take(2).map(str::to_owned).collect::<Vec<_>>();
    if !units.contains_key(to) {
        let problem = Problem::new(at.field("to"), format!("there is no unit `{to}` to move to"));
        return Err(problem.hint("write the identity as `account/region/environment/name`"));
    }
    if units.contains_key(from) {
        let problem = Problem::new(at.field("from"), format!("the unit `{from}` is still in the spec"));
        return Err(problem.hint("rename that unit, or remove this move"));
    }
    if home(from) != home(to) {
        let problem =
            Problem::new(at.field("to"), format!("`{from}` cannot move to another account or region"));
        return Err(problem.hint("make a new unit there, and remove the old one when nothing uses it"));
    }
    match (ledger.units.contains_key(to), ledger.units.remove(from)) {
        // Done before, or nothing was ever generated.
        (_, None) => Ok(()),
        (false, Some(entry)) => {
            ledger.units.insert(to.to_owned(), entry);
            Ok(())
        }
        (true, Some(_)) => {
            let problem = Problem::new(at.field("to"), format!("`{to}` has a state of its own"));
            Err(problem.hint("move to a name that no unit had before"))
        }
    }
}

fn new_entry(unit: &UnitId) -> Result<Entry, landform_model::InvalidText> {
    Ok(Entry::new(format!("{unit}/terraform.tfstate"), unit.stack()?, unit.name.clone()))
}
