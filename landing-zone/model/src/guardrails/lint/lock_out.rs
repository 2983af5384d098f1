//! Guardrails that would lock out Landform, or the people who repair things.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::guardrails::catalogue;
use crate::guardrails::evaluate::{Decision, EvaluationError, Evaluator, Principal, Request};
use crate::guardrails::guardrail::{Guardrail, Listed};
use crate::guardrails::pack::Contents;
use crate::{Region, RoleName};

/// The roles that must be able to do their work in every account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagementRoles {
    /// The organization's door into an account; `OrganizationAccountAccessRole` unless it was made with another name.
    pub access: RoleName,
    /// The role that builds the account.
    pub apply: RoleName,
    /// The role that plans, and only reads.
    pub plan: RoleName,
    /// The role that people take when all else fails, if there is one.
    pub break_glass: Option<RoleName>,
}

/// One of the [`ManagementRoles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManagementRole {
    /// The organization's door into an account.
    Access,
    /// The role that builds the account.
    Apply,
    /// The role that plans.
    Plan,
    /// The role for emergencies.
    BreakGlass,
}

/// Something that a guardrail would make impossible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LockOut {
    /// The guardrail that denies it.
    pub guardrail: String,
    /// Which role.
    pub role: ManagementRole,
    /// The role's name.
    pub role_name: String,
    /// What it is needed for.
    pub why: String,
    /// The actions that are denied, sorted.
    pub actions: Vec<String>,
    /// The regions in which they are denied; empty when the region does not matter.
    pub regions: Vec<String>,
    /// The parameters of the guardrail that take roles to leave alone.
    pub exempting_parameters: Vec<String>,
    /// Its other parameters.
    pub other_parameters: Vec<String>,
}

impl LockOut {
    /// Whether applying must be refused. What only the plan role cannot do is worth a warning: nothing breaks but plans.
    pub fn is_error(&self) -> bool {
        self.role != ManagementRole::Plan
    }
}

impl fmt::Display for LockOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LockOut { guardrail, role_name, why, .. } = self;
        write!(formatter, "{guardrail} denies {} to the role {role_name}", self.actions.join(", "))?;
        if !self.regions.is_empty() {
            write!(formatter, " in {}", self.regions.join(", "))?;
        }
        write!(formatter, ", but {why}. ")?;
        let named =
            |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        let mut remedies = Vec::new();
        if !self.exempting_parameters.is_empty() {
            let parameters = named(&self.exempting_parameters);
            remedies.push(format!("add `arn:aws:iam::*:role/{role_name}` to {parameters}"));
        }
        if !self.other_parameters.is_empty() {
            remedies.push(format!("change {}", named(&self.other_parameters)));
        }
        remedies.push("leave the guardrail out where this is needed".to_owned());
        write!(formatter, "What helps: {}", remedies.join("; "))
    }
}

/// The file `management-paths.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paths {
    needed: Vec<Needed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Needed {
    who: BTreeSet<ManagementRole>,
    why: String,
    action: BTreeSet<String>,
    #[serde(default)]
    resource: Option<String>,
    #[serde(default)]
    keys: BTreeMap<String, Listed>,
    /// Whether it is done in every governed region.
    #[serde(default)]
    region: bool,
}

fn paths() -> &'static [Needed] {
    static PATHS: LazyLock<Vec<Needed>> = LazyLock::new(|| {
        let read: Result<Paths, _> =
            toml::from_str(include_str!("../../../../policies/management-paths.toml"));
        read.map(|paths| paths.needed).unwrap_or_default()
    });
    &PATHS
}

