//! Terraform plugin protocol 6: messages, handshake, mutual TLS and the value codec. Knows nothing of AWS.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod cty;

/// Messages and service of package `tfplugin6`, generated from `proto/tfplugin6.proto`.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
#[rustfmt::skip]
#[path = "generated/tfplugin6.rs"]
pub mod wire;

/// Messages and services of package `plugin`, generated from `proto/goplugin.proto`: what Terraform expects of any
/// plugin process.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, clippy::restriction)]
#[rustfmt::skip]
#[path = "generated/plugin.rs"]
pub mod goplugin;

pub mod logging;
mod serve;

pub use logging::panic_hook;
pub use serve::{Launch, ServeError, ServeOptions, serve, serve_launched};
