//! Terraform core in miniature, in the same process: for tests of providers, without network and without Terraform.
//!
//! [`Terraform`] makes single calls through the service, as Terraform does; [`Instance`] goes through the life of one
//! object: refresh, plan, replace, apply, taint. Configurations and states are JSON, in which the text
//! [`UNKNOWN`] stands for a value that is known only after apply.
//!
//! [`plan_table`] plans many rows with one resource, without a service. [`Grpc`] puts a real server and a real client
//! around the service, for what only shows on the wire.

mod action;
mod ephemeral;
mod grpc;
mod identity;
mod instance;
mod json;
mod list;
mod plan_table;
mod proposed;
mod render;
mod terraform;

pub use ephemeral::OpenedEphemeral;
pub use grpc::Grpc;
pub use instance::{Deposed, Instance, Replacement};
pub use json::{UNKNOWN, from_json, to_json};
pub use list::FoundObject;
pub use plan_table::{PlanRow, plan_table};
pub use terraform::{Applied, Planned, Terraform};
