//! Carries steps out.

use super::desired::{Desired, bucket_child, key_child};
use super::look::{find_key, is_ours};
use super::steps::Step;
use crate::settle::{seen, settled};
use landform_cloud::once::create_once;
use landform_cloud::state_storage::{Encryption, Key};
use landform_cloud::{CloudError, ErrorKind, Result, StateStorage};
use std::sync::{Mutex, PoisonError};

pub(super) struct Act<'a> {
    storage: &'a dyn StateStorage,
    desired: &'a Desired,
    /// The key as soon as there is one.
    key: Mutex<Option<Key>>,
}

impl<'a> Act<'a> {
    pub(super) fn new(storage: &'a dyn StateStorage, desired: &'a Desired, key: Option<Key>) -> Self {
        Self { storage, desired, key: Mutex::new(key) }
    }

    /// The key, if there is one.
    pub(super) fn key(&self) -> Option<Key> {
        self.key.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) async fn perform(&self, step: &Step) -> Result<()> {
        let (storage, bucket) = (self.storage, &self.desired.bucket);
        match step {
            Step::CreateKey => self.create_key().await,
            Step::RotateKey => {
                let key = self.known_key()?;
                seen(|| storage.enable_rotation(&key)).await
            }
            Step::TagKey(tags) => {
                let key = self.known_key()?;
                seen(|| storage.set_key_tags(&key, tags)).await
            }
            Step::UntagKey(keys) => {
                let key = self.known_key()?;
                seen(|| storage.remove_key_tags(&key, keys)).await
            }
            Step::CreateAlias => {
                let key = self.known_key()?;
                let alias = self.desired.alias();
                seen(|| storage.create_alias(&alias, &key)).await
            }
            Step::FreeAlias | Step::DeleteAlias => storage.delete_alias(&self.desired.alias()).await,
            Step::CreateBucket => self.create_bucket().await,
            Step::TagBucket(tags) => seen(|| storage.set_bucket_tags(bucket, tags)).await,
            Step::Version => seen(|| storage.enable_versioning(bucket)).await,
            Step::BlockPublicAccess => seen(|| storage.block_public_access(bucket)).await,
            Step::EnforceOwnership => seen(|| storage.enforce_ownership(bucket)).await,
            Step::Encrypt => {
                let encryption = match self.desired.has_key {
                    true => Encryption::Kms(self.known_key()?.arn.to_string()),
                    false => Encryption::S3,
                };
                seen(|| storage.set_encryption(bucket, &encryption)).await
            }
            Step::SetPolicy => seen(|| storage.set_bucket_policy(bucket, self.desired.policy.as_ref())).await,
            Step::DeletePolicy => storage.set_bucket_policy(bucket, None).await,
            Step::SetLifecycle => {
                seen(|| storage.set_lifecycle(bucket, Some(self.desired.noncurrent_days))).await
            }
            Step::EmptyBucket => self.empty_bucket().await,
            // What was deleted last may still be seen.
            Step::DeleteBucket => settled(ErrorKind::InUse, || storage.delete_bucket(bucket)).await,
            Step::DeleteKey => {
                let key = self.known_key()?;
                storage.schedule_key_deletion(&key, self.desired.key_deletion_days).await
            }
        }
    }

    async fn create_key(&self) -> Result<()> {
        let tags = self.desired.tags_of(&key_child());
        let description = format!("Terraform states in {}", self.desired.bucket);
        let made = create_once(
            || self.storage.create_key(&description, &tags),
            || find_key(self.storage, self.desired),
        )
        .await?;
        *self.key.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
        Ok(())
    }

    /// Not every S3 takes tags with the create: where it dropped them, they follow at once.
    async fn create_bucket(&self) -> Result<()> {
        let (storage, bucket) = (self.storage, &self.desired.bucket);
        let tags = self.desired.tags_of(&bucket_child());
        create_once(
            || storage.create_bucket(bucket, &tags),
            || async {
                match storage.bucket(bucket).await? {
                    Some(found) if is_ours(storage, self.desired, &found).await? => Ok(Some(())),
                    _ => Ok(None),
                }
            },
        )
        .await?;
        let found = storage.bucket(bucket).await?;
        match found.is_some_and(|it| it.tags == tags) {
            true => Ok(()),
            false => seen(|| storage.set_bucket_tags(bucket, &tags)).await,
        }
    }

    async fn empty_bucket(&self) -> Result<()> {
        loop {
            let versions = match self.storage.versions(&self.desired.bucket).await {
                Err(error) if error.is_not_found() => return Ok(()),
                versions => versions?,
            };
            if versions.is_empty() {
                return Ok(());
            }
            self.storage.delete_versions(&self.desired.bucket, &versions).await?;
        }
    }

    fn known_key(&self) -> Result<Key> {
        self.key().ok_or_else(|| {
            let text = "there is no key yet. This is a fault of the provider; please report it";
            CloudError::new(ErrorKind::Other, "Apply", text)
        })
    }
}
