//! What tests with real Terraform share: a proxy that injects faults into AWS calls, and a kit that runs Terraform against the
//! emulator; a Git host and an Atlantis server.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod atlantis;
pub mod fault_proxy;
pub mod faults;
pub mod git_host;
pub mod iam;
pub mod invariants;
pub mod scenario;

pub use atlantis::{Atlantis, AtlantisSettings};
pub use fault_proxy::FaultProxy;
pub use git_host::GitHost;
pub use scenario::Scenario;
