//! The permission that AWS asks about for a call, where it has another name than the action.

use crate::fault_proxy::Call;

/// Actions of S3 whose permission is called otherwise.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
const S3: [(&str, &str); 18] = [
    ("DeleteAccountPublicAccessBlock", "PutAccountPublicAccessBlock"),
    ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    ("DeleteBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
    ("DeleteBucketTagging", "PutBucketTagging"),
    ("DeleteObjects", "DeleteObject"),
    ("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
    ("GetBucketEncryption", "GetEncryptionConfiguration"),
    ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
    ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    ("HeadBucket", "ListBucket"),
    ("HeadObject", "GetObject"),
    ("ListObjectVersions", "ListBucketVersions"),
    ("ListObjectsV2", "ListBucket"),
    ("PutBucketEncryption", "PutEncryptionConfiguration"),
    ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
    ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
];

/// The permission for `call`, such as `ec2:CreateVpc`.
pub fn permission(call: &Call) -> String {
    let action = call.action.as_str();
    let name = match call.service.as_str() {
        "s3" => S3.iter().find(|(called, _)| *called == action).map_or(action, |(_, permission)| permission),
        // <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html>
        "budgets" if action.ends_with("Resource") => action,
        "budgets" if call.mutating => "ModifyBudget",
        "budgets" => "ViewBudget",
        _ => action,
    };
    format!("{}:{name}", call.service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_may_be_called_otherwise_than_the_action() {
        for (service, action, mutating, expected) in [
            ("ec2", "CreateVpc", true, "ec2:CreateVpc"),
            ("s3", "HeadBucket", false, "s3:ListBucket"),
            ("s3", "HeadObject", false, "s3:GetObject"),
            ("s3", "GetBucketVersioning", false, "s3:GetBucketVersioning"),
            ("budgets", "DescribeBudget", false, "budgets:ViewBudget"),
            ("budgets", "UpdateBudget", true, "budgets:ModifyBudget"),
            ("budgets", "TagResource", true, "budgets:TagResource"),
        ] {
            let call =
                Call { service: service.to_owned(), action: action.to_owned(), mutating, ..Call::default() };
            assert_eq!(permission(&call), expected);
        }
    }
}
