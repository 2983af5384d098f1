//! The ledger of state keys: what a unit was called when it was new, for as long as it lives.

use std::collections::BTreeMap;

use landform_model::{ResourceName, StackName};
use serde::{Deserialize, Serialize};

/// The units that ever were, by identity. Entries are added and moved, never removed: a key is not given twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// What was fixed when the unit was new, by its identity now (`account/region/environment/name`).
    pub units: BTreeMap<String, Entry>,
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