/// What each of the guardrails would make impossible of what Landform needs in the governed `regions`: the requests in
/// `management-paths.toml`.
///
/// `circumstances` are condition keys that all requests of Landform have, such as `aws:SourceIp` or `aws:PrincipalOrgID`.
/// A key that is not given is absent, and a network perimeter then denies: better a false alarm than a locked account.
/// The keys of a modern client are set: HTTPS, TLS 1.3, not by way of a service.
pub fn lock_outs(
    contents: &Contents,
    roles: &ManagementRoles,
    regions: &BTreeSet<Region>,
    circumstances: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Vec<LockOut>, LockOutError> {
    let mut found = Vec::new();
    for (guardrail, document) in contents {
        let failed = |reason: String| LockOutError { guardrail: guardrail.clone(), reason };
        let known = catalogue::find(guardrail);
        let exempting = known.map(Guardrail::exempting_parameters).unwrap_or_default();
        let others = known.map(Guardrail::parameters).unwrap_or_default();
        let others: Vec<String> = others.difference(&exempting).cloned().collect();
        let exempting: Vec<String> = exempting.into_iter().collect();
        let evaluator = Evaluator::new([document]).map_err(|error| failed(error.to_string()))?;
        for needed in paths() {
            for role in &needed.who {
                let Some(role_name) = roles.name(*role) else { continue };
                let tried = needed.tried(role_name, regions, circumstances, &evaluator);
                let (actions, places) = tried.map_err(|error| failed(error.to_string()))?;
                if actions.is_empty() {
                    continue;
                }
                let everywhere = places.len() == regions.len();
                found.push(LockOut {
                    guardrail: guardrail.clone(),
                    role: *role,
                    role_name: role_name.to_string(),
                    why: needed.why.clone(),
                    actions: actions.into_iter().collect(),
                    regions: if everywhere { Vec::new() } else { places.into_iter().collect() },
                    exempting_parameters: exempting.clone(),
                    other_parameters: others.clone(),
                });
            }
        }
    }
    Ok(found)
}

/// Why nobody can say whether a guardrail locks somebody out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("whether {guardrail} locks anybody out cannot be told: {reason}")]
pub struct LockOutError {
    /// The guardrail.
    pub guardrail: String,
    /// What cannot be evaluated.
    pub reason: String,
}

impl ManagementRoles {
    fn name(&self, role: ManagementRole) -> Option<&RoleName> {
        match role {
            ManagementRole::Access => Some(&self.access),
            ManagementRole::Apply => Some(&self.apply),
            ManagementRole::Plan => Some(&self.plan),
            ManagementRole::BreakGlass => self.break_glass.as_ref(),
        }
    }
}

impl Needed {
    /// The actions and regions that are denied.
    fn tried(
        &self,
        role: &RoleName,
        regions: &BTreeSet<Region>,
        circumstances: &BTreeMap<String, BTreeSet<String>>,
        evaluator: &Evaluator,
    ) -> Result<(BTreeSet<String>, BTreeSet<String>), EvaluationError> {
        let (mut actions, mut places) = (BTreeSet::new(), BTreeSet::new());
        let regions: Vec<Option<&Region>> =
            if self.region && !regions.is_empty() { regions.iter().map(Some).collect() } else { vec![None] };
        for region in regions {
            for action in &self.action {
                let principal = Principal::Arn(format!("arn:aws:iam::111122223333:role/{role}"));
                let mut request = Request::new(principal, action)
                    .on(self.resource.as_deref().unwrap_or("*"))
                    .with("aws:SecureTransport", ["true"])
                    .with("aws:ViaAWSService", ["false"])
                    .with("s3:TlsVersion", ["1.3"]);
                for (key, values) in circumstances {
                    request = request.with(key, values);
                }
                for (key, values) in &self.keys {
                    request = request.with(key, values.as_slice());
                }
                if let Some(region) = region {
                    request = request.with("aws:RequestedRegion", [region.to_string()]);
                }
                if matches!(evaluator.decide(&request)?, Decision::Denied { .. }) {
                    actions.insert(action.clone());
                    places.extend(region.map(ToString::to_string));
                }
            }
        }
        Ok((actions, places))
    }
}

#[cfg(test)]
mod tests;
