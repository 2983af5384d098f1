//! The generated tree in the hands of the programs that it is for: real Terragrunt, the linter of workflows.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod desk;
mod orphans;
mod terragrunt;
mod workflows;
