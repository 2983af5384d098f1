//! A tiny client for the emulator: what tests and the demo need to look at, and to break, the AWS that Terraform made.
//!
//! Requests are not signed. The emulator reads only the credential scope of the `Authorization` header
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>), and real AWS must never
//! be reached from here.

mod client;
mod inventory;
mod organization;
mod routes;
mod storage;

pub use client::Client;
pub use inventory::{Inventory, Kind, Object};
pub use routes::NatRoute;
