//! Where to look, and what the states of the tree hold.

use std::collections::{BTreeMap, BTreeSet};

use landform_generator::check::Landscape;
use landform_generator::tree::UnitIndex;
use landform_model::inventory::{Place, Scope};
use landform_model::{AccountId, RoleName};
use serde_json::{Map, Value, json};

use super::compare::{Known, held};
use crate::arguments::Orphans;
use crate::failure::Failure;
use crate::run::Program;

/// Every account in every region of the estate and as a whole, by the role that is assumed there: in the management account none.
/// The organization is looked at where the estate has its management account, as only then may units make something in it.
pub(super) fn places(landscape: &Landscape) -> BTreeMap<Option<RoleName>, Vec<Place>> {
    let organization = &landscape.estate.organization;
    let accounts: BTreeSet<&AccountId> =
        landscape.estate.accounts.values().map(|account| &account.id).collect();
    let mut places: BTreeMap<Option<RoleName>, Vec<Place>> = BTreeMap::new();
    for account in accounts {
        let mut scopes: Vec<Scope> = organization.regions.iter().cloned().map(Scope::Region).collect();
        scopes.push(Scope::Account);
        if *account == organization.management_account_id {
            scopes.push(Scope::Organization);
        }
        let everywhere = scopes.into_iter().map(|scope| Place { account_id: account.clone(), scope });
        places.entry(role(landscape, account)).or_default().extend(everywhere);
    }
    places
}

/// The role that units in this account assume.
pub(super) fn role(landscape: &Landscape, account: &AccountId) -> Option<RoleName> {
    let is_member = *account != landscape.estate.organization.management_account_id;
    is_member.then(|| landscape.estate.roles.deploy.clone())
}

/// A provider block. Whoever only looks is not allowed more.
pub(super) fn provider(stack: &str, role: Option<&RoleName>, read_only: bool) -> Map<String, Value> {
    let mut block =
        Map::from_iter([("stack".to_owned(), json!(stack)), ("read_only".to_owned(), json!(read_only))]);
    if let Some(role) = role {
        block.insert("assume_role".to_owned(), json!({ "role_name": role }));
    }
    block
}

/// What each unit of the tree holds in its state, by its stack.
///
/// # Errors
/// When a state cannot be read: then nobody can say what is an orphan.
pub(super) fn known(
    arguments: &Orphans,
    index: &UnitIndex,
    landscape: &Landscape,
) -> Result<BTreeMap<String, Known>, Failure> {
    let program = Program::find(index.layout)?;
    let mut known = BTreeMap::new();
    for (done, unit) in index.units.iter().enumerate() {
        anstream::eprintln!("[{}/{}] {}: reading its state", done + 1, index.units.len(), unit.id);
        let Some(entry) = landscape.ledger.units.get(&unit.id) else {
            return Err(Failure::NotCurrent { tree: arguments.tree.clone(), unit: unit.id.clone() });
        };
        let unreadable = || Failure::State { unit: unit.id.clone() };
        let state = program.state(&arguments.tree.join(&unit.path))?.ok_or_else(unreadable)?;
        let management = &landscape.estate.organization.management_account_id;
        let holds = held(entry.stack.as_str(), management, &state).map_err(|_| unreadable())?;
        known.insert(entry.stack.to_string(), Known { unit: unit.id.clone(), holds });
    }
    Ok(known)
}
