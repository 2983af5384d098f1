//! The pure domain model: CIDR layout, names, tags, identities, guardrails, the tree of an organization. No I/O.
//!
//! The generator and the provider share these types, so the CIDR that a spec promises is the CIDR that the
//! provider plans. Nothing here reads a file, the clock or the environment, and nothing here is async.
//!
//! Every text type ([`Cidr`], [`AccountId`], [`Region`], …) parses through [`std::str::FromStr`] into its one
//! canonical form, prints that form through [`std::fmt::Display`], and goes through serde as that string.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod account;
mod arn;
mod aws_names;
mod cidr;
mod deploy_policies;
mod duration;
pub mod guardrails;
pub mod inventory;
mod ipv6_cidr;
pub mod limits;
mod names;
mod nearest;
pub mod network;
pub mod organization;
pub mod ownership;
mod policy;
mod region;
mod tag;
mod text;
pub mod trust;

pub use account::AccountId;
pub use arn::{Arn, ArnError};
pub use aws_names::{BucketName, EmailAddress, RoleName};
pub use cidr::{Cidr, CidrError};
pub use deploy_policies::{PermissionBoundary, StateAccess, state_bucket_policy};
pub use duration::{Duration, DurationError};
pub use ipv6_cidr::{Ipv6Cidr, Ipv6CidrError};
pub use names::{ResourceName, StackName};
pub use nearest::{nearest, nearest_first};
pub use policy::{PolicyError, PolicyJson};
pub use region::{AvailabilityZoneId, Region};
pub use tag::{TagKey, TagValue};
pub use text::InvalidText;
