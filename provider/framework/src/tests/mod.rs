//! The whole framework through the service of a toy provider, as Terraform uses it.

mod action;
mod apply;
mod codec;
mod crates;
mod docs;
mod ephemeral;
mod generated_config;
mod identity;
mod instance;
mod kit;
mod list;
mod moved;
mod outlives;
mod plan;
mod promises;
mod properties;
mod protection;
mod reading;
mod resume;
mod rpc;
mod rules;
mod spelling;
mod state;
mod timeouts;
mod tools;
mod toy;
