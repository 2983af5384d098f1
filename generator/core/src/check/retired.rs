//! Units that left the spec: what they made is still there.

use std::collections::BTreeSet;

use super::Retired;
use super::ledger::Ledger;
use crate::problem::{Problem, SpecPath};
use crate::spec::Estate;
use crate::units::{self, UnitId};

/// Each unit that the ledger knows and the spec does not. Its account has to be there until it is pruned.
pub(super) fn check(estate: &Estate, ledger: &Ledger, problems: &mut Vec<Problem>) -> Vec<Retired> {
    let present: BTreeSet<String> =
        units::all(estate).map(|(_, unit)| UnitId::of(unit).to_string()).collect();
    let mut retired = Vec::new();
    for (name, entry) in ledger.units.iter().filter(|(id, _)| !present.contains(*id)) {
        let id: UnitId = match name.parse() {
            Ok(id) => id,
            Err(error) => {
                let problem =
                    Problem::new(SpecPath::root(), format!("the ledger of the tree is damaged: {error}"));
                problems.push(problem.hint("restore `.landform/state-keys.json` from version control"));
                continue;
            }
        };
        let Some(account) = estate.accounts.get(&id.account) else {
            let message =
                format!("the account `{}` is gone, and what the unit `{id}` made in it is not", id.account);
            problems.push(
                Problem::new(SpecPath::root().field("accounts"), message).hint(
                    "put the account back, apply the unit, which destroys it, and run `landform prune`",
                ),
            );
            continue;
        };
        let environment = estate.environments.get(&id.environment);
        retired.push(Retired {
            state: super::state(estate, entry),
            provider: super::provider(estate, entry, &id, account, environment),
            providers: entry.providers.clone(),
            id,
        });
    }
    retired.sort_by(|one, other| one.id.cmp(&other.id));
    retired
}
