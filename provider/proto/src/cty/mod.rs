//! Terraform's value system, and the two forms in which its values travel.
//!
//! A [`Value`] says little about its own type: an empty list of strings and an empty list of numbers are the same
//! value here. Every encoder and decoder is therefore driven by a [`Type`], as in Terraform itself. The wire
//! format is described in Terraform's
//! [object wire format](https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md).
//!
//! # Text
//! All text, keys of maps included, is written and read in Unicode's normal form C, as in Terraform. Two spellings of
//! one text are equal.
//!
//! # Limits
//! What a peer sends is never believed before it is there. A length in a header is checked against the bytes that
//! follow; values and types nest at most [`MAX_DEPTH`] deep; a refinement has at most 1024 bytes; a JSON document may
//! leave out at most [`MAX_ABSENT`] attributes, which become null; a number has at most 2048 digits. So a value takes no
//! more memory than about three hundred times its encoding, and an encoding at most 256 MiB, the limit of a message.

mod error;
mod json;
mod msgpack;
mod nfc;
mod number;
mod refinement;
mod same_set;
mod type_json;
mod types;
mod value;

pub use error::{DecodeError, EncodeError};
pub use json::{decode_json, decode_state_json, encode_json};
pub use msgpack::{decode_msgpack, encode_msgpack};
pub use number::{Number, ParseNumberError};
pub use refinement::{Bound, Bounds, Refinement};
pub use types::Type;
pub use value::Value;

/// How deep values and types may nest. Terraform's own values stay below 20; without a limit a hostile peer could
/// overflow the stack.
pub const MAX_DEPTH: usize = 100;

/// How many attributes a JSON document may leave out in all. Each becomes a null, so a short text such as `[{},{},{}]`
/// with a large type could otherwise grow without end.
pub const MAX_ABSENT: usize = 1_000_000;
