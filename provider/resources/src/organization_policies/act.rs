//! One step, one call.

use super::desired::Desired;
use super::document::DocumentKey;
use super::seen::{Foreign, Seen, SeenPolicy};
use super::steps::{Attachable, Differences, Step};
use landform_cloud::id::PolicyId;
use landform_cloud::once::create_once;
use landform_cloud::organizations::{NewPolicy, PolicyChange, TargetId};
use landform_cloud::patience::{ORGANIZATION, patiently};
use landform_cloud::{CloudError, ErrorKind, Organizations, Result};
use std::collections::BTreeSet;
use std::future::Future;
use tokio_util::sync::CancellationToken;

/// Carries steps out, and notes what is then.
pub(crate) struct Act<'a> {
    pub(crate) port: &'a dyn Organizations,
    pub(crate) desired: &'a Desired,
    pub(crate) stop: &'a CancellationToken,
    pub(crate) seen: Seen,
}

impl Act<'_> {
    /// Carries one step out. AWS refuses it while it works on another change, which takes minutes at worst.
    pub(crate) async fn perform(&mut self, step: &Step) -> Result<()> {
        let what = step.to_string();
        match step {
            Step::Create(document) => self.create(document.key, &what).await,
            Step::Update(document, differences) => self.update(document.key, *differences, &what).await,
            Step::Tag(document) => {
                let (id, tags) = (self.id(document.key)?, self.desired.tags_of(document.key));
                self.patiently(&what, || self.port.set_tags(id.as_str(), &tags)).await?;
                self.note(document.key, |policy| policy.tags.extend(tags));
                Ok(())
            }
            Step::Untag(document, keys) => {
                let (id, keys) = (self.id(document.key)?, keys.iter().cloned().collect::<Vec<_>>());
                self.patiently(&what, || self.port.remove_tags(id.as_str(), &keys)).await?;
                self.note(document.key, |policy| policy.tags.retain(|key, _| !keys.contains(key)));
                Ok(())
            }
            Step::Attach(policy, target) => {
                let id = self.attachable(policy)?;
                self.patiently(&what, || self.port.attach_policy(&id, &target.id)).await?;
                self.attached(policy, &target.id);
                Ok(())
            }
            Step::Detach(policy, target) => {
                let id = self.attachable(policy)?;
                self.patiently(&what, || self.port.detach_policy(&id, &target.id)).await?;
                self.detached(policy, &target.id);
                Ok(())
            }
            Step::Delete(document) => {
                let id = self.id(document.key)?;
                self.patiently(&what, || self.port.delete_policy(&id)).await?;
                self.seen.policies.remove(&document.key);
                Ok(())
            }
        }
    }

    async fn patiently<T, F: Future<Output = Result<T>>>(
        &self,
        what: &str,
        call: impl FnMut() -> F,
    ) -> Result<T> {
        patiently(what, ORGANIZATION, self.stop, call).await
    }

    /// AWS takes no token, so the name and the tags tell whether an earlier call made it.
    async fn create(&mut self, key: DocumentKey, what: &str) -> Result<()> {
        let new = NewPolicy {
            policy_type: key.policy_type,
            name: self.desired.policy_name(key),
            description: self.desired.description(),
            content: self.content(key),
            tags: self.desired.tags_of(key),
        };
        let (port, owner) = (self.port, &self.desired.owner);
        let find = async || {
            for policy in port.policies(key.policy_type).await?.into_iter().filter(|it| it.name == new.name) {
                if owner.child_of(&port.tags(policy.id.as_str()).await?) == Some(key.child()) {
                    return Ok(Some(policy));
                }
            }
            Ok(None)
        };
        let policy = self.patiently(what, || create_once(|| port.create_policy(&new), find)).await?;
        let made = SeenPolicy {
            policy,
            content: new.content.clone(),
            tags: new.tags.clone(),
            targets: BTreeSet::new(),
        };
        self.seen.policies.insert(key, made);
        Ok(())
    }

    async fn update(&mut self, key: DocumentKey, differences: Differences, what: &str) -> Result<()> {
        let change = PolicyChange {
            name: differences.name.then(|| self.desired.policy_name(key)),
            description: differences.description.then(|| self.desired.description()),
            content: differences.content.then(|| self.content(key)),
        };
        let id = self.id(key)?;
        self.patiently(what, || self.port.update_policy(&id, &change)).await?;
        self.note(key, |policy| {
            policy.policy.name = change.name.unwrap_or(std::mem::take(&mut policy.policy.name));
            policy.policy.description =
                change.description.unwrap_or(std::mem::take(&mut policy.policy.description));
            policy.content = change.content.unwrap_or(std::mem::take(&mut policy.content));
        });
        Ok(())
    }

    fn content(&self, key: DocumentKey) -> String {
        self.desired.documents.get(&key).map(|document| document.content.clone()).unwrap_or_default()
    }

    fn note(&mut self, key: DocumentKey, change: impl FnOnce(&mut SeenPolicy)) {
        if let Some(policy) = self.seen.policies.get_mut(&key) {
            change(policy);
        }
    }

    fn id(&self, key: DocumentKey) -> Result<PolicyId> {
        let known = self.seen.policies.get(&key).map(|policy| policy.policy.id.clone());
        known.ok_or_else(|| {
            let text = format!("{} was not made", self.desired.policy_name(key));
            CloudError::new(ErrorKind::NotFound, "CreatePolicy", text)
        })
    }

    fn attachable(&self, policy: &Attachable) -> Result<PolicyId> {
        match policy {
            Attachable::Ours(document) => self.id(document.key),
            Attachable::Other(id, _) => Ok(id.clone()),
        }
    }

    fn attached(&mut self, policy: &Attachable, target: &TargetId) {
        match policy {
            Attachable::Ours(document) => {
                self.note(document.key, |policy| {
                    policy.targets.insert(target.clone());
                });
            }
            Attachable::Other(id, name) => {
                let (name, id) = (name.clone(), id.clone());
                // The only policy of others that is ever attached is AWS's own.
                let key = (landform_model::guardrails::PolicyType::ServiceControlPolicy, target.clone());
                self.seen.foreign.entry(key).or_default().push(Foreign { name, id, stays: true });
            }
        }
    }

    fn detached(&mut self, policy: &Attachable, target: &TargetId) {
        match policy {
            Attachable::Ours(document) => {
                self.note(document.key, |policy| {
                    policy.targets.remove(target);
                });
            }
            Attachable::Other(id, _) => {
                for ((_, place), policies) in &mut self.seen.foreign {
                    if place == target {
                        policies.retain(|policy| policy.id != *id);
                    }
                }
            }
        }
    }
}
