//! The model from what was seen.

use super::model::{InvalidEffectivePolicy, Organization, RootAccess};
use super::seen::Seen;
use landform_cloud::organizations::{PolicyTypeStatus, RootAccessFeature};
use landform_framework::{Text, Value};
use std::collections::BTreeMap;

/// The values of `status`.
pub(super) mod status {
    pub(in super::super) const READY: &str = "ready";
    pub(in super::super) const DRIFTED: &str = "drifted";
    pub(in super::super) const INCOMPLETE: &str = "incomplete";
}

/// What names the organization, as far as there is one.
pub(super) fn name(model: &mut Organization, seen: &Seen) {
    if let Some(it) = &seen.organization {
        model.id = Value::Known(Text(it.id.clone()));
        model.arn = Value::Known(Text(it.arn.clone()));
        model.management_account_id = Value::Known(Text(it.management_account.clone()));
    }
    if let Some(root) = &seen.root {
        model.root_id = Value::Known(Text(root.clone()));
    }
}

/// `like` with everything that is seen.
pub(super) fn observed(
    like: &Organization,
    seen: &Seen,
    (accounts, invalid): (usize, Vec<InvalidEffectivePolicy>),
    status: &str,
    drift: Vec<String>,
) -> Organization {
    let mut model = like.clone();
    name(&mut model, seen);
    model.account_count = i64::try_from(accounts).ok().into();
    model.invalid_effective_policies = Value::Known(invalid);
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// The configuration that an organization has now: everything that is on.
///
/// A service with several administrators cannot be said in a map, so it stays theirs.
pub(super) fn configured(seen: &Seen) -> Organization {
    let on = seen.policy_types.iter().filter(|(_, status)| **status == PolicyTypeStatus::Enabled);
    let on = on.map(|(policy_type, _)| Text(*policy_type)).collect();
    let has = |feature| Value::Known(seen.root_access.contains(&feature));
    let mut administrators: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (account, services) in &seen.delegated {
        for service in services {
            administrators.entry(service.clone()).or_default().push(Text(account.clone()));
        }
    }
    let single: BTreeMap<String, _> = administrators
        .into_iter()
        .filter_map(|(service, mut accounts)| {
            (accounts.len() == 1).then(|| Some((service, accounts.pop()?)))?
        })
        .collect();
    Organization {
        policy_types: Value::Known(on),
        trusted_services: (!seen.services.is_empty()).then(|| seen.services.clone()).into(),
        trusted_services_exclusive: Value::Known(false),
        root_access: Value::Known(RootAccess {
            credentials_management: has(RootAccessFeature::CredentialsManagement),
            sessions: has(RootAccessFeature::Sessions),
        }),
        delegated_administrators: (!single.is_empty()).then_some(single).into(),
        ..Organization::default()
    }
}
