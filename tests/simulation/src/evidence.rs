//! What one move of a history left behind: all that an invariant may look at.

use crate::history::Action;
use crate::subject::{Object, Part, Subject};
use landform_test_cloud::Call;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::time::Duration;

/// What one move left behind.
pub struct Evidence<'a> {
    /// What is simulated.
    pub subject: &'a dyn Subject,
    /// What was done.
    pub action: &'a Action,
    /// What must be there now.
    pub wanted: Wanted,
    /// What existed before.
    pub before: Vec<Object>,
    /// What exists now.
    pub after: Vec<Object>,
    /// The calls that were made.
    pub calls: Vec<Call>,
    /// How many calls are enough.
    pub most_calls: usize,
    /// How much virtual time went by.
    pub elapsed: Duration,
    /// What Terraform said.
    pub outcome: Outcome,
    /// Whether the state had the resource before, and has it now.
    pub recorded: (bool, bool),
    /// Whether anything happened that an error can be blamed on.
    pub excused: bool,
    /// What another Terraform sees now, where all must be settled.
    pub again: Option<Again>,
    /// How the same configuration is set up where nothing ever went wrong; none where traces of other configurations may be
    /// left, because a lost state, a kill or a person who deleted the whole took the record of them along.
    pub model: Option<Vec<String>>,
}

/// What must be there after a move.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Exactly what this configuration declares.
    Exactly(Json),
    /// Nothing of ours.
    Nothing,
    /// Anything on the way.
    Unsettled,
}

/// What Terraform said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Succeeded,
    /// It failed with these errors.
    Failed(String),
    /// It was killed before it said anything.
    Killed,
}

/// What `terraform plan` says in a new process.
#[derive(Debug, Clone)]
pub struct Again {
    /// The state before it was refreshed.
    pub recorded: Option<Json>,
    /// The state after it was refreshed.
    pub refreshed: Option<Json>,
    /// The plan, or its errors.
    pub plan: String,
    /// Objects that were replaced and are still to be destroyed.
    pub deposed: usize,
    /// The calls of it.
    pub calls: Vec<Call>,
}

impl Evidence<'_> {
    /// Our objects among these, by part.
    pub fn ours<'o>(&self, objects: &'o [Object]) -> BTreeMap<Part, Vec<&'o Object>> {
        let owner = self.subject.owner();
        let mut ours: BTreeMap<Part, Vec<&Object>> = BTreeMap::new();
        for object in objects {
            if let Some(part) = object.part(&owner) {
                ours.entry(part).or_default().push(object);
            }
        }
        ours
    }

    /// The objects of others among these, by id.
    pub fn foreign<'o>(&self, objects: &'o [Object]) -> BTreeMap<&'o str, &'o Object> {
        let owner = self.subject.owner();
        let foreign = objects.iter().filter(|object| object.part(&owner).is_none());
        foreign.map(|object| (object.id.as_str(), object)).collect()
    }
}
