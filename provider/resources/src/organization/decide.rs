//! Which steps lead from what is to what shall be. Pure.

use super::desired::{Desired, service_of};
use super::seen::Seen;
use landform_cloud::organizations::{PolicyTypeStatus, RootAccessFeature, ServicePrincipal};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use std::collections::BTreeSet;
use std::fmt;

/// One call, and what is waited for after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Create,
    Deregister(AccountId, ServicePrincipal),
    SetRootAccess(RootAccessFeature, bool),
    DisablePolicyType(PolicyType),
    Distrust(ServicePrincipal),
    Trust(ServicePrincipal),
    EnablePolicyType(PolicyType),
    Register(AccountId, ServicePrincipal),
}

/// The steps in their order: what needs a service goes before the service does, and comes after it. Only what `former` had is
/// taken away, and what an exclusive list leaves out.
pub(super) fn decide(desired: &Desired, former: &Desired, seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    if seen.organization.is_none() {
        steps.push(Step::Create);
    }
    let is = |service: &str, account: &AccountId| {
        seen.delegated.get(account).is_some_and(|services| services.contains(service))
    };
    for (service, account) in &former.delegated {
        if desired.delegated.get(service) != Some(account) && is(service, account) {
            steps.push(Step::Deregister(account.clone(), service.clone()));
        }
    }
    for feature in seen.root_access.difference(&desired.root_access) {
        steps.push(Step::SetRootAccess(*feature, false));
    }
    for policy_type in former.policy_types.difference(&desired.policy_types) {
        if seen.policy_types.get(policy_type).is_some_and(|it| *it != PolicyTypeStatus::PendingDisable) {
            steps.push(Step::DisablePolicyType(*policy_type));
        }
    }
    let kept = needed(desired, former, seen);
    for service in &seen.services {
        let ours = desired.exclusive || former.services.contains(service);
        if ours && !desired.services.contains(service) && !kept.contains(service) {
            steps.push(Step::Distrust(service.clone()));
        }
    }
    steps.extend(desired.services.difference(&seen.services).cloned().map(Step::Trust));
    for feature in desired.root_access.difference(&seen.root_access) {
        steps.push(Step::SetRootAccess(*feature, true));
    }
    for policy_type in &desired.policy_types {
        if seen.policy_types.get(policy_type) != Some(&PolicyTypeStatus::Enabled) {
            steps.push(Step::EnablePolicyType(*policy_type));
        }
    }
    for (service, account) in &desired.delegated {
        if !is(service, account) {
            steps.push(Step::Register(account.clone(), service.clone()));
        }
    }
    steps
}

/// The services that something of others needs: kinds of policy and administrators that stay as they are.
fn needed(desired: &Desired, former: &Desired, seen: &Seen) -> BTreeSet<ServicePrincipal> {
    let stays = |it: &&PolicyType| desired.policy_types.contains(it) || !former.policy_types.contains(it);
    let kinds = seen.policy_types.keys().filter(stays).filter_map(|it| service_of(*it)).map(str::to_owned);
    let administered = seen.delegated.iter().flat_map(|(account, services)| {
        services.iter().filter(move |service| former.delegated.get(*service) != Some(account)).cloned()
    });
    kinds.chain(administered).collect()
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let feature = |feature: &RootAccessFeature| match feature {
            RootAccessFeature::CredentialsManagement => "the management of root credentials",
            RootAccessFeature::Sessions => "root sessions",
        };
        match self {
            Step::Create => write!(formatter, "create the organization"),
            Step::Deregister(account, service) => {
                write!(formatter, "deregister {account} as the administrator of {service}")
            }
            Step::SetRootAccess(it, true) => write!(formatter, "switch {} on", feature(it)),
            Step::SetRootAccess(it, false) => write!(formatter, "switch {} off", feature(it)),
            Step::DisablePolicyType(it) => write!(formatter, "switch {it} off"),
            Step::Distrust(service) => write!(formatter, "trust {service} no longer"),
            Step::Trust(service) => write!(formatter, "trust {service}"),
            Step::EnablePolicyType(it) => write!(formatter, "switch {it} on"),
            Step::Register(account, service) => {
                write!(formatter, "register {account} as the administrator of {service}")
            }
        }
    }
}
