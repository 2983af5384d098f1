//! Building EC2 requests: filters and tags.

use aws_sdk_ec2::types::{Filter, ResourceType, Tag, TagSpecification};
use landform_cloud::Tags;

/// The most objects that one page of a list read may hold, for most calls.
pub(crate) const PAGE: i32 = 1000;

/// A filter on one value.
pub(crate) fn filter(name: &str, value: impl Into<String>) -> Filter {
    Filter::builder().name(name).values(value).build()
}

/// AWS takes at most this many values in one filter.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html>
pub(crate) const FILTER_VALUES: usize = 200;

/// A filter on any of some values, at most [`FILTER_VALUES`].
pub(crate) fn filter_any<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> Filter {
    let values = values.into_iter().map(str::to_owned).collect();
    Filter::builder().name(name).set_values(Some(values)).build()
}

/// One filter per tag: an object must have all of them.
pub(crate) fn tag_filters(tags: &Tags) -> Option<Vec<Filter>> {
    // EC2 refuses an empty list of filters.
    (!tags.is_empty()).then(|| tags.iter().map(|(key, value)| filter(&format!("tag:{key}"), value)).collect())
}

/// Tags in the SDK's type.
pub(crate) fn tag_list(tags: &Tags) -> Vec<Tag> {
    tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}

/// The tags that a create gives to its object in the same call.
pub(crate) fn tags_for(kind: ResourceType, tags: &Tags) -> Option<Vec<TagSpecification>> {
    (!tags.is_empty())
        .then(|| vec![TagSpecification::builder().resource_type(kind).set_tags(Some(tag_list(tags))).build()])
}
