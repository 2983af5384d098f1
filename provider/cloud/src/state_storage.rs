//! The port to what keeps Terraform's states: a bucket of S3, and a key of KMS that encrypts it.

use crate::network::OwnedObject;
use crate::{Result, Tags};
use landform_model::{Arn, BucketName, PolicyJson};

/// What can be read.
#[async_trait::async_trait]
pub trait StateStorageReads: Send + Sync {
    /// A bucket of this account; none where there is none. `Denied` where it is another account's, as names are global.
    async fn bucket(&self, name: &BucketName) -> Result<Option<Bucket>>;
    /// The first versions of objects in a bucket, markers of deletion among them; at most [`VERSIONS`].
    async fn versions(&self, name: &BucketName) -> Result<Vec<ObjectVersion>>;
    /// The key that an alias (`alias/…`) names; none where there is no such alias.
    async fn key_of_alias(&self, alias: &str) -> Result<Option<Key>>;
    /// The keys that carry these tags and are not being deleted. KMS has no filter, so it asks for the tags of each key.
    async fn keys_with_tags(&self, tags: &Tags) -> Result<Vec<Key>>;
    /// The buckets of this region, and the keys that are not being deleted, that carry any of the ownership tags, ordered, with
    /// those of their tags. An object whose own policy forbids to read its tags is not ours.
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>>;
}

/// All of it.
#[async_trait::async_trait]
pub trait StateStorage: StateStorageReads {
    /// Makes a bucket in the region of the port, where access control lists count for nothing. No token; its name is its natural
    /// key. In `us-east-1` AWS takes it for done where this account has the bucket already.
    async fn create_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()>;
    /// Puts these tags in place of all that the bucket has.
    async fn set_bucket_tags(&self, name: &BucketName, tags: &Tags) -> Result<()>;
    /// Keeps old versions of objects from now on.
    async fn enable_versioning(&self, name: &BucketName) -> Result<()>;
    /// Makes nothing in the bucket public, whatever policies and lists say.
    async fn block_public_access(&self, name: &BucketName) -> Result<()>;
    /// Makes access control lists count for nothing.
    async fn enforce_ownership(&self, name: &BucketName) -> Result<()>;
    /// Encrypts new objects so where the request says nothing.
    async fn set_encryption(&self, name: &BucketName, encryption: &Encryption) -> Result<()>;
    /// Gives the bucket a policy; none takes it away.
    async fn set_bucket_policy(&self, name: &BucketName, policy: Option<&PolicyJson>) -> Result<()>;
    /// Deletes old versions after this many days, and uploads that were broken off after a week; none keeps all.
    async fn set_lifecycle(&self, name: &BucketName, noncurrent_days: Option<i32>) -> Result<()>;
    /// Deletes versions of objects for good.
    async fn delete_versions(&self, name: &BucketName, versions: &[ObjectVersion]) -> Result<()>;
    /// Deletes an empty bucket. Gone already counts as done.
    async fn delete_bucket(&self, name: &BucketName) -> Result<()>;

    /// Makes a key that its account governs by IAM policies. No token and no natural key: use [`crate::once::create_once`].
    async fn create_key(&self, description: &str, tags: &Tags) -> Result<Key>;
    /// Renews the key's material every year.
    async fn enable_rotation(&self, key: &Key) -> Result<()>;
    /// Adds tags to a key, or gives existing ones new values.
    async fn set_key_tags(&self, key: &Key, tags: &Tags) -> Result<()>;
    /// Removes tags of a key.
    async fn remove_key_tags(&self, key: &Key, keys: &[String]) -> Result<()>;
    /// Gives a key an alias (`alias/…`). Its alias already counts as done; `AlreadyExists` where it names another key.
    async fn create_alias(&self, alias: &str, key: &Key) -> Result<()>;
    /// Deletes an alias. Gone already counts as done.
    async fn delete_alias(&self, alias: &str) -> Result<()>;
    /// Has a key deleted after so many days, 7 to 30, in which that can be undone. On its way already counts as done.
    async fn schedule_key_deletion(&self, key: &Key, days: i32) -> Result<()>;
}

/// How many versions one read answers at most, which is as many as one delete takes.
pub const VERSIONS: usize = 1000;

/// A bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Its region.
    pub region: String,
    /// Its tags.
    pub tags: Tags,
    /// Whether it keeps old versions.
    pub versioned: bool,
    /// Whether nothing in it can be public.
    pub public_access_blocked: bool,
    /// Whether access control lists count for nothing.
    pub ownership_enforced: bool,
    /// How new objects are encrypted.
    pub encryption: Encryption,
    /// Its policy; some none for one that cannot be read as such.
    pub policy: Option<Option<PolicyJson>>,
    /// After how many days old versions are deleted; none for never.
    pub noncurrent_days: Option<i32>,
}

/// How objects are encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Encryption {
    /// With S3's own keys: what every bucket has that says nothing else.
    #[default]
    S3,
    /// With a key of KMS, and a bucket key that saves calls to KMS.
    Kms(String),
    /// In some other way.
    Other(String),
}

/// A version of an object, or the marker that says that it was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectVersion {
    /// The name of the object.
    pub key: String,
    /// The id of the version.
    pub version: String,
}

/// A key of KMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: String,
    /// Its ARN.
    pub arn: Arn,
    /// Whether its material is renewed every year.
    pub rotates: bool,
    /// Whether it is on its way to deletion.
    pub is_leaving: bool,
    /// Its tags.
    pub tags: Tags,
}
