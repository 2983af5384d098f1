//! What AWS must allow for deploy roles: the smallest IAM policies, for the reference pages.

use landform_framework::docs::{Permissions, Statement};
use landform_model::ownership::STACK_TAG;

/// See [actions of IAM](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html).
///
/// The three lists are for `landform orphans`, which finds by tags what no state knows.
const READ: [&str; 11] = [
    "iam:GetOpenIDConnectProvider",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListOpenIDConnectProviders",
    "iam:ListPolicies",
    "iam:ListPolicyVersions",
    "iam:ListRolePolicies",
    "iam:ListRoles",
];

/// What makes an object with its tags in the same call.
const MAKE: [&str; 6] = [
    "iam:CreateOpenIDConnectProvider",
    "iam:CreatePolicy",
    "iam:CreateRole",
    "iam:TagOpenIDConnectProvider",
    "iam:TagPolicy",
    "iam:TagRole",
];

/// Changes of what carries our tags.
const CHANGE_OURS: [&str; 20] = [
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:AttachRolePolicy",
    "iam:CreatePolicyVersion",
    "iam:DeleteOpenIDConnectProvider",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:TagOpenIDConnectProvider",
    "iam:TagPolicy",
    "iam:TagRole",
    "iam:UntagOpenIDConnectProvider",
    "iam:UntagPolicy",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
];

/// Planning and applying.
pub(super) fn manage() -> Permissions {
    let stack =
        |key: &str| vec![("StringEquals", format!("aws:{key}/{STACK_TAG}"), vec!["STACK".to_owned()])];
    let write = vec![
        Statement { conditions: stack("RequestTag"), ..Statement::new("MakeTagged", MAKE) },
        Statement { conditions: stack("ResourceTag"), ..Statement::new("ChangeOurs", CHANGE_OURS) },
    ];
    let note = "For `STACK` write the provider's `stack`, or patterns with `StringLike`. The role that applies cannot have these \
                permissions: its own boundary denies them.";
    Permissions { read: READ.map(str::to_owned).to_vec(), write, note: note.to_owned() }
}
