//! Guardrails: policies of AWS Organizations as a catalogue with parameters, evaluated offline, packed into the fewest
//! documents, and checked before they lock anybody out.
//!
//! A guardrail is a file in `landing-zone/policies`. [`choose`] fills in its parameters, [`pack`] makes documents.

pub mod catalogue;
pub mod document;
pub mod evaluate;
mod fill;
mod guardrail;
mod merge;
mod nearest;
pub mod pack;
mod parameter;
mod policy_type;

pub use fill::{Content, FillError, Filled, choose, fill};
pub use guardrail::{Case, DEVELOPER, Guardrail, Listed, Profile};
pub use merge::merge;
pub use pack::pack;
pub use parameter::{Parameter, ParameterType, ParameterValue, Parameters, vocabulary};
pub use policy_type::{Budget, PolicyType};
