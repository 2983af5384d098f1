//! Changes of buckets. All but the create set a value or take one away, so they may be sent again.

use super::bucket_reads::RULE;
use super::{AwsStateStorage, gone_is_done, unbuilt};
use crate::{error, retry};
use aws_sdk_s3::config::Builder;
use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, BucketLocationConstraint,
    BucketVersioningStatus, CreateBucketConfiguration, Delete, ExpirationStatus, LifecycleExpiration,
    LifecycleRule, LifecycleRuleFilter, NoncurrentVersionExpiration, ObjectIdentifier, ObjectOwnership,
    OwnershipControls, OwnershipControlsRule, PublicAccessBlockConfiguration, ServerSideEncryption,
    ServerSideEncryptionByDefault, ServerSideEncryptionConfiguration, ServerSideEncryptionRule, Tag, Tagging,
    VersioningConfiguration,
};
use landform_cloud::state_storage::{Encryption, ObjectVersion};
use landform_cloud::{Result, Tags};
use landform_model::{BucketName, PolicyJson};

impl AwsStateStorage {
    /// The tags ride along. <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html>
    pub(super) async fn make_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreateBucket";
        let mut configuration =
            CreateBucketConfiguration::builder().set_tags(Some(tag_list(OPERATION, tags)?));
        // The first region of S3 must not be named.
        if self.region != "us-east-1" {
            let region = BucketLocationConstraint::from(self.region.as_str());
            configuration = configuration.location_constraint(region);
        }
        let call = self.buckets.create_bucket().bucket(name.as_str());
        let call = call.object_ownership(ObjectOwnership::BucketOwnerEnforced);
        let call = call.create_bucket_configuration(configuration.build());
        let once = Builder::new().retry_config(retry::disabled());
        let sent = call.customize().config_override(once).send().await;
        sent.map(drop).map_err(error::of(OPERATION))
    }

    pub(super) async fn tag_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "PutBucketTagging";
        let tags = Tagging::builder().set_tag_set(Some(tag_list(OPERATION, tags)?));
        let tags = tags.build().map_err(unbuilt(OPERATION))?;
        let sent = self.buckets.put_bucket_tagging().bucket(name.as_str()).tagging(tags).send().await;
        sent.map(drop).map_err(error::of(OPERATION))
    }

    pub(super) async fn version_bucket(&self, name: &BucketName) -> Result<()> {
        let enabled = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
        let call =
            self.buckets.put_bucket_versioning().bucket(name.as_str()).versioning_configuration(enabled);
        call.send().await.map(drop).map_err(error::of("PutBucketVersioning"))
    }

    pub(super) async fn block_bucket(&self, name: &BucketName) -> Result<()> {
        let all = PublicAccessBlockConfiguration::builder()
            .block_public_acls(true)
            .block_public_policy(true)
            .ignore_public_acls(true)
            .restrict_public_buckets(true)
            .build();
        let call = self.buckets.put_public_access_block().bucket(name.as_str());
        let sent = call.public_access_block_configuration(all).send().await;
        sent.map(drop).map_err(error::of("PutPublicAccessBlock"))
    }

    pub(super) async fn own_bucket(&self, name: &BucketName) -> Result<()> {
        const OPERATION: &str = "PutBucketOwnershipControls";
        let rule = OwnershipControlsRule::builder().object_ownership(ObjectOwnership::BucketOwnerEnforced);
        let rule = rule.build().map_err(unbuilt(OPERATION))?;
        let controls = OwnershipControls::builder().rules(rule).build().map_err(unbuilt(OPERATION))?;
        let call = self.buckets.put_bucket_ownership_controls().bucket(name.as_str());
        call.ownership_controls(controls).send().await.map(drop).map_err(error::of(OPERATION))
    }

    pub(super) async fn encrypt_bucket(&self, name: &BucketName, encryption: &Encryption) -> Result<()> {
        const OPERATION: &str = "PutBucketEncryption";
        let default = ServerSideEncryptionByDefault::builder();
        let default = match encryption {
            Encryption::S3 => default.sse_algorithm(ServerSideEncryption::Aes256),
            Encryption::Kms(key) => {
                default.sse_algorithm(ServerSideEncryption::AwsKms).kms_master_key_id(key)
            }
            Encryption::Other(algorithm) => {
                default.sse_algorithm(ServerSideEncryption::from(algorithm.as_str()))
            }
        };
        let rule = ServerSideEncryptionRule::builder()
            .apply_server_side_encryption_by_default(default.build().map_err(unbuilt(OPERATION))?)
            .bucket_key_enabled(matches!(encryption, Encryption::Kms(_)))
            .build();
        let rules =
            ServerSideEncryptionConfiguration::builder().rules(rule).build().map_err(unbuilt(OPERATION))?;
        let call = self.buckets.put_bucket_encryption().bucket(name.as_str());
        let sent = call.server_side_encryption_configuration(rules).send().await;
        sent.map(drop).map_err(error::of(OPERATION))
    }

    pub(super) async fn put_policy(&self, name: &BucketName, policy: Option<&PolicyJson>) -> Result<()> {
        match policy {
            Some(policy) => {
                let call = self.buckets.put_bucket_policy().bucket(name.as_str()).policy(policy.as_str());
                call.send().await.map(drop).map_err(error::of("PutBucketPolicy"))
            }
            None => {
                let sent = self.buckets.delete_bucket_policy().bucket(name.as_str()).send().await;
                gone_is_done(sent.map(drop).map_err(error::of("DeleteBucketPolicy")))
            }
        }
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html>
    pub(super) async fn put_lifecycle(&self, name: &BucketName, noncurrent_days: Option<i32>) -> Result<()> {
        const OPERATION: &str = "PutBucketLifecycleConfiguration";
        let Some(days) = noncurrent_days else {
            let sent = self.buckets.delete_bucket_lifecycle().bucket(name.as_str()).send().await;
            return gone_is_done(sent.map(drop).map_err(error::of("DeleteBucketLifecycle")));
        };
        let rule = LifecycleRule::builder()
            .id(RULE)
            .status(ExpirationStatus::Enabled)
            .filter(LifecycleRuleFilter::builder().prefix("").build())
            .noncurrent_version_expiration(
                NoncurrentVersionExpiration::builder().noncurrent_days(days).build(),
            )
            .expiration(LifecycleExpiration::builder().expired_object_delete_marker(true).build())
            .abort_incomplete_multipart_upload(
                AbortIncompleteMultipartUpload::builder().days_after_initiation(7).build(),
            )
            .build()
            .map_err(unbuilt(OPERATION))?;
        let rules =
            BucketLifecycleConfiguration::builder().rules(rule).build().map_err(unbuilt(OPERATION))?;
        let call = self.buckets.put_bucket_lifecycle_configuration().bucket(name.as_str());
        call.lifecycle_configuration(rules).send().await.map(drop).map_err(error::of(OPERATION))
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>: takes a thousand at most, and fails for each alone.
    pub(super) async fn remove_versions(&self, name: &BucketName, versions: &[ObjectVersion]) -> Result<()> {
        const OPERATION: &str = "DeleteObjects";
        let object = |it: &ObjectVersion| {
            let object = ObjectIdentifier::builder().key(&it.key).version_id(&it.version);
            object.build().map_err(unbuilt(OPERATION))
        };
        let objects = versions.iter().map(object).collect::<Result<Vec<_>>>()?;
        let delete = Delete::builder().set_objects(Some(objects)).quiet(true).build();
        let delete = delete.map_err(unbuilt(OPERATION))?;
        let sent = self.buckets.delete_objects().bucket(name.as_str()).delete(delete).send().await;
        match sent.map_err(error::of(OPERATION))?.errors().first() {
            Some(failed) => Err(error::of_item(OPERATION, failed.code(), failed.message())),
            None => Ok(()),
        }
    }

    pub(super) async fn remove_bucket(&self, name: &BucketName) -> Result<()> {
        let sent = self.buckets.delete_bucket().bucket(name.as_str()).send().await;
        gone_is_done(sent.map(drop).map_err(error::of("DeleteBucket")))
    }
}

fn tag_list(operation: &'static str, tags: &Tags) -> Result<Vec<Tag>> {
    let tag = |(key, value): (&String, &String)| {
        Tag::builder().key(key).value(value).build().map_err(unbuilt(operation))
    };
    tags.iter().map(tag).collect()
}
