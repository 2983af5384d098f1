//! What a bucket is like: one call for each part, as S3 has none for all of them.

use super::{AwsStateStorage, found};
use crate::error;
use aws_sdk_s3::types::{BucketVersioningStatus, ObjectOwnership, ServerSideEncryption};
use landform_cloud::state_storage::{Bucket, Encryption, ObjectVersion, VERSIONS};
use landform_cloud::{Result, Tags};
use landform_model::BucketName;

/// The rule of the lifecycle that is ours.
pub(super) const RULE: &str = "landform-noncurrent-versions";

impl AwsStateStorage {
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>: 404 where there is none, 403 where it is another
    /// account's.
    pub(super) async fn read_bucket(&self, name: &BucketName) -> Result<Option<Bucket>> {
        let head = self.buckets.head_bucket().bucket(name.as_str()).send().await;
        let Some(head) = found(head.map_err(error::of("HeadBucket")))? else { return Ok(None) };
        let (tags, versioned, blocked, owned, encryption, policy, days) = tokio::try_join!(
            self.bucket_tags(name),
            self.is_versioned(name),
            self.is_blocked(name),
            self.is_owned(name),
            self.encryption(name),
            self.policy(name),
            self.noncurrent_days(name),
        )?;
        Ok(Some(Bucket {
            region: head.bucket_region().unwrap_or(&self.region).to_owned(),
            tags,
            versioned,
            public_access_blocked: blocked,
            ownership_enforced: owned,
            encryption,
            policy: policy.map(|text| text.parse().ok()),
            noncurrent_days: days,
        }))
    }

    pub(super) async fn bucket_tags(&self, name: &BucketName) -> Result<Tags> {
        let answer = self.buckets.get_bucket_tagging().bucket(name.as_str()).send().await;
        let answer = found(answer.map_err(error::of("GetBucketTagging")))?;
        let tags = answer.map(|it| it.tag_set).unwrap_or_default();
        Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    async fn is_versioned(&self, name: &BucketName) -> Result<bool> {
        let answer = self.buckets.get_bucket_versioning().bucket(name.as_str()).send().await;
        let answer = answer.map_err(error::of("GetBucketVersioning"))?;
        Ok(answer.status() == Some(&BucketVersioningStatus::Enabled))
    }

    async fn is_blocked(&self, name: &BucketName) -> Result<bool> {
        let answer = self.buckets.get_public_access_block().bucket(name.as_str()).send().await;
        let answer = found(answer.map_err(error::of("GetPublicAccessBlock")))?;
        let block = answer.and_then(|it| it.public_access_block_configuration);
        Ok(block.is_some_and(|it| {
            [it.block_public_acls, it.block_public_policy, it.ignore_public_acls, it.restrict_public_buckets]
                .iter()
                .all(|it| *it == Some(true))
        }))
    }

    async fn is_owned(&self, name: &BucketName) -> Result<bool> {
        let answer = self.buckets.get_bucket_ownership_controls().bucket(name.as_str()).send().await;
        let answer = found(answer.map_err(error::of("GetBucketOwnershipControls")))?;
        let rules = answer.and_then(|it| it.ownership_controls).map(|it| it.rules).unwrap_or_default();
        Ok(rules.iter().any(|rule| rule.object_ownership == ObjectOwnership::BucketOwnerEnforced))
    }

    async fn encryption(&self, name: &BucketName) -> Result<Encryption> {
        let answer = self.buckets.get_bucket_encryption().bucket(name.as_str()).send().await;
        let answer = found(answer.map_err(error::of("GetBucketEncryption")))?;
        let rules = answer.and_then(|it| it.server_side_encryption_configuration).map(|it| it.rules);
        let rule = rules.unwrap_or_default().into_iter().next();
        let default = rule.as_ref().and_then(|it| it.apply_server_side_encryption_by_default());
        Ok(match default {
            None => Encryption::S3,
            Some(it) if *it.sse_algorithm() == ServerSideEncryption::Aes256 => Encryption::S3,
            Some(it) if *it.sse_algorithm() == ServerSideEncryption::AwsKms => match it.kms_master_key_id() {
                Some(key) => Encryption::Kms(key.to_owned()),
                None => Encryption::Other("aws/s3".to_owned()),
            },
            Some(it) => Encryption::Other(it.sse_algorithm().as_str().to_owned()),
        })
    }

    async fn policy(&self, name: &BucketName) -> Result<Option<String>> {
        let answer = self.buckets.get_bucket_policy().bucket(name.as_str()).send().await;
        Ok(found(answer.map_err(error::of("GetBucketPolicy")))?.and_then(|it| it.policy))
    }

    async fn noncurrent_days(&self, name: &BucketName) -> Result<Option<i32>> {
        let answer = self.buckets.get_bucket_lifecycle_configuration().bucket(name.as_str()).send().await;
        let answer = found(answer.map_err(error::of("GetBucketLifecycleConfiguration")))?;
        let rules = answer.and_then(|it| it.rules).unwrap_or_default();
        let ours = rules.into_iter().find(|rule| rule.id() == Some(RULE));
        Ok(ours.and_then(|rule| rule.noncurrent_version_expiration?.noncurrent_days))
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html>: a thousand at most, which is enough.
    pub(super) async fn read_versions(&self, name: &BucketName) -> Result<Vec<ObjectVersion>> {
        let answer = self.buckets.list_object_versions().bucket(name.as_str()).send().await;
        let answer = answer.map_err(error::of("ListObjectVersions"))?;
        let versions = answer.versions().iter().map(|it| (it.key(), it.version_id()));
        let markers = answer.delete_markers().iter().map(|it| (it.key(), it.version_id()));
        let all = versions.chain(markers).filter_map(|(key, version)| {
            Some(ObjectVersion { key: key?.to_owned(), version: version.unwrap_or("null").to_owned() })
        });
        Ok(all.take(VERSIONS).collect())
    }
}
