//! What AWS must allow for sets of policies: the smallest IAM policies, for the reference pages.

use landform_framework::docs::{Permissions, Statement};
use landform_model::ownership::STACK_TAG;

/// Reads of every plan.
/// See [actions of AWS Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html).
const READ: [&str; 11] = [
    "organizations:DescribeAccount",
    "organizations:DescribeOrganization",
    "organizations:DescribePolicy",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListPolicies",
    "organizations:ListPoliciesForTarget",
    "organizations:ListRoots",
    "organizations:ListTagsForResource",
    "organizations:ListTargetsForPolicy",
];

/// What managing policies needs, with further reads.
pub(super) fn manage(more: &[&str]) -> Permissions {
    let stack = |key: &str| ("StringEquals", format!("aws:{key}/{STACK_TAG}"), vec!["STACK".to_owned()]);
    let policies = || vec!["arn:aws:organizations::*:policy/*/*/*".to_owned()];
    let write = vec![
        Statement {
            conditions: vec![stack("RequestTag")],
            ..Statement::new("MakeTagged", ["organizations:CreatePolicy", "organizations:TagResource"])
        },
        Statement {
            resources: policies(),
            conditions: vec![stack("ResourceTag")],
            ..Statement::new(
                "ChangeOurs",
                [
                    "organizations:DeletePolicy",
                    "organizations:TagResource",
                    "organizations:UntagResource",
                    "organizations:UpdatePolicy",
                ],
            )
        },
        Statement::new("Attach", ["organizations:AttachPolicy", "organizations:DetachPolicy"]),
    ];
    let read = READ.iter().chain(more).map(|action| (*action).to_owned()).collect();
    Permissions { read, write, note: NOTE.to_owned() }
}

const NOTE: &str = "These calls are made with the provider's own credentials, which must be those of the management account or of a \
                    delegated administrator of AWS Organizations. For `STACK` write the provider's `stack`. A policy that does not \
                    carry the tags of the stack cannot be changed or deleted. `Attach` names no tags, because the tags of targets \
                    are not Landform's.";
