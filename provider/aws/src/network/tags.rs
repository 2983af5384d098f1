//! Tags of existing objects.

use crate::error;
use crate::request::tag_list;
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::Tag;
use landform_cloud::{Result, Tags};

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html>: sets values, so it may be sent again.
pub(super) async fn set(client: &Client, ids: &[String], tags: &Tags) -> Result<()> {
    if ids.is_empty() || tags.is_empty() {
        return Ok(());
    }
    let call = client.create_tags().set_resources(Some(ids.to_vec())).set_tags(Some(tag_list(tags)));
    call.send().await.map(drop).map_err(error::of("CreateTags"))
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html>: by key, whatever the value.
pub(super) async fn remove(client: &Client, ids: &[String], keys: &[String]) -> Result<()> {
    // Without keys AWS would remove every tag, the owner's too.
    if ids.is_empty() || keys.is_empty() {
        return Ok(());
    }
    let tags = keys.iter().map(|key| Tag::builder().key(key).build()).collect();
    let call = client.delete_tags().set_resources(Some(ids.to_vec())).set_tags(Some(tags));
    call.send().await.map(drop).map_err(error::of("DeleteTags"))
}
