//! The ledger of state keys: what a unit was called when it was new, for as long as it lives.

use std::collections::BTreeMap;

use landform_model::{ResourceName, StackName};
use serde::{Deserialize, Serialize};

use crate::spec::State;

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
    /// Where the state is when it is not in the bucket of the organization: a unit that was there before Landform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The providers that the state needs, each with its source. Not fixed: what the unit has now is what a destroy
    /// needs later. The default is Landform's own.
    #[serde(default = "own_provider", skip_serializing_if = "is_own_provider")]
    pub providers: BTreeMap<String, String>,
}

impl Entry {
    /// A unit of Landform's own provider, whose state is in the bucket of the organization.
    pub fn new(key: String, stack: StackName, name: ResourceName) -> Self {
        Self { key, stack, name, state: None, providers: own_provider() }
    }
}

/// The provider of Landform's own resources.
pub fn own_provider() -> BTreeMap<String, String> {
    BTreeMap::from([("landform".to_owned(), "landform/landform".to_owned())])
}

fn is_own_provider(providers: &BTreeMap<String, String>) -> bool {
    *providers == own_provider()
}
