//! Tags of roots, organizational units, accounts and policies.

use super::*;
use aws_sdk_organizations::types::Tag;

impl AwsOrganizations {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html>
    pub(super) async fn tags(&self, resource: &str) -> Result<Tags> {
        let call = self.client.list_tags_for_resource().resource_id(resource);
        let pages = call.into_paginator().items().send().try_collect().await;
        let all = pages.map_err(error::of("ListTagsForResource"))?;
        Ok(all.into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html>
    pub(super) async fn set_tags(&self, resource: &str, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "TagResource";
        let call = self.client.tag_resource().resource_id(resource);
        let call = call.set_tags(Some(tag_list(OPERATION, tags)?));
        self.write(async { call.send().await.map(drop).map_err(error::of(OPERATION)) }).await
    }

    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UntagResource.html>
    pub(super) async fn remove_tags(&self, resource: &str, keys: &[String]) -> Result<()> {
        let call = self.client.untag_resource().resource_id(resource).set_tag_keys(Some(keys.to_vec()));
        self.write(async { call.send().await.map(drop).map_err(error::of("UntagResource")) }).await
    }
}

pub(super) fn tag_list(operation: &'static str, tags: &Tags) -> Result<Vec<Tag>> {
    let tag = |(key, value): (&String, &String)| {
        Tag::builder().key(key).value(value).build().map_err(|error| {
            let kind = landform_cloud::ErrorKind::Invalid;
            landform_cloud::CloudError::new(kind, operation, error.to_string())
        })
    };
    tags.iter().map(tag).collect()
}
