//! Terraform core in miniature, in the same process: for tests of providers, without network and without Terraform.
//!
//! [`Terraform`] makes single calls through the service, as Terraform does; [`Instance`] goes through the life of one
//! object: refresh, plan, replace, apply, taint. Configurations and states are JSON, in which the text
//! [`UNKNOWN`] stands for a value that is known only after apply.

mod action;
mod ephemeral;
mod identity;
mod instance;
mod json;
mod list;
mod proposed;
mod render;
mod terraform;

pub use ephemeral::OpenedEphemeral;
pub use instance::{Deposed, Instance, Replacement};
pub use json::{UNKNOWN, from_json, to_json};
pub use list::FoundObject;
pub use terraform::{Applied, Planned, Terraform};
