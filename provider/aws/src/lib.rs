//! Adapters of the cloud ports over the AWS SDK: the only crate that names it.
//!
//! [`AwsCloud`] opens ports: it finds credentials, assumes the member role of each account, and keeps sessions and clients.
//! `network` is the port to the VPC part of EC2, `organizations` that to AWS Organizations. `error` is the one place that knows AWS's error codes, `retry` the one
//! place that decides what the SDK may send twice.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod account_management;
mod account_settings;
mod account_wide;
mod answer;
mod budgets;
mod default_vpc;
mod error;
mod iam;
mod load_balancers;
mod network;
mod organizations;
mod request;
mod retry;
mod session;
mod state_storage;
#[cfg(test)]
mod testing;

pub use session::{AssumeRole, AwsCloud, Role, RoleArn, RoleError, RoleName, Settings};
