//! What AWS must allow for a state backend: the smallest IAM policies, for the reference pages.

use landform_framework::docs::{Permissions, Statement};
use landform_model::ownership::STACK_TAG;

/// See [actions of S3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html) and
/// [of KMS](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html).
///
/// The list of buckets is for `landform orphans`, which finds by tags what no state knows.
const READ: [&str; 14] = [
    "kms:DescribeKey",
    "kms:GetKeyRotationStatus",
    "kms:ListKeys",
    "kms:ListResourceTags",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:ListAllMyBuckets",
    "s3:ListBucket",
    "s3:ListBucketVersions",
];

const WRITE_BUCKETS: [&str; 14] = [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:TagResource",
    "s3:UntagResource",
];

const CHANGE_KEYS: [&str; 4] =
    ["kms:EnableKeyRotation", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource"];

/// Planning and applying.
pub(super) fn manage() -> Permissions {
    let stack =
        |key: &str| vec![("StringEquals", format!("aws:{key}/{STACK_TAG}"), vec!["STACK".to_owned()])];
    let write = vec![
        Statement {
            resources: vec!["arn:aws:s3:::BUCKET".to_owned(), "arn:aws:s3:::BUCKET/*".to_owned()],
            ..Statement::new("Bucket", WRITE_BUCKETS)
        },
        Statement {
            conditions: stack("RequestTag"),
            ..Statement::new("MakeTaggedKey", ["kms:CreateKey", "kms:TagResource"])
        },
        Statement { conditions: stack("ResourceTag"), ..Statement::new("ChangeOurKey", CHANGE_KEYS) },
        Statement::new("Alias", ["kms:CreateAlias", "kms:DeleteAlias"]),
    ];
    let note = "For `STACK` write the provider's `stack`, or patterns with `StringLike`; for `BUCKET` the name of the bucket.";
    Permissions { read: READ.map(str::to_owned).to_vec(), write, note: note.to_owned() }
}
