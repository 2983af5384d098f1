//! Random and damaged input for the codecs and for every call of the protocol.
//!
//! A target is a function that makes one case out of a [`Chance`] and checks it; [`run`] calls it with many. A case is a
//! number: the same number is the same case, on every machine and in every run, so a failure names all that is needed to
//! see it again. Everything runs on stable Rust within `cargo test`; no instrumentation steers the cases, so they start
//! from valid input and damage it.
//!
//! `LANDFORM_FUZZ=50 cargo test -p landform-fuzz --release` runs fifty times as many cases.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod answers;
mod call;
pub mod catalog;
mod chance;
pub mod configuration;
pub mod damage;
mod diagnosed;
pub mod garden;
pub mod requests;
mod run;
pub mod values;

pub use call::Callee;
pub use chance::Chance;
pub use run::run;
