//! Finding what carries ownership tags. Neither service answers tags in a list, so each object is asked for its own.

use super::AwsStateStorage;
use crate::answer::required;
use crate::error;
use landform_cloud::network::OwnedObject;
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use landform_model::ownership::ownership;

impl AwsStateStorage {
    pub(super) async fn find_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        let mut owned = self.owned_buckets().await?;
        owned.extend(self.owned_keys().await?);
        owned.sort();
        Ok(owned)
    }

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>
    async fn owned_buckets(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        const OPERATION: &str = "ListBuckets";
        let call = self.buckets.list_buckets().bucket_region(&self.region);
        let buckets =
            call.into_paginator().items().send().try_collect().await.map_err(error::of(OPERATION))?;
        let mut tagged = Tagged::default();
        for bucket in &buckets {
            let name = required(OPERATION, "Name", bucket.name())?;
            let answer = self.buckets.get_bucket_tagging().bucket(name).send().await;
            let tags = answer.map(|it| it.tag_set.into_iter().map(|tag| (tag.key, tag.value)).collect());
            tagged.add("bucket", name, tags.map_err(error::of("GetBucketTagging")))?;
        }
        tagged.all()
    }

    /// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
    async fn owned_keys(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        const OPERATION: &str = "ListKeys";
        let pages = self.keys.list_keys().into_paginator().items().send();
        let keys = pages.try_collect().await.map_err(error::of(OPERATION))?;
        let mut tagged = Tagged::default();
        for key in &keys {
            let id = required(OPERATION, "KeyId", key.key_id())?;
            tagged.add("key", id, self.key_tags(id).await)?;
        }
        let mut staying = Vec::new();
        for (object, tags) in tagged.all()? {
            if self.read_key(&object.id).await?.is_some_and(|key| !key.is_leaving) {
                staying.push((object, tags));
            }
        }
        Ok(staying)
    }
}

/// The objects of one kind that carry ownership tags.
#[derive(Default)]
struct Tagged {
    owned: Vec<(OwnedObject, Tags)>,
    read: usize,
    denied: Option<CloudError>,
}

impl Tagged {
    /// Notes an object by what it answered. It may be gone, have no tags, or forbid to read them by a policy of its own.
    fn add(&mut self, kind: &str, id: &str, tags: Result<Tags>) -> Result<()> {
        let tags = match tags {
            Err(error) if error.kind == ErrorKind::Denied => {
                self.denied.get_or_insert(error);
                return Ok(());
            }
            Err(error) if error.is_not_found() => Tags::new(),
            tags => tags?,
        };
        self.read += 1;
        let ours = ownership(&tags);
        if !ours.is_empty() {
            self.owned.push((OwnedObject { id: id.to_owned(), kind: kind.to_owned() }, ours));
        }
        Ok(())
    }

    /// Whoever may read the tags of none lacks the permission, and cannot say what there is.
    fn all(self) -> Result<Vec<(OwnedObject, Tags)>> {
        match self.denied {
            Some(denied) if self.read == 0 => Err(denied),
            _ => Ok(self.owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_model::ownership::STACK_TAG;

    fn error(kind: ErrorKind) -> CloudError {
        CloudError::new(kind, "GetBucketTagging", "no")
    }

    #[test]
    fn what_may_not_be_read_is_not_ours_unless_nothing_may_be() {
        let ours = Tags::from([(STACK_TAG.to_owned(), "s".to_owned())]);
        let both = Tags::from([(STACK_TAG.to_owned(), "s".to_owned()), ("k".to_owned(), "v".to_owned())]);
        let mut tagged = Tagged::default();
        tagged.add("bucket", "guarded", Err(error(ErrorKind::Denied))).unwrap();
        assert!(tagged.add("bucket", "slow", Err(error(ErrorKind::Throttled))).is_err());
        tagged.add("bucket", "ours", Ok(both)).unwrap();
        tagged.add("bucket", "untagged", Err(error(ErrorKind::NotFound))).unwrap();
        let object = OwnedObject { id: "ours".to_owned(), kind: "bucket".to_owned() };
        assert_eq!(tagged.all().unwrap(), [(object, ours)]);

        let mut tagged = Tagged::default();
        for name in ["a", "b"] {
            tagged.add("bucket", name, Err(error(ErrorKind::Denied))).unwrap();
        }
        assert_eq!(tagged.all().unwrap_err().kind, ErrorKind::Denied);
        assert_eq!(Tagged::default().all().unwrap(), []);
    }
}
