//! Buckets: names are global, and one with anything in it cannot be deleted.

use super::*;

impl InProcessStateStorage {
    pub(super) fn make_bucket(&self, name: &BucketName, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreateBucket";
        let region = self.target.region.to_string();
        self.call(OPERATION, name.as_str(), |world, _| {
            if world.taken.contains(name) {
                return Err(taken(OPERATION, name));
            }
            if world.buckets.contains_key(name) {
                let text = format!("you have the bucket {name} already");
                return Err(refuse(ErrorKind::AlreadyExists, OPERATION, "BucketAlreadyOwnedByYou", text));
            }
            let tags = if world.drops_tags { Tags::new() } else { tags.clone() };
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
            let bucket = Bucket {
                region,
                tags,
                public_access_blocked: true,
                ownership_enforced: true,
                ..Bucket::default()
            };
            world.buckets.insert(name.clone(), InMemoryBucket { bucket, versions: Vec::new() });
            Ok(())
        })
    }

    pub(super) fn change(
        &self,
        operation: &'static str,
        name: &BucketName,
        change: impl FnOnce(&mut Bucket),
    ) -> Result<()> {
        self.call(operation, name.as_str(), |world, _| {
            change(&mut world.buckets.get_mut(name).ok_or_else(|| no_bucket(operation, name))?.bucket);
            Ok(())
        })
    }

    pub(super) fn remove_bucket(&self, name: &BucketName) -> Result<()> {
        self.call("DeleteBucket", name.as_str(), |world, _| {
            if world.buckets.get(name).is_some_and(|it| !it.versions.is_empty()) {
                let text = "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
                return Err(refuse(ErrorKind::InUse, "DeleteBucket", "BucketNotEmpty", text));
            }
            world.buckets.remove(name);
            Ok(())
        })
    }
}
