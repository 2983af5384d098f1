//! `landform_organization`, and what all resources of an organization read of it, once per process.
//!
//! [`decide`] compares the [`desired`] organization and the one that was `former`ly desired with what was [`seen`]; [`act`]
//! carries the steps out.

mod act;
mod changes;
mod decide;
mod desired;
mod identity;
mod model;
mod permissions;
mod refusals;
mod resource;
mod seen;
mod snapshot;
mod state;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use changes::Changes;
pub use model::{InvalidEffectivePolicy, Organization, RootAccess};
pub use resource::OrganizationResource;
pub use snapshot::OrganizationSnapshot;
pub(crate) use snapshot::Snapshots;
pub use tree::Tree;
