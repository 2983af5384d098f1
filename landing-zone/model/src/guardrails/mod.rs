//! Guardrails: policies of AWS Organizations as a catalogue with parameters, evaluated offline, packed into the fewest
//! documents, and checked before they lock anybody out.
//!
//! A guardrail is a file in `landing-zone/policies`. [`choose`] fills in its parameters, [`lint`] looks whether anybody would be
//! locked out, [`pack()`] and [`settings()`] make the documents that AWS gets.

pub mod catalogue;
pub mod document;
pub mod evaluate;
mod fill;
mod guardrail;
pub mod lint;
mod merge;
mod minify;
mod nearest;
pub mod pack;
mod parameter;
mod policy_type;
mod settings;

pub use fill::{Content, FillError, Filled, choose, fill};
pub use guardrail::{Case, DEVELOPER, Guardrail, Listed, Profile};
pub use merge::merge;
pub use minify::{scp_bytes, scp_minify};
pub use pack::pack;
pub use parameter::{Parameter, ParameterType, ParameterValue, Parameters, vocabulary};
pub use policy_type::{Budget, PolicyType};
pub use settings::{SettingsDocument, SettingsError, settings};
