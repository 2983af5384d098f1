//! The organization: what all resources of it read, once per process.

mod changes;
mod snapshot;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use changes::Changes;
pub use snapshot::OrganizationSnapshot;
pub(crate) use snapshot::Snapshots;
pub use tree::Tree;
