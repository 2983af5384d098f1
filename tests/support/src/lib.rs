//! What tests with real Terraform share: a proxy that injects faults into AWS calls, and a kit that runs Terraform against the
//! emulator.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod fault_proxy;
pub mod faults;
pub mod iam;
pub mod invariants;
pub mod scenario;

pub use fault_proxy::FaultProxy;
pub use scenario::Scenario;
