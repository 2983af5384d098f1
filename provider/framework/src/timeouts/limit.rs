use std::time::Duration;

use tfplugin_proto::cty::Value;
use tokio::time::Instant;

use super::attribute::{NAME, schema_of};
use super::{DefaultTimeouts, Timeout};
use crate::schema::ObjectSchema;

/// A call that has a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    Create,
    Read,
    Update,
    Delete,
}

impl Operation {
    pub(super) const ALL: [Operation; 4] =
        [Operation::Create, Operation::Read, Operation::Update, Operation::Delete];

    /// In a sentence.
    pub(crate) fn gerund(self) -> &'static str {
        match self {
            Operation::Create => "creating",
            Operation::Read => "reading",
            Operation::Update => "updating",
            Operation::Delete => "deleting",
        }
    }

    /// As the attribute is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Operation::Create => "create",
            Operation::Read => "read",
            Operation::Update => "update",
            Operation::Delete => "delete",
        }
    }
}

impl Limit {
    /// When a call that begins at `start` shall end. Nobody waits for more than a year.
    pub(crate) fn from(&self, start: Instant) -> Instant {
        start + self.duration.min(Duration::from_secs(365 * 24 * 3600))
    }
}

/// How long a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) duration: Duration,
    /// It is the resource's, and not the configuration's.
    pub(crate) is_default: bool,
}

/// How long `operation` may take on `object`; `None` when a user has no way to say so, because nobody could raise it.
pub(crate) fn limit(
    schema: &ObjectSchema,
    defaults: &DefaultTimeouts,
    object: &Value,
    operation: Operation,
) -> Option<Limit> {
    schema_of(schema)?.attributes.get(operation.name())?;
    let configured = || {
        let Value::Object(attributes) = object else { return None };
        let Value::Object(timeouts) = attributes.get(NAME)? else { return None };
        let Value::String(text) = timeouts.get(operation.name())? else { return None };
        text.parse::<Timeout>().ok()
    };
    Some(match configured() {
        Some(timeout) => Limit { duration: timeout.duration(), is_default: false },
        None => Limit { duration: default_of(defaults, operation), is_default: true },
    })
}

pub(super) fn default_of(defaults: &DefaultTimeouts, operation: Operation) -> Duration {
    match operation {
        Operation::Create => defaults.create,
        Operation::Read => defaults.read,
        Operation::Update => defaults.update,
        Operation::Delete => defaults.delete,
    }
}
