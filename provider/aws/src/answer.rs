//! Reading the SDK's answers, in which every field is optional: what AWS always sends must be there.

use crate::error;
use aws_sdk_ec2::types::Tag;
use landform_cloud::{CloudError, Result, Tags};
use std::fmt::Display;
use std::str::FromStr;

/// The field itself; an error that names call and field when AWS did not send it.
pub(crate) fn required<T>(operation: &'static str, field: &str, value: Option<T>) -> Result<T> {
    value.ok_or_else(|| {
        CloudError::new(error::unread(operation), operation, format!("AWS answered without {field}"))
    })
}

/// A field in its own type; an error that names call and field when AWS sent none or something else.
pub(crate) fn parsed<T>(operation: &'static str, field: &str, value: Option<&str>) -> Result<T>
where
    T: FromStr,
    T::Err: Display,
{
    required(operation, field, value)?.parse().map_err(|error: T::Err| {
        CloudError::new(
            error::unread(operation),
            operation,
            format!("AWS answered with an unexpected {field}: {error}"),
        )
    })
}

/// A field in its own type that AWS may leave out.
pub(crate) fn parsed_if_any<T>(operation: &'static str, field: &str, value: Option<&str>) -> Result<Option<T>>
where
    T: FromStr,
    T::Err: Display,
{
    value.map(|text| parsed(operation, field, Some(text))).transpose()
}

/// Tags as a map. A tag without a value has the empty one.
pub(crate) fn tags(tags: &[Tag]) -> Tags {
    tags.iter()
        .filter_map(|tag| Some((tag.key()?.to_owned(), tag.value().unwrap_or_default().to_owned())))
        .collect()
}

/// Whether an object has all of `wanted`, to the letter: EC2's filters read `*` and `?` in a value as wildcards.
pub(crate) fn carries(tags: &Tags, wanted: &Tags) -> bool {
    wanted.iter().all(|(key, value)| tags.get(key) == Some(value))
}

/// The objects of a list read for `wanted` tags.
///
/// What has our tags we must be able to read. A read without tags is of everybody's objects, some of which the ports have no words
/// for - a subnet in a Local Zone or without an IPv4 block, the flow log of one network interface: those are left out.
pub(crate) fn readable<T>(wanted: &Tags, objects: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    match wanted.is_empty() {
        false => objects.collect(),
        true => Ok(objects.filter_map(Result::ok).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use landform_cloud::ErrorKind;
    use landform_cloud::id::VpcId;

    #[test]
    fn an_absent_id_is_an_error_that_names_call_and_field() {
        let error = parsed::<VpcId>("DescribeVpcs", "vpcId", None).unwrap_err();
        assert_eq!(error.to_string(), "DescribeVpcs: AWS answered without vpcId");
        let error = parsed::<VpcId>("DescribeVpcs", "vpcId", Some("subnet-1")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("DescribeVpcs: AWS answered with an unexpected vpcId: \"subnet-1\"")
        );
    }

    #[test]
    fn a_create_without_an_id_in_its_answer_may_have_made_its_object() {
        assert_eq!(parsed::<VpcId>("CreateVpc", "vpcId", None).unwrap_err().kind, ErrorKind::Ambiguous);
        assert_eq!(parsed::<VpcId>("DescribeVpcs", "vpcId", None).unwrap_err().kind, ErrorKind::Other);
    }
}
