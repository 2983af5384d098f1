//! What is: the bucket by its name, the key by its alias, or by its tags where it has none yet.

use super::desired::{Desired, bucket_child, key_child};
use landform_cloud::state_storage::{Bucket, Key};
use landform_cloud::{ErrorKind, Result, StateStorageReads, Tags};
use landform_model::ownership::Owner;

/// What exists.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Seen {
    /// Our bucket.
    pub(super) bucket: Option<Bucket>,
    /// Our key.
    pub(super) key: Option<Key>,
    /// Whether the alias names our key.
    pub(super) has_alias: bool,
    /// A key of ours that is on its way to deletion and still has the alias.
    pub(super) leaving: Option<Key>,
    /// What has the name of an object that must be ours, and is not.
    pub(super) foreign: Vec<String>,
}

impl Seen {
    pub(super) fn is_empty(&self) -> bool {
        self.bucket.is_none() && self.key.is_none() && self.leaving.is_none()
    }
}

/// Looks at bucket and key.
pub(super) async fn look(storage: &dyn StateStorageReads, desired: &Desired) -> Result<Seen> {
    let mut seen = Seen::default();
    match storage.bucket(&desired.bucket).await {
        Ok(Some(bucket)) if is_ours(storage, desired, &bucket).await? => seen.bucket = Some(bucket),
        Ok(Some(_)) => {
            seen.foreign.push(format!("bucket {}, which is not of this resource,", desired.bucket));
        }
        Ok(None) => {}
        Err(error) if matches!(error.kind, ErrorKind::Denied | ErrorKind::AlreadyExists) => {
            let text = format!(
                "bucket {}, which belongs to another account, or which you may not see ({}),",
                desired.bucket, error.message
            );
            seen.foreign.push(text);
        }
        Err(error) => return Err(error),
    }
    if !desired.has_key {
        return Ok(seen);
    }
    match storage.key_of_alias(&desired.alias()).await? {
        Some(key) if desired.owner.child_of(&key.tags) != Some(key_child()) => {
            seen.foreign.push(format!(
                "{}, which names key {}, which is not of this resource,",
                desired.alias(),
                key.id
            ));
        }
        Some(key) if key.is_leaving => seen.leaving = Some(key),
        Some(key) => (seen.key, seen.has_alias) = (Some(key), true),
        None => {}
    }
    if seen.key.is_none() {
        seen.key = find_key(storage, desired).await?;
    }
    Ok(seen)
}

/// The key of ours that has no alias yet; of two the same one each time.
pub(super) async fn find_key(storage: &dyn StateStorageReads, desired: &Desired) -> Result<Option<Key>> {
    let keys = storage.keys_with_tags(&desired.owner.tags(&key_child())).await?;
    Ok(keys.into_iter().min_by(|a, b| a.id.cmp(&b.id)))
}

/// Whether the bucket carries our tags; or none of anybody, and nothing is in it: what is left where S3 took a create without its
/// tags and nobody came to tag it.
pub(super) async fn is_ours(
    storage: &dyn StateStorageReads,
    desired: &Desired,
    bucket: &Bucket,
) -> Result<bool> {
    if owned(&desired.owner, &bucket.tags) {
        return Ok(true);
    }
    let ours_to_be = bucket.tags.is_empty() && bucket.region == desired.target.region.to_string();
    Ok(ours_to_be && storage.versions(&desired.bucket).await?.is_empty())
}

fn owned(owner: &Owner, tags: &Tags) -> bool {
    owner.child_of(tags) == Some(bucket_child())
}
