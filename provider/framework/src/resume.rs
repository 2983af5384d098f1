//! What this process knows of objects whose create failed, so that the next apply continues the create.
//!
//! Terraform marks the object of a failed create as tainted and plans its replacement. The plan of a tainted object
//! gets no prior state, but the refresh before it does, in the same process: this is where one tells the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tfplugin_proto::cty;

/// A type name and an identity.
pub(crate) type Key = (String, String);

/// What was seen in this process; in memory alone.
#[derive(Debug, Default)]
pub(crate) struct Memory(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    /// States of failed creates.
    incomplete: BTreeMap<Key, cty::Value>,
    /// Objects that are finished, or were finished here.
    complete: BTreeSet<Key>,
    /// Objects whose create succeeded here.
    created: BTreeSet<Key>,
}

impl Memory {
    /// An object in state. Both halves of an interrupted `create_before_destroy` have one identity, so an incomplete
    /// object does not make the complete one of the same identity forgotten.
    pub(crate) fn see(&self, key: Key, object: &cty::Value, incomplete: bool) {
        let mut seen = self.seen();
        if incomplete {
            seen.incomplete.insert(key, object.clone());
        } else {
            seen.complete.insert(key);
        }
    }

    /// A create or an update succeeded.
    pub(crate) fn completed(&self, key: Key) {
        let mut seen = self.seen();
        seen.incomplete.remove(&key);
        seen.complete.insert(key);
    }

    /// The same, of a create and not of an update.
    pub(crate) fn created(&self, key: Key) {
        self.seen().created.insert(key.clone());
        self.completed(key);
    }

    /// A create failed and left this.
    pub(crate) fn failed(&self, key: Key, left: &cty::Value) {
        let mut seen = self.seen();
        seen.complete.remove(&key);
        seen.incomplete.insert(key, left.clone());
    }

    /// The object is really gone.
    pub(crate) fn gone(&self, key: &Key) {
        let mut seen = self.seen();
        seen.incomplete.remove(key);
        seen.complete.remove(key);
        seen.created.remove(key);
    }

    /// The state that a failed create left, if one was seen.
    pub(crate) fn incomplete(&self, key: &Key) -> Option<cty::Value> {
        self.seen().incomplete.get(key).cloned()
    }

    /// Whether a complete object of this identity was seen or made.
    pub(crate) fn has_complete(&self, key: &Key) -> bool {
        self.seen().complete.contains(key)
    }

    /// Whether a create of this identity succeeded in this process.
    pub(crate) fn has_created(&self, key: &Key) -> bool {
        self.seen().created.contains(key)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
