//! How long calls may take, and what becomes of those that take longer.

mod attribute;
mod limit;
mod message;
mod supervise;
mod timeout;

use std::time::Duration;

use crate::{Model, Value};

pub(crate) use attribute::{describe, keep, same_apart};
pub(crate) use limit::{Limit, Operation, limit};
pub(crate) use message::{Left, message};
pub(crate) use supervise::{Ended, supervised};
pub use timeout::{Timeout, TimeoutError};

/// How long calls may take, such as `30m` or `1h30m`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Model)]
pub struct Timeouts {
    /// How long creating may take.
    #[attribute(optional)]
    pub create: Value<Timeout>,
    /// How long reading may take.
    #[attribute(optional)]
    pub read: Value<Timeout>,
    /// How long updating may take.
    #[attribute(optional)]
    pub update: Value<Timeout>,
    /// How long deleting may take.
    #[attribute(optional)]
    pub delete: Value<Timeout>,
}

/// How long the calls of a resource may take when the configuration does not say. Default: 20 minutes each.
///
/// It counts for a model with an attribute `timeouts`, by which a user of the resource can say something else:
///
/// ```
/// use landform_framework::{Model, Timeouts, Value};
///
/// /// A bridge.
/// #[derive(Clone, Debug, PartialEq, Model)]
/// struct Bridge {
///     /// The name.
///     #[attribute(required)]
///     name: Value<String>,
///     /// How long calls may take.
///     #[attribute(optional)]
///     timeouts: Value<Timeouts>,
/// }
/// ```
///
/// Creating and updating take the limit from the configuration, reading and deleting from the state. At the limit the
/// call is asked to end, by [`Context::stopped`](crate::Context::stopped); if it goes on for 30 more seconds it is
/// abandoned. Either way the answer has the last checkpoint, and names the limit.
///
/// A resource that has only some of the calls has a struct of its own in place of [`Timeouts`], with fewer fields of
/// `Value<Timeout>`; a call without a field has no limit. What a call returns keeps the attribute, whatever the
/// resource puts there, and a change of nothing else is an update which the resource does not hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultTimeouts {
    /// For creating.
    pub create: Duration,
    /// For reading.
    pub read: Duration,
    /// For updating.
    pub update: Duration,
    /// For deleting.
    pub delete: Duration,
}

impl DefaultTimeouts {
    /// The same for every call.
    pub fn all(duration: Duration) -> DefaultTimeouts {
        DefaultTimeouts { create: duration, read: duration, update: duration, delete: duration }
    }
}

impl Default for DefaultTimeouts {
    fn default() -> DefaultTimeouts {
        DefaultTimeouts::all(Duration::from_secs(20 * 60))
    }
}
