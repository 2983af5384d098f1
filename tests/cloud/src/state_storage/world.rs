//! Buckets and keys of one account and region.

use landform_cloud::Tags;
use landform_cloud::network::OwnedObject;
use landform_cloud::state_storage::{Bucket, Key, ObjectVersion};
use landform_model::BucketName;
use landform_model::ownership::{CHILD_TAG, ownership};
use std::collections::{BTreeMap, BTreeSet};

/// What exists. Tests may look at it and change it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StateStorageWorld {
    /// Buckets by name.
    pub buckets: BTreeMap<BucketName, InMemoryBucket>,
    /// Names that buckets of other accounts have.
    pub taken: BTreeSet<BucketName>,
    /// Keys, those on their way to deletion among them.
    pub keys: Vec<Key>,
    /// Aliases, and the id of the key that each names.
    pub aliases: BTreeMap<String, String>,
    /// Whether creates of buckets drop the tags that they are given, as some emulators of S3 do.
    pub drops_tags: bool,
}

/// A bucket with what is in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InMemoryBucket {
    /// The bucket.
    pub bucket: Bucket,
    /// Versions of objects.
    pub versions: Vec<ObjectVersion>,
}

impl StateStorageWorld {
    /// What carries ownership tags and is not on its way out, with these.
    pub(super) fn owned(&self) -> Vec<(OwnedObject, Tags)> {
        let buckets = self.buckets.iter().map(|(name, it)| ("bucket", name.to_string(), &it.bucket.tags));
        let keys = self.keys.iter().filter(|it| !it.is_leaving).map(|it| ("key", it.id.clone(), &it.tags));
        let all = buckets
            .chain(keys)
            .map(|(kind, id, tags)| (OwnedObject { id, kind: kind.to_owned() }, ownership(tags)));
        let mut owned: Vec<_> = all.filter(|(_, tags)| !tags.is_empty()).collect();
        owned.sort();
        owned
    }

    /// Everything that is not on its way out, as `kind name child-key`.
    pub fn inventory(&self) -> Vec<String> {
        let child = |tags: &Tags| tags.get(CHILD_TAG).cloned().unwrap_or_else(|| "-".to_owned());
        let buckets =
            self.buckets.iter().map(|(name, it)| format!("bucket {name} {}", child(&it.bucket.tags)));
        let keys = self
            .keys
            .iter()
            .filter(|it| !it.is_leaving)
            .map(|it| format!("key {} {}", it.id, child(&it.tags)));
        let aliases = self.aliases.iter().map(|(alias, key)| format!("{alias} {key} -"));
        buckets.chain(keys).chain(aliases).collect()
    }
}
