//! JSON, the form of values in state files and of the types of attributes.

mod decode;
mod encode;
mod reader;

pub use decode::{decode_json, decode_state_json};
pub use encode::encode_json;
pub(super) use encode::write_string;
pub(super) use reader::Reader;

#[cfg(test)]
mod tests;
