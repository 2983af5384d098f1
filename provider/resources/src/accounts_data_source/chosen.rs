//! Which accounts are meant: pure.

use super::AccountsLookup;
use crate::account::Place;
use crate::member_account::{MemberAccount, StateWord, unit_of};
use crate::organization::Tree;
use landform_cloud::organizations::Account;
use landform_model::AccountId;
use std::collections::{BTreeMap, BTreeSet};

/// All that an account must be.
pub(super) struct Filters {
    place: Option<Place>,
    recursive: bool,
    states: BTreeSet<StateWord>,
    name_prefix: String,
}

impl Filters {
    /// What the configuration says.
    pub(super) fn of(config: &AccountsLookup) -> Self {
        Self {
            place: config.ou.known().cloned(),
            recursive: config.recursive.known().copied().unwrap_or(true),
            states: config.states.known().cloned().unwrap_or_default(),
            name_prefix: config.name_prefix.known().cloned().unwrap_or_default(),
        }
    }

    /// The accounts that are meant, by id.
    pub(super) fn choose(&self, accounts: &[Account], tree: &Tree) -> BTreeMap<AccountId, MemberAccount> {
        let meant = accounts.iter().filter(|account| {
            self.states.contains(&StateWord(account.state))
                && account.name.starts_with(&self.name_prefix)
                && self.is_place(unit_of(account, tree))
        });
        meant.map(|account| (account.id.clone(), MemberAccount::of(account, tree))).collect()
    }

    /// Whether the unit of an account, none for the root, is where accounts are wanted.
    fn is_place(&self, unit: Option<&str>) -> bool {
        match (&self.place, unit) {
            (None, _) => true,
            (Some(Place::Root), unit) => self.recursive || unit.is_none(),
            (Some(Place::Unit(_)), None) => false,
            (Some(Place::Unit(wanted)), Some(unit)) => match unit.strip_prefix(&wanted.to_string()) {
                Some("") => true,
                Some(below) => self.recursive && below.starts_with('/'),
                None => false,
            },
        }
    }
}
