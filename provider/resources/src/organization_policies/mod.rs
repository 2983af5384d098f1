//! Sets of policies on organizational units: [`guardrails`] of statements, and [`organization_policy`] of settings.
//!
//! Both are the same thing: documents that are [`desired`] on targets, compared with what was [`seen`](look). [`decide`] gives the
//! [`steps`], which [`reconcile`] takes one by one, because AWS takes one change of an organization at a time.

mod abandoned;
mod act;
mod affected;
mod chosen;
mod core;
mod decide;
mod desired;
mod document;
mod exclusive;
mod guardrails;
mod import;
mod look;
mod organization_policy;
mod outputs;
mod parameters;
mod permissions;
mod places;
mod plan;
mod reconcile;
mod seen;
mod shown;
mod steps;
mod target;
#[cfg(test)]
mod tests;

pub(crate) use abandoned::AbandonedPolicies;
pub use exclusive::Exclusive;
pub use guardrails::{
    GuardrailLimits, Guardrails, GuardrailsList, GuardrailsResource, ManagementRoles, OwnStatements,
};
pub use organization_policy::{
    OrganizationPolicy, OrganizationPolicyList, OrganizationPolicyResource, OwnSettings,
};
pub use outputs::{PolicyDocument, PolicySlots};
pub use target::PolicyTarget;
