//! `landform provider`: what it writes, and that Terraform and OpenTofu take it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod desk;
mod install;
mod package;
mod programs;
