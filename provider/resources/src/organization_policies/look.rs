//! Looks at a set of policies, and at what stands beside it. Changes nothing.

use super::desired::Desired;
use super::document::DocumentKey;
use super::seen::{Foreign, Seen, SeenPolicy};
use super::target::PolicyTarget;
use crate::organization::OrganizationSnapshot;
use landform_cloud::id::PolicyId;
use landform_cloud::organizations::{ParentId, Policy, TargetId};
use landform_cloud::{OrganizationsReads, Result};
use landform_model::guardrails::PolicyType;
use landform_model::ownership::{Owner, STACK_TAG};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Whose policies.
    pub(crate) owner: Owner,
    /// What they are to be attached to.
    pub(crate) targets: BTreeSet<PolicyTarget>,
    /// The kinds of policy that the set has or may have.
    pub(crate) types: BTreeSet<PolicyType>,
    /// The kinds whose slots matter: those that the set has documents of.
    pub(crate) attached_types: BTreeSet<PolicyType>,
    /// The ids that state has.
    pub(crate) ids: BTreeMap<DocumentKey, PolicyId>,
    /// Whether policies of state count as the set's without its tags: after an import of what others made.
    pub(crate) adopted: bool,
    /// Whether policies of others are to go.
    pub(crate) exclusive: bool,
}

impl Question {
    /// The question of a set that is known as a whole.
    pub(crate) fn about(
        desired: &Desired,
        types: &[PolicyType],
        ids: BTreeMap<DocumentKey, PolicyId>,
    ) -> Self {
        Question {
            owner: desired.owner.clone(),
            targets: desired.targets.clone(),
            types: types.iter().copied().collect(),
            attached_types: desired.policy_types(),
            ids,
            adopted: false,
            exclusive: desired.exclusive,
        }
    }
}

/// Looks at everything that the set is about. Policies are read from `port`, what they can be attached to from the snapshot.
pub(crate) async fn look(
    port: &dyn OrganizationsReads,
    organization: &OrganizationSnapshot,
    question: &Question,
) -> Result<Seen> {
    let mut seen = Seen { policy_types: port.root().await?.policy_types, ..Seen::default() };
    seen.targets = targets(organization, &question.targets).await?;
    for policy_type in &question.types {
        for policy in port.policies(*policy_type).await? {
            if let Some((key, is_ours)) = whose(port, question, &policy).await? {
                match is_ours {
                    Some(tags) => {
                        if let Some(policy) = whole(port, policy, tags).await? {
                            seen.policies.insert(key, policy);
                        }
                    }
                    None => seen.namesakes.push(policy),
                }
            }
        }
    }
    let mut types = question.attached_types.clone();
    types.extend(seen.policies.keys().map(|key| key.policy_type));
    let mut places: BTreeSet<TargetId> = seen.targets.values().cloned().collect();
    places.extend(seen.policies.values().flat_map(|policy| policy.targets.iter().cloned()));
    for place in places.iter().filter(|place| !seen.targets.values().any(|target| target == *place)) {
        if let Some(path) = path(organization, place).await? {
            seen.paths.insert(place.clone(), path);
        }
    }
    for policy_type in types {
        for place in &places {
            let foreign = foreign(port, question, &seen, policy_type, place).await?;
            seen.foreign.insert((policy_type, place.clone()), foreign);
        }
    }
    Ok(seen)
}

/// Which document of the set a policy is, with its tags where it is the set's; none for a policy that is neither the set's nor
/// named like one.
async fn whose(
    port: &dyn OrganizationsReads,
    question: &Question,
    policy: &Policy,
) -> Result<Option<(DocumentKey, Option<landform_cloud::Tags>)>> {
    let noted = question.ids.iter().find(|(_, id)| **id == policy.id).map(|(key, _)| *key);
    let named = DocumentKey::of(&question.owner.name, policy.policy_type, &policy.name);
    let Some(key) = noted.or(named) else { return Ok(None) };
    let tags = port.tags(policy.id.as_str()).await?;
    let is_ours = question.owner.child_of(&tags) == Some(key.child());
    let is_adopted = question.adopted && noted.is_some();
    Ok(Some((key, (is_ours || is_adopted).then_some(tags))))
}

/// A policy with its text and what it is attached to; none when it was deleted meanwhile.
async fn whole(
    port: &dyn OrganizationsReads,
    policy: Policy,
    tags: landform_cloud::Tags,
) -> Result<Option<SeenPolicy>> {
    let Some(content) = port.policy_content(&policy.id).await? else { return Ok(None) };
    let targets = port.targets(&policy.id).await?.into_iter().collect();
    Ok(Some(SeenPolicy { policy, content, tags, targets }))
}

/// The policies of others on a target.
async fn foreign(
    port: &dyn OrganizationsReads,
    question: &Question,
    seen: &Seen,
    policy_type: PolicyType,
    place: &TargetId,
) -> Result<Vec<Foreign>> {
    let ours: BTreeSet<&PolicyId> = seen.policies.values().map(|policy| &policy.policy.id).collect();
    let mut foreign = Vec::new();
    for policy in port.policies_on(place, policy_type).await? {
        if ours.contains(&policy.id) {
            continue;
        }
        let stays = policy.aws_managed
            || !question.exclusive
            || port.tags(policy.id.as_str()).await?.contains_key(STACK_TAG);
        foreign.push(Foreign { name: policy.name, id: policy.id, stays });
    }
    foreign.sort();
    Ok(foreign)
}

/// The ids of those targets that exist.
pub(crate) async fn targets(
    organization: &OrganizationSnapshot,
    wanted: &BTreeSet<PolicyTarget>,
) -> Result<BTreeMap<PolicyTarget, TargetId>> {
    let mut found = BTreeMap::new();
    for target in wanted {
        let id = match target {
            PolicyTarget::Root => parent(organization.tree().await?.parent_at(None)),
            PolicyTarget::Unit(path) => parent(organization.tree().await?.parent_at(Some(path))),
            PolicyTarget::Account(id) => {
                let mut accounts = organization.placed_accounts().await?.iter();
                accounts
                    .find(|account| account.id == *id)
                    .map(|account| TargetId::Account(account.id.clone()))
            }
        };
        found.extend(id.map(|id| (target.clone(), id)));
    }
    Ok(found)
}

/// The path of a unit or of the root.
async fn path(organization: &OrganizationSnapshot, target: &TargetId) -> Result<Option<String>> {
    let parent = match target {
        TargetId::Account(_) => return Ok(None),
        TargetId::Root(id) => ParentId::Root(id.clone()),
        TargetId::Unit(id) => ParentId::Unit(id.clone()),
    };
    Ok(organization.tree().await?.path_of(&parent).map(str::to_owned))
}

fn parent(parent: Option<ParentId>) -> Option<TargetId> {
    parent.map(|parent| match parent {
        ParentId::Root(id) => TargetId::Root(id),
        ParentId::Unit(id) => TargetId::Unit(id),
    })
}
