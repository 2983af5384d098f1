//! Terraform's value system, and the two forms in which its values travel.
//!
//! A [`Value`] says little about its own type: an empty list of strings and an empty list of numbers are the same
//! value here. Every encoder and decoder is therefore driven by a [`Type`], as in Terraform itself. The wire
//! format is described in Terraform's
//! [object wire format](https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md).

mod error;
mod json;
mod msgpack;
mod number;
mod refinement;
mod type_json;
mod types;
mod value;

pub use error::{DecodeError, EncodeError};
pub use json::{decode_json, encode_json};
pub use msgpack::{decode_msgpack, encode_msgpack};
pub use number::{Number, ParseNumberError};
pub use refinement::{Bound, Bounds, Refinement};
pub use types::Type;
pub use value::Value;

/// How deep values and types may nest. Terraform's own values stay below 20; without a limit a hostile peer could
/// overflow the stack.
pub const MAX_DEPTH: usize = 100;
