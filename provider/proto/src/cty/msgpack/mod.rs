//! MessagePack, the form in which Terraform and providers exchange values.
//!
//! Unknown values are extension values (code 0, or code 12 with a refinement), and a value in a place of dynamic
//! type is a pair of its type's JSON and the value itself.

mod decode;
mod encode;
mod refinement;

pub use decode::decode_msgpack;
pub use encode::encode_msgpack;

/// Extension code of an unknown value with a refinement.
const REFINED: i8 = 12;

/// A longer refinement is refused by Terraform.
const MAX_REFINEMENT: usize = 1024;

#[cfg(test)]
mod tests;
