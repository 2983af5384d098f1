//! The port to AWS Organizations over objects in memory: one organization for the whole cloud, one file per noun.
//!
//! What it refuses, AWS refuses with the same code: <https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html>

mod accounts;
mod closing;
mod delegation;
mod policies;
mod policy_attachments;
mod policy_types;
mod reads;
mod refusals;
mod requests;
mod root_access;
mod stage;
mod tags;
mod tree;
mod world;
mod writes;

pub use world::{Document, OrganizationWorld, PAGE, PlacedUnit, Request};

use super::{InProcessCloud, refuse};
use landform_cloud::id::*;
use landform_cloud::organizations::*;
use landform_cloud::{CloudError, ErrorKind, Organizations, OrganizationsReads, Result, Tags};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use refusals::*;

pub(super) struct InProcessOrganizations {
    pub(super) cloud: InProcessCloud,
}

impl InProcessOrganizations {
    /// One call; AWS refuses every one but two where there is no organization.
    fn call<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut OrganizationWorld) -> Result<T>,
    ) -> Result<T> {
        self.call_without_organization(operation, subject, |world| match world.organization {
            None => Err(not_in_use(operation)),
            Some(_) => act(world),
        })
    }

    fn call_without_organization<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut OrganizationWorld) -> Result<T>,
    ) -> Result<T> {
        self.cloud.run(operation, subject, |parts| Ok(&mut parts.organization), |world, _| act(world))
    }

    /// One call for every [`PAGE`] objects of a list, and one for an empty list.
    fn list<T>(
        &self,
        operation: &'static str,
        subject: &str,
        look: impl FnOnce(&mut OrganizationWorld) -> Result<Vec<T>>,
    ) -> Result<Vec<T>> {
        let all = self.call(operation, subject, look)?;
        for _ in 1..all.len().div_ceil(PAGE) {
            self.call(operation, subject, |_| Ok(()))?;
        }
        Ok(all)
    }
}
