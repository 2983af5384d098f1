//! The ledger of state keys: what a unit was called when it was new, for as long as it lives.

use std::collections::BTreeMap;

use landform_model::{ResourceName, StackName};
use serde::{Deserialize, Serialize};

/// The units that ever were, by identity. Entries are added and moved, never lost: a key is not given twice.
///
/// A unit that leaves the spec stays among `units`: it is retired, and planned as a destroy until it is pruned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// What was fixed when the unit was new, by its identity now (`account/region/environment/name`).
    pub units: BTreeMap<String, Entry>,
    /// Units that were removed, and whose states were empty when they were pruned.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pruned: BTreeMap<String, Entry>,
}

impl Ledger {
    /// Forgets a unit that is no longer in the spec and whose state is empty. Whether it was there.
    pub fn prune(&mut self, id: &str) -> bool {
        match self.units.remove(id) {
            Some(entry) => self.pruned.insert(id.to_owned(), entry).is_none(),
            None => false,
        }
    }
}

/// What was fixed when a unit was new. Neither a rename nor a moved folder changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The key of the state in its bucket.
    pub key: String,
    /// The provider's `stack`: part of the ownership tags of everything that the unit made.
    pub stack: StackName,
    /// The name of the resource: likewise.
    pub name: ResourceName,
}
