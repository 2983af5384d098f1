//! The whole framework through the service of a toy provider, as Terraform uses it.

mod action;
mod apply;
mod codec;
mod crates;
mod docs;
mod ephemeral;
mod generated_config;
mod identity;
mod list;
mod moved;
mod plan;
mod properties;
mod reading;
mod resume;
mod rpc;
mod toy;
