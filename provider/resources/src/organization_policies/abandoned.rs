//! A set of policies that no state knows: what carries its tags, and its removal.

use super::core::{PolicySet, nothing};
use super::document::DocumentKey;
use super::look::{Question, look};
use super::reconcile::take_away;
use crate::client::{Landform, failure};
use crate::orphans::{Listed, Owned, Removed, extra};
use landform_cloud::network::OwnedObject;
use landform_cloud::organizations::Policy;
use landform_cloud::{CloudError, OrganizationsReads, Result as Answer, Tags, Target};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::AccountId;
use landform_model::ownership::{Owner, ownership};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use tokio_util::sync::CancellationToken;

/// The sets of one resource.
pub(crate) struct AbandonedPolicies<M>(PhantomData<fn() -> M>);

impl<M> AbandonedPolicies<M> {
    /// The one there is.
    pub(crate) const SETS: Self = Self(PhantomData);
}

#[async_trait::async_trait]
impl<M: PolicySet> Listed for AbandonedPolicies<M> {
    /// Nothing where the account is not the management account of an organization: policies are nowhere else.
    async fn list(&self, client: &Landform, place: &Target) -> Answer<Vec<Owned>> {
        let organization = client.organizations().await?;
        if !is_management(organization.as_ref(), &place.account).await? {
            return Ok(Vec::new());
        }
        let policies = tagged::<M>(organization.as_ref()).await?.into_iter();
        let object = |id: String| OwnedObject { id, kind: "policy".to_owned() };
        Ok(policies.map(|(policy, tags)| (object(policy.id.to_string()), tags)).collect())
    }
}

#[async_trait::async_trait]
impl<M: PolicySet> Removed for AbandonedPolicies<M> {
    /// The tags say which policies there are: their names may have been changed.
    async fn remove(
        &self,
        client: &Landform,
        place: &Target,
        owner: Owner,
        stop: &CancellationToken,
    ) -> Result<Diagnostics, Diagnostics> {
        let doing = format!("Deleting {} {}", M::NOUN, owner.name);
        let untouched = |error: CloudError| failure(&doing, &error, "Nothing was deleted.");
        let port = client.organizations_for_change().await.map_err(untouched)?;
        if !is_management(port.as_ref(), &place.account).await.map_err(untouched)? {
            let detail = format!(
                "The credentials are not of the organization whose management account is {}. Nothing was deleted.",
                place.account
            );
            return Err(Diagnostic::error(doing, detail).into());
        }
        let (mut ids, mut others) = (BTreeMap::new(), Vec::new());
        for (policy, tags) in tagged::<M>(port.as_ref()).await.map_err(untouched)? {
            if !owner.owns(&tags) {
                continue;
            }
            let child = owner.child_of(&tags);
            match child.and_then(|child| DocumentKey::of_child(policy.policy_type, &child)) {
                Some(key) if !ids.contains_key(&key) => drop(ids.insert(key, policy.id)),
                _ => others.push(format!("policy {} ({})", policy.name, policy.id)),
            }
        }
        extra(&doing, &others)?;
        let desired = nothing::<M>(owner);
        let question = Question::about(&desired, M::TYPES, ids);
        let organization = client.organizations().await.map_err(untouched)?;
        let seen = look(port.as_ref(), &organization, &question).await.map_err(untouched)?;
        take_away::<M>(port.as_ref(), &desired, seen, stop).await?;
        Ok(Diagnostics::new())
    }
}

async fn is_management(organization: &dyn OrganizationsReads, account: &AccountId) -> Answer<bool> {
    Ok(organization.organization().await?.is_some_and(|it| it.management_account == *account))
}

/// The policies of people that carry any of the ownership tags, with these.
async fn tagged<M: PolicySet>(organization: &dyn OrganizationsReads) -> Answer<Vec<(Policy, Tags)>> {
    let mut tagged = Vec::new();
    for policy_type in M::TYPES {
        for policy in organization.policies(*policy_type).await?.into_iter().filter(|it| !it.aws_managed) {
            let tags = match organization.tags(policy.id.as_str()).await {
                // Deleted in between.
                Err(error) if error.is_not_found() => continue,
                tags => ownership(&tags?),
            };
            if !tags.is_empty() {
                tagged.push((policy, tags));
            }
        }
    }
    Ok(tagged)
}
