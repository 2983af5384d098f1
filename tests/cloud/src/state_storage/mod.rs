//! Buckets of S3 and keys of KMS over objects in memory.

mod buckets;
mod keys;
mod world;

pub use world::{InMemoryBucket, StateStorageWorld};

use super::{InProcessCloud, refuse};
use landform_cloud::network::OwnedObject;
use landform_cloud::state_storage::*;
use landform_cloud::{CloudError, ErrorKind, Result, StateStorage, StateStorageReads, Tags, Target};
use landform_model::ownership::CHILD_TAG;
use landform_model::{BucketName, PolicyJson};

pub(super) struct InProcessStateStorage {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

impl InProcessStateStorage {
    fn call<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut StateStorageWorld, &mut dyn FnMut(&str) -> String) -> Result<T>,
    ) -> Result<T> {
        self.cloud
            .call(&self.target, operation, subject, |world, new_id| act(&mut world.state_storage, new_id))
    }
}

#[async_trait::async_trait]
impl StateStorageReads for InProcessStateStorage {
    async fn bucket(&self, name: &BucketName) -> Result<Option<Bucket>> {
        self.call("GetBucketTagging", name.as_str(), |world, _| match world.taken.contains(name) {
            true => Err(refuse(ErrorKind::Denied, "HeadBucket", "AccessDenied", "Forbidden")),
            false => Ok(world.buckets.get(name).map(|it| it.bucket.clone())),
        })
    }
    async fn versions(&self, name: &BucketName) -> Result<Vec<ObjectVersion>> {
        self.call("ListObjectVersions", name.as_str(), |world, _| {
            let bucket = world.buckets.get(name).ok_or_else(|| no_bucket("ListObjectVersions", name))?;
            Ok(bucket.versions.iter().take(VERSIONS).cloned().collect())
        })
    }
    async fn key_of_alias(&self, alias: &str) -> Result<Option<Key>> {
        self.call("DescribeKey", alias, |world, _| {
            let id = world.aliases.get(alias);
            Ok(world.keys.iter().find(|it| Some(&it.id) == id).cloned())
        })
    }
    async fn keys_with_tags(&self, tags: &Tags) -> Result<Vec<Key>> {
        self.call("ListKeys", child(tags), |world, _| {
            let has = |key: &&Key| {
                !key.is_leaving && tags.iter().all(|(name, value)| key.tags.get(name) == Some(value))
            };
            Ok(world.keys.iter().filter(has).cloned().collect())
        })
    }
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.call("ListBuckets", "landform", |world, _| Ok(world.owned()))
    }
}

#[async_trait::async_trait]
impl StateStorage for InProcessStateStorage {
    async fn create_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        self.make_bucket(name, tags)
    }
    async fn set_bucket_tags(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        self.change("PutBucketTagging", name, |it| it.tags.clone_from(tags))
    }
    async fn enable_versioning(&self, name: &BucketName) -> Result<()> {
        self.change("PutBucketVersioning", name, |it| it.versioned = true)
    }
    async fn block_public_access(&self, name: &BucketName) -> Result<()> {
        self.change("PutPublicAccessBlock", name, |it| it.public_access_blocked = true)
    }
    async fn enforce_ownership(&self, name: &BucketName) -> Result<()> {
        self.change("PutBucketOwnershipControls", name, |it| it.ownership_enforced = true)
    }
    async fn set_encryption(&self, name: &BucketName, encryption: &Encryption) -> Result<()> {
        self.change("PutBucketEncryption", name, |it| it.encryption = encryption.clone())
    }
    async fn set_bucket_policy(&self, name: &BucketName, policy: Option<&PolicyJson>) -> Result<()> {
        let operation = if policy.is_some() { "PutBucketPolicy" } else { "DeleteBucketPolicy" };
        self.change(operation, name, |it| it.policy = policy.map(|policy| Some(policy.clone())))
    }
    async fn set_lifecycle(&self, name: &BucketName, noncurrent_days: Option<i32>) -> Result<()> {
        self.change("PutBucketLifecycleConfiguration", name, |it| it.noncurrent_days = noncurrent_days)
    }
    async fn delete_versions(&self, name: &BucketName, versions: &[ObjectVersion]) -> Result<()> {
        self.call("DeleteObjects", name.as_str(), |world, _| {
            let bucket = world.buckets.get_mut(name).ok_or_else(|| no_bucket("DeleteObjects", name))?;
            bucket.versions.retain(|it| !versions.contains(it));
            Ok(())
        })
    }
    async fn delete_bucket(&self, name: &BucketName) -> Result<()> {
        self.remove_bucket(name)
    }
    async fn create_key(&self, _description: &str, tags: &Tags) -> Result<Key> {
        self.make_key(tags)
    }
    async fn enable_rotation(&self, key: &Key) -> Result<()> {
        self.change_key("EnableKeyRotation", key, |it| it.rotates = true)
    }
    async fn set_key_tags(&self, key: &Key, tags: &Tags) -> Result<()> {
        self.change_key("TagResource", key, |it| it.tags.extend(tags.clone()))
    }
    async fn remove_key_tags(&self, key: &Key, keys: &[String]) -> Result<()> {
        self.change_key("UntagResource", key, |it| it.tags.retain(|name, _| !keys.contains(name)))
    }
    async fn create_alias(&self, alias: &str, key: &Key) -> Result<()> {
        self.make_alias(alias, key)
    }
    async fn delete_alias(&self, alias: &str) -> Result<()> {
        self.call("DeleteAlias", alias, |world, _| {
            world.aliases.remove(alias);
            Ok(())
        })
    }
    async fn schedule_key_deletion(&self, key: &Key, _days: i32) -> Result<()> {
        self.call("ScheduleKeyDeletion", &key.id, |world, _| {
            let key = world.keys.iter_mut().find(|it| it.id == key.id);
            key.ok_or_else(|| no_key("ScheduleKeyDeletion", ""))?.is_leaving = true;
            Ok(())
        })
    }
}

fn child(tags: &Tags) -> String {
    tags.get(CHILD_TAG).cloned().unwrap_or_default()
}

fn taken(operation: &'static str, name: &BucketName) -> CloudError {
    let text = format!("the bucket {name} belongs to another account");
    refuse(ErrorKind::AlreadyExists, operation, "BucketAlreadyExists", text)
}

fn no_bucket(operation: &'static str, name: &BucketName) -> CloudError {
    refuse(ErrorKind::NotFound, operation, "NoSuchBucket", format!("{name} does not exist"))
}

fn no_key(operation: &'static str, id: &str) -> CloudError {
    refuse(ErrorKind::NotFound, operation, "NotFoundException", format!("key {id} does not exist"))
}
