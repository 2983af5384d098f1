//! The port to what keeps states, over S3 and KMS.

mod bucket_reads;
mod bucket_writes;
mod keys;
mod owned;
#[cfg(test)]
mod tests;

use aws_config::SdkConfig;
use landform_cloud::network::OwnedObject;
use landform_cloud::state_storage::*;
use landform_cloud::{CloudError, ErrorKind, Result, StateStorage, StateStorageReads, Tags};
use landform_model::{BucketName, PolicyJson};

/// S3 and KMS in one account and region.
pub(crate) struct AwsStateStorage {
    buckets: aws_sdk_s3::Client,
    keys: aws_sdk_kms::Client,
    region: String,
}

impl AwsStateStorage {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        // The name of a bucket as a host is only known to AWS's own DNS servers.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
        let path_style = config.endpoint_url().is_some();
        let s3 = aws_sdk_s3::config::Builder::from(config).force_path_style(path_style).build();
        Self {
            buckets: aws_sdk_s3::Client::from_conf(s3),
            keys: aws_sdk_kms::Client::new(config),
            region: config.region().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

#[async_trait::async_trait]
impl StateStorageReads for AwsStateStorage {
    async fn bucket(&self, name: &BucketName) -> Result<Option<Bucket>> {
        self.read_bucket(name).await
    }
    async fn versions(&self, name: &BucketName) -> Result<Vec<ObjectVersion>> {
        self.read_versions(name).await
    }
    async fn key_of_alias(&self, alias: &str) -> Result<Option<Key>> {
        self.read_key(alias).await
    }
    async fn keys_with_tags(&self, tags: &Tags) -> Result<Vec<Key>> {
        self.find_keys(tags).await
    }
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.find_owned().await
    }
}

#[async_trait::async_trait]
impl StateStorage for AwsStateStorage {
    async fn create_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        self.make_bucket(name, tags).await
    }
    async fn set_bucket_tags(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        self.tag_bucket(name, tags).await
    }
    async fn enable_versioning(&self, name: &BucketName) -> Result<()> {
        self.version_bucket(name).await
    }
    async fn block_public_access(&self, name: &BucketName) -> Result<()> {
        self.block_bucket(name).await
    }
    async fn enforce_ownership(&self, name: &BucketName) -> Result<()> {
        self.own_bucket(name).await
    }
    async fn set_encryption(&self, name: &BucketName, encryption: &Encryption) -> Result<()> {
        self.encrypt_bucket(name, encryption).await
    }
    async fn set_bucket_policy(&self, name: &BucketName, policy: Option<&PolicyJson>) -> Result<()> {
        self.put_policy(name, policy).await
    }
    async fn set_lifecycle(&self, name: &BucketName, noncurrent_days: Option<i32>) -> Result<()> {
        self.put_lifecycle(name, noncurrent_days).await
    }
    async fn delete_versions(&self, name: &BucketName, versions: &[ObjectVersion]) -> Result<()> {
        self.remove_versions(name, versions).await
    }
    async fn delete_bucket(&self, name: &BucketName) -> Result<()> {
        self.remove_bucket(name).await
    }
    async fn create_key(&self, description: &str, tags: &Tags) -> Result<Key> {
        self.make_key(description, tags).await
    }
    async fn enable_rotation(&self, key: &Key) -> Result<()> {
        self.rotate_key(key).await
    }
    async fn set_key_tags(&self, key: &Key, tags: &Tags) -> Result<()> {
        self.tag_key(key, tags).await
    }
    async fn remove_key_tags(&self, key: &Key, keys: &[String]) -> Result<()> {
        self.untag_key(key, keys).await
    }
    async fn create_alias(&self, alias: &str, key: &Key) -> Result<()> {
        self.make_alias(alias, key).await
    }
    async fn delete_alias(&self, alias: &str) -> Result<()> {
        self.remove_alias(alias).await
    }
    async fn schedule_key_deletion(&self, key: &Key, days: i32) -> Result<()> {
        self.remove_key(key, days).await
    }
}

/// What was asked for, or none where AWS says that there is none.
fn found<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Ok(it) => Ok(Some(it)),
        Err(CloudError { kind: ErrorKind::NotFound, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn gone_is_done(answer: Result<()>) -> Result<()> {
    found(answer).map(drop)
}

/// An error of the program: a request that cannot be built.
fn unbuilt(operation: &'static str) -> impl Fn(aws_sdk_s3::error::BuildError) -> CloudError {
    move |error| CloudError::new(ErrorKind::Invalid, operation, error.to_string())
}
