//! What must be, from the attributes.

use super::model::{StateBackend, StateEncryption};
use landform_cloud::{Tags, Target};
use landform_framework::Value;
use landform_model::ownership::{ChildKey, Owner, ResourceKind};
use landform_model::{BucketName, PolicyJson, state_bucket_policy};
use std::collections::{BTreeMap, BTreeSet};

/// The bucket, its key, and how they are.
#[derive(Debug, Clone)]
pub(super) struct Desired {
    pub(super) owner: Owner,
    pub(super) target: Target,
    pub(super) bucket: BucketName,
    /// Whether there is a key.
    pub(super) has_key: bool,
    pub(super) noncurrent_days: i32,
    pub(super) policy: Option<PolicyJson>,
    pub(super) tags: Tags,
    /// Keys of tags that an earlier configuration had.
    pub(super) retired_tags: BTreeSet<String>,
    /// For how many days the deletion of the key can be undone.
    pub(super) key_deletion_days: i32,
}

impl Desired {
    /// What `model` says; none while any of it is unknown.
    pub(super) fn new(model: &StateBackend, default_tags: impl FnOnce(&Tags) -> Tags) -> Option<Self> {
        let bucket = model.bucket.known()?.0.clone();
        let target = target(model)?;
        let policy = match model.tls_only.known()? {
            true => Some(state_bucket_policy(target.region.partition(), &bucket).ok()?),
            false => None,
        };
        let tags = match &model.tags {
            Value::Unknown => return None,
            Value::Null => Tags::new(),
            Value::Known(tags) => tags.clone(),
        };
        Some(Self {
            owner: owner(model)?,
            target,
            bucket,
            has_key: model.encryption.known()?.0 == StateEncryption::Kms,
            noncurrent_days: i32::try_from(*model.noncurrent_version_days.known()?).ok()?,
            policy,
            tags: default_tags(&tags),
            retired_tags: BTreeSet::new(),
            key_deletion_days: i32::try_from(*model.key_deletion_days.known()?).ok()?,
        })
    }

    /// Tags that an earlier configuration had and this one has not go.
    pub(super) fn retire(&mut self, prior: &StateBackend) {
        let keys = prior.tags.known().into_iter().flat_map(BTreeMap::keys);
        self.retired_tags.extend(keys.filter(|key| !self.tags.contains_key(*key)).cloned());
    }

    /// The alias of the key.
    pub(super) fn alias(&self) -> String {
        alias(&self.bucket)
    }

    /// All tags of one object.
    pub(super) fn tags_of(&self, child: &ChildKey) -> Tags {
        let mut tags = self.tags.clone();
        tags.extend(self.owner.tags(child));
        tags
    }
}

pub(super) fn bucket_child() -> ChildKey {
    ChildKey::new("bucket")
}

pub(super) fn key_child() -> ChildKey {
    ChildKey::new("key")
}

/// An alias has no dots. <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
pub(super) fn alias(bucket: &BucketName) -> String {
    format!("alias/{}", bucket.as_str().replace('.', "-"))
}

/// Who owns the objects; none while name or stack are unknown.
pub(super) fn owner(model: &StateBackend) -> Option<Owner> {
    Some(Owner {
        stack: model.stack.known()?.0.clone(),
        kind: ResourceKind::STATE_BACKEND,
        name: model.name.known()?.0.clone(),
    })
}

/// Where the backend is; none while account or region are unknown.
pub(super) fn target(model: &StateBackend) -> Option<Target> {
    Some(Target { account: model.account_id.known()?.0.clone(), region: model.region.known()?.0.clone() })
}

/// The name of a bucket that has none.
pub(super) fn default_bucket(model: &StateBackend) -> Option<String> {
    let target = target(model)?;
    Some(format!("landform-{}-{}-{}", model.name.known()?.0, target.account, target.region))
}
