//! The shape of a VPC: profile, tiers, slots, egress, and where each subnet lies.

mod egress;
mod layout;
mod profile;
mod slot;
mod tier;

pub use egress::EgressMode;
pub use layout::{Capacity, Layout, LayoutError};
pub use profile::Profile;
pub use slot::Slot;
pub use tier::{ReservedTier, Tier};
