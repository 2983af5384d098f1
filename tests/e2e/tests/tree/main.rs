//! The generated tree in the hands of the programs that it is for: real Terragrunt, real Atlantis, the linters of
//! workflows.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod atlantis;
mod desk;
mod landing_zone;
mod lost_landing_zone;
mod moves;
mod orphans;
mod reference;
mod terragrunt;
mod workflows;
