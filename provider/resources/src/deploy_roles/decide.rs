//! From what must be and what is to the steps between them. Pure.

use super::desired::{Desired, RoleWish, Which, boundary_child, provider_child};
use super::look::{Seen, SeenProvider, SeenRole};
use super::steps::{Object, Step};
use landform_cloud::Tags;
use landform_cloud::iam::ManagedPolicy;
use landform_model::limits::MANAGED_POLICY_VERSIONS;
use landform_model::ownership::ChildKey;
use landform_model::trust::OidcIssuer;
use std::collections::BTreeSet;

/// What leads from `seen` to `desired`.
pub(super) fn decide(desired: &Desired, seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    boundary(desired, seen.boundary.as_ref(), &mut steps);
    providers(desired, seen, &mut steps);
    for (which, wish) in &desired.roles {
        match seen.roles.get(which) {
            Some(role) => change(desired, *which, wish, role, &mut steps),
            None => {
                steps.push(Step::CreateRole(*which));
                steps.extend(wish.attached.iter().map(|policy| Step::Attach(*which, policy.clone())));
                steps.extend(wish.inline.keys().map(|policy| Step::PutInline(*which, policy.clone())));
            }
        }
    }
    steps
}

/// What takes everything of ours away.
pub(super) fn remove(seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    for (which, role) in &seen.roles {
        steps.extend(role.policies.attached.iter().map(|policy| Step::Detach(*which, policy.clone())));
        steps.extend(role.policies.inline.keys().map(|policy| Step::DeleteInline(*which, policy.clone())));
        steps.push(Step::DeleteRole(*which));
    }
    if let Some(policy) = &seen.boundary {
        remove_boundary(policy, &mut steps);
    }
    for (issuer, provider) in &seen.providers {
        steps.extend(remove_provider(issuer, provider));
    }
    steps
}

/// Audiences that the provider of somebody else does not know, by issuer: their tokens would be refused.
pub(super) fn unknown_audiences(desired: &Desired, seen: &Seen) -> Vec<String> {
    let mut unknown = Vec::new();
    for (issuer, audiences) in &desired.providers {
        let Some(it) = seen.providers.get(issuer).filter(|it| !it.ours) else { continue };
        let missing = audiences.iter().filter(|audience| !it.provider.audiences.contains(audience.as_str()));
        unknown.extend(missing.map(|audience| format!("{audience} of {issuer}")));
    }
    unknown
}

fn boundary(desired: &Desired, seen: Option<&ManagedPolicy>, steps: &mut Vec<Step>) {
    match (&desired.boundary, seen) {
        (None, None) => {}
        (Some(_), None) => steps.push(Step::CreateBoundary),
        (None, Some(policy)) => remove_boundary(policy, steps),
        (Some(document), Some(policy)) => {
            if policy.document.as_ref() != Some(document) {
                let most = MANAGED_POLICY_VERSIONS.value.saturating_sub(2);
                let too_many = policy.other_versions.len().saturating_sub(most);
                let oldest = policy.other_versions.iter().take(too_many).cloned();
                steps.extend(oldest.map(Step::DeleteBoundaryVersion));
                steps.push(Step::ChangeBoundary);
            }
            tags(desired, &boundary_child(), &policy.tags, &Object::Boundary, steps);
        }
    }
}

fn remove_boundary(policy: &ManagedPolicy, steps: &mut Vec<Step>) {
    steps.extend(policy.other_versions.iter().cloned().map(Step::DeleteBoundaryVersion));
    steps.push(Step::DeleteBoundary);
}

fn providers(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    for (issuer, audiences) in &desired.providers {
        match seen.providers.get(issuer) {
            None => steps.push(Step::CreateProvider(issuer.clone())),
            Some(it) if it.ours => {
                let missing =
                    audiences.iter().filter(|audience| !it.provider.audiences.contains(audience.as_str()));
                steps.extend(missing.map(|audience| Step::AddAudience(issuer.clone(), audience.clone())));
                if let Some(child) = provider_child(issuer) {
                    tags(desired, &child, &it.provider.tags, &Object::Provider(issuer.clone()), steps);
                }
            }
            Some(_) => {}
        }
    }
    for issuer in &desired.retired_issuers {
        steps.extend(seen.providers.get(issuer).and_then(|it| remove_provider(issuer, it)));
    }
}

fn remove_provider(issuer: &OidcIssuer, it: &SeenProvider) -> Option<Step> {
    it.ours.then(|| match it.used_by.is_empty() {
        true => Step::DeleteProvider(issuer.clone()),
        false => Step::ReleaseProvider(issuer.clone()),
    })
}

fn change(desired: &Desired, which: Which, wish: &RoleWish, seen: &SeenRole, steps: &mut Vec<Step>) {
    let (role, settings) = (&seen.role, &wish.settings);
    if role.boundary != settings.boundary {
        steps.push(Step::SetBoundary(which));
    }
    if role.trust.as_ref() != Some(&settings.trust) {
        steps.push(Step::UpdateTrust(which));
    }
    if (&role.description, role.max_session_seconds) != (&settings.description, settings.max_session_seconds)
    {
        steps.push(Step::UpdateRole(which));
    }
    let (attached, inline) = (&seen.policies.attached, &seen.policies.inline);
    steps.extend(wish.attached.difference(attached).map(|policy| Step::Attach(which, policy.clone())));
    steps.extend(attached.difference(&wish.attached).map(|policy| Step::Detach(which, policy.clone())));
    for (policy, document) in &wish.inline {
        if inline.get(policy).and_then(Option::as_ref) != Some(document) {
            steps.push(Step::PutInline(which, policy.clone()));
        }
    }
    let others = inline.keys().filter(|policy| !wish.inline.contains_key(*policy));
    steps.extend(others.map(|policy| Step::DeleteInline(which, policy.clone())));
    tags(desired, &which.child(), &role.tags, &Object::Role(which), steps);
}

/// Tags that others add stay.
fn tags(desired: &Desired, child: &ChildKey, seen: &Tags, object: &Object, steps: &mut Vec<Step>) {
    let wanted = desired.tags_of(child);
    let missing: Tags = wanted.into_iter().filter(|(key, value)| seen.get(key) != Some(value)).collect();
    if !missing.is_empty() {
        steps.push(Step::SetTags(object.clone(), missing));
    }
    let gone: BTreeSet<String> =
        desired.retired_tags.iter().filter(|key| seen.contains_key(*key)).cloned().collect();
    if !gone.is_empty() {
        steps.push(Step::RemoveTags(object.clone(), gone));
    }
}
