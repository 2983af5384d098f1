//! A framework for Terraform providers: schema, values, planning, and one file per RPC.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

// The code that `#[derive(Model)]` generates names this crate, also in the crate's own tests.
extern crate self as landform_framework;

pub mod attribute;
mod diagnostics;
mod path;
pub mod schema;
mod value;

pub use attribute::{Attribute, Model, Text};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use landform_derive::Model;
pub use path::{Path, Step};
pub use tfplugin_proto::cty;
pub use value::Value;
