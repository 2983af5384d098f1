//! The whole framework through the service of a toy provider, as Terraform uses it.

mod apply;
mod codec;
mod crates;
mod docs;
mod identity;
mod instance;
mod moved;
mod plan;
mod promises;
mod properties;
mod reading;
mod resume;
mod rpc;
mod rules;
mod tools;
mod toy;
