//! Guardrails: policies of AWS Organizations as a catalogue with parameters, evaluated offline, packed into the fewest
//! documents, and checked before they lock anybody out.
//!
//! A guardrail is a file in `landing-zone/policies`. [`choose`] fills in its parameters, [`lint`] looks whether anybody would be
//! locked out, [`pack()`] and [`settings()`] make the documents that AWS gets.
//!
//! ```
//! use landform_model::guardrails::pack::{Placement, contents};
//! use landform_model::guardrails::{Budget, ParameterValue, Parameters, PolicyType, choose, pack};
//!
//! let ids = ["deny-leave-organization", "region-allowlist"].map(str::to_owned).into();
//! let regions = ParameterValue::List(vec!["eu-central-1".to_owned()]);
//! let filled = choose(&ids, &Parameters::from([("allowed_regions".to_owned(), regions)])).unwrap();
//!
//! let scp = PolicyType::ServiceControlPolicy;
//! let budget = Budget::of(scp).unwrap();
//! let packing = pack(&contents(&filled, scp), budget, &Placement::new()).unwrap();
//! assert_eq!((packing.documents.len(), packing.slots_used(), budget.slots), (1, 2, 10));
//! assert!(packing.documents[0].bytes < budget.bytes);
//! ```

pub mod catalogue;
pub mod document;
pub mod evaluate;
mod fill;
mod guardrail;
pub mod lint;
mod merge;
mod minify;
mod own;
pub mod pack;
mod parameter;
mod policy_type;
mod recognize;
mod settings;

pub use fill::{Content, FillError, Filled, choose, fill};
pub use guardrail::{Case, DEVELOPER, Guardrail, Listed, Profile};
pub use merge::merge;
pub use minify::{scp_bytes, scp_minify};
pub use own::{is_same, own};
pub use pack::pack;
pub use parameter::{Parameter, ParameterType, ParameterValue, Parameters, vocabulary};
pub use policy_type::{Budget, PolicyType};
pub use recognize::recognize;
pub use settings::{SettingsDocument, SettingsError, settings};
