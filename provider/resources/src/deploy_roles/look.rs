//! What is: every object by its name, as IAM has no other way to find one.

use super::desired::{Desired, Which, boundary_child, provider_child};
use landform_cloud::iam::{ManagedPolicy, OidcProvider, Role, RolePolicies};
use landform_cloud::{IamReads, Result};
use landform_model::RoleName;
use landform_model::trust::OidcIssuer;
use std::collections::BTreeMap;

/// What exists.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Seen {
    /// Our roles.
    pub(super) roles: BTreeMap<Which, SeenRole>,
    /// Our boundary.
    pub(super) boundary: Option<ManagedPolicy>,
    /// The providers of the issuers, whosever they are.
    pub(super) providers: BTreeMap<OidcIssuer, SeenProvider>,
    /// What has the name of an object that must be ours, and is not.
    pub(super) foreign: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenRole {
    pub(super) role: Role,
    pub(super) policies: RolePolicies,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenProvider {
    pub(super) provider: OidcProvider,
    pub(super) ours: bool,
    /// Roles of others that trust it; read only where it is to go.
    pub(super) used_by: Vec<RoleName>,
}

impl Seen {
    /// Whether anything of ours exists.
    pub(super) fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.boundary.is_none() && !self.providers.values().any(|it| it.ours)
    }
}

/// Looks at everything that is desired, and at what is to go.
pub(super) async fn look(iam: &dyn IamReads, desired: &Desired) -> Result<Seen> {
    let mut seen = Seen::default();
    let (plan, apply, boundary, providers) = tokio::try_join!(
        role(iam, desired, Which::Plan),
        role(iam, desired, Which::Apply),
        boundary(iam, desired),
        providers(iam, desired),
    )?;
    for (which, found) in [(Which::Plan, plan), (Which::Apply, apply)] {
        match found {
            Some(Found::Ours(role)) => drop(seen.roles.insert(which, role)),
            Some(Found::Foreign(name)) => seen.foreign.push(name),
            None => {}
        }
    }
    match boundary {
        Some(Found::Ours(policy)) => seen.boundary = Some(policy),
        Some(Found::Foreign(name)) => seen.foreign.push(name),
        None => {}
    }
    seen.providers = providers;
    Ok(seen)
}

enum Found<T> {
    Ours(T),
    Foreign(String),
}

async fn role(iam: &dyn IamReads, desired: &Desired, which: Which) -> Result<Option<Found<SeenRole>>> {
    let Some(wish) = desired.roles.get(&which) else { return Ok(None) };
    let Some(role) = iam.role(&wish.name).await? else { return Ok(None) };
    if desired.owner.child_of(&role.tags) != Some(which.child()) {
        return Ok(Some(Found::Foreign(format!("role {}", wish.name))));
    }
    match iam.role_policies(&wish.name).await {
        Ok(policies) => Ok(Some(Found::Ours(SeenRole { role, policies }))),
        // Deleted in between.
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn boundary(iam: &dyn IamReads, desired: &Desired) -> Result<Option<Found<ManagedPolicy>>> {
    let Some(arn) = desired.boundary_arn() else { return Ok(None) };
    let Some(policy) = iam.policy(&arn).await? else { return Ok(None) };
    let ours = desired.owner.child_of(&policy.tags) == Some(boundary_child());
    Ok(match ours {
        true => Some(Found::Ours(policy)),
        false if desired.boundary.is_some() => Some(Found::Foreign(arn.resource().to_owned())),
        false => None,
    })
}

async fn providers(iam: &dyn IamReads, desired: &Desired) -> Result<BTreeMap<OidcIssuer, SeenProvider>> {
    let mut seen = BTreeMap::new();
    for issuer in desired.providers.keys().chain(&desired.retired_issuers) {
        let Some(arn) = desired.place.provider(issuer) else { continue };
        let Some(provider) = iam.oidc_provider(&arn).await? else { continue };
        let child = desired.owner.child_of(&provider.tags);
        let ours = child.is_some() && child == provider_child(issuer);
        let mut used_by = Vec::new();
        if ours && desired.retired_issuers.contains(issuer) {
            used_by = iam.roles_that_trust(&arn).await?;
            used_by.retain(|name| !desired.roles.values().any(|wish| wish.name == *name));
        }
        seen.insert(issuer.clone(), SeenProvider { provider, ours, used_by });
    }
    Ok(seen)
}
