//! A framework for Terraform providers: schema, values, planning, and one file per RPC.
//!
//! A provider is a [`Provider`] that serves [`Resource`]s, [`DataSource`]s, [`Function`]s, [`EphemeralResource`]s and
//! [`Action`]s. Their attributes are structs with `#[derive(Model)]`, which gives schema, codec and documentation. What a
//! resource can do besides (import, identity, lists, upgrades, moves, resumption) it says by default methods.
//!
//! From outside in: `rpc` converts messages, `plan` and `apply` decide on values without types, `erased` calls the
//! author's code with its own types. Nothing but `rpc` knows the protocol.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

// The code that `#[derive(Model)]` generates names this crate, also in the crate's own tests.
extern crate self as landform_framework;

mod action;
mod apply;
pub mod attribute;
mod combine;
mod consistency;
mod context;
mod data_source;
mod diagnostics;
pub mod docs;
mod ephemeral_resource;
mod erased;
mod function;
mod generated_config;
mod identity;
mod list;
mod moved;
mod path;
mod plan;
mod private;
mod provider;
mod resource;
mod resume;
mod rpc;
mod run;
pub mod schema;
mod schema_json;
mod show;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod timeouts;
mod value;

pub use action::{Action, ActionContext};
pub use async_trait::async_trait;
pub use attribute::{Attribute, Dynamic, Model, Text};
pub use combine::Inputs;
pub use context::Context;
pub use data_source::DataSource;
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use ephemeral_resource::{EphemeralContext, EphemeralResource, Opened, Renewed};
pub use function::{Function, FunctionError, FunctionSignature, Parameter};
pub use identity::{IdentifiedBy, Identity};
pub use landform_derive::Model;
pub use list::{List, ListContext, ListedBy};
pub use moved::Source;
pub use path::{Path, Step};
pub use plan::Plan;
pub use provider::{ConfigureContext, Provider};
pub use resource::Resource;
pub use rpc::Service;
pub use tfplugin_proto::cty;
pub use timeouts::{DefaultTimeouts, Timeout, TimeoutError, Timeouts};
pub use tokio_util::sync::CancellationToken;
pub use value::Value;
