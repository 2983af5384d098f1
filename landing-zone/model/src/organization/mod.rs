//! The tree of organizational units, and the accounts in it.

mod email_alias;
mod leaving;
mod path;
mod preset;

pub use email_alias::{EmailAliasError, email_alias};
pub use leaving::{Adopt, OnDestroy, OnRemove};
pub use path::{OrganizationalUnitPath, OrganizationalUnitPathError, with_parents};
pub use preset::Preset;
