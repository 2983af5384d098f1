//! Real Terraform and OpenTofu drive the toy provider through every feature of the framework.
//!
//! ```sh
//! cargo test -p landform-conformance                        # everything, on every program
//! cargo test -p landform-conformance opentofu               # one program: terraform_newest, terraform_chosen, opentofu
//! cargo test -p landform-conformance import                 # one file: all of its scenarios, on every program
//! cargo test -p landform-conformance replace::by_attribute::terraform_newest
//! cargo test -p landform-conformance what_runs_where -- --nocapture
//! ```
//!
//! `terraform_newest` is Terraform from PyPI, `terraform_chosen` the one on PATH or in `LANDFORM_TERRAFORM`, `opentofu`
//! is built with Go or named by `LANDFORM_OPENTOFU`. A program that is missing fails its tests and says what to do.
//!
//! What a program is too old for is in the table of [`feature`], and its scenario asserts how the program refuses.
//! Nothing is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[macro_use]
mod program;
mod feature;
mod stage;

mod actions;
mod apply;
mod consistency;
mod drift;
mod ephemeral;
mod failed_create;
mod functions;
mod generated;
mod identity;
mod import;
mod installed;
mod interrupted;
mod logs;
mod moved;
mod nested;
mod plan;
mod provider_config;
mod query;
mod random;
mod reattach;
mod replace;
mod schema;
mod state;
mod state_upgrade;
mod tests;
mod timeouts;
mod twins;
mod unknown;
mod validate;
mod write_only;
