//! Finding a resource's objects of every kind by their ownership tags.

use crate::answer::required;
use crate::error;
use crate::request::{FILTER_VALUES, PAGE, filter, filter_any};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Filter, ResourceType, TagDescription};
use landform_cloud::network::OwnedObject;
use landform_cloud::{Result, Tags};
use landform_model::StackName;
use landform_model::ownership::{OWNERSHIP_TAGS, Owner, RESOURCE_TAG, STACK_TAG};
use std::collections::{BTreeMap, BTreeSet};

const DESCRIBE: &str = "DescribeTags";

/// What carries the resource tag and the stack tag of `owner`, ordered.
///
/// `DescribeTags` answers tags, not objects, so two conditions on one object need two reads. The second is saved where the
/// first finds nothing, as before every create.
pub(super) async fn list(client: &Client, owner: &Owner) -> Result<Vec<OwnedObject>> {
    let resource = owner.resource();
    let filters = vec![filter("key", RESOURCE_TAG), filter("value", &resource)];
    let named = describe(client, filters, RESOURCE_TAG, &resource).await?;
    let stack = owner.stack.to_string();
    let mut ours = BTreeSet::new();
    let ids: Vec<&str> = named.iter().map(|object| object.id.as_str()).collect();
    for ids in ids.chunks(FILTER_VALUES) {
        let ids = filter_any("resource-id", ids.iter().copied());
        let filters = vec![filter("key", STACK_TAG), filter("value", &stack), ids];
        ours.extend(describe(client, filters, STACK_TAG, &stack).await?);
    }
    Ok(named.into_iter().filter(|object| ours.contains(object)).collect())
}

/// What carries the stack tag of `stack`, ordered.
pub(super) async fn in_stack(client: &Client, stack: &StackName) -> Result<Vec<OwnedObject>> {
    let stack = stack.to_string();
    let filters = vec![filter("key", STACK_TAG), filter("value", &stack)];
    Ok(describe(client, filters, STACK_TAG, &stack).await?.into_iter().collect())
}

/// What carries any of the ownership tags, ordered, with those of its tags.
pub(super) async fn all(client: &Client) -> Result<Vec<(OwnedObject, Tags)>> {
    let mut all: BTreeMap<OwnedObject, Tags> = BTreeMap::new();
    for tag in tags(client, vec![filter_any("key", OWNERSHIP_TAGS)]).await? {
        let (key, value) = (tag.key.clone(), tag.value.clone());
        let key = required(DESCRIBE, "key", key)?;
        all.entry(object(tag)?).or_default().insert(key, value.unwrap_or_default());
    }
    Ok(all.into_iter().collect())
}

async fn describe(
    client: &Client,
    filters: Vec<Filter>,
    key: &str,
    value: &str,
) -> Result<BTreeSet<OwnedObject>> {
    // To the letter: EC2's filters read `*` and `?` in a value as wildcards.
    let ours = |tag: &TagDescription| tag.key() == Some(key) && tag.value() == Some(value);
    tags(client, filters).await?.into_iter().filter(ours).map(object).collect()
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTags.html>
async fn tags(client: &Client, filters: Vec<Filter>) -> Result<Vec<TagDescription>> {
    let call = client.describe_tags().set_filters(Some(filters));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    pages.try_collect().await.map_err(error::of(DESCRIBE))
}

/// The object that a tag is on.
fn object(tag: TagDescription) -> Result<OwnedObject> {
    let kind = tag.resource_type.as_ref().map(ResourceType::as_str);
    Ok(OwnedObject {
        kind: required(DESCRIBE, "resourceType", kind)?.to_owned(),
        id: required(DESCRIBE, "resourceId", tag.resource_id)?,
    })
}
