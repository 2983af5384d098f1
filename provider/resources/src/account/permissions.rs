//! What AWS must allow for an account.

use landform_framework::docs::{Permissions, Statement};

/// Reads of every plan.
/// See [actions of Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html)
/// and [of Account Management](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsaccountmanagement.html).
const READ: [&str; 11] = [
    "account:GetAlternateContact",
    "account:ListRegions",
    "organizations:DescribeAccount",
    "organizations:DescribeCreateAccountStatus",
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListCreateAccountStatus",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
    "organizations:ListTagsForResource",
];

const CHANGE: [&str; 10] = [
    "account:AcceptPrimaryEmailUpdate",
    "account:DeleteAlternateContact",
    "account:EnableRegion",
    "account:PutAccountName",
    "account:PutAlternateContact",
    "account:StartPrimaryEmailUpdate",
    "organizations:CreateAccount",
    "organizations:MoveAccount",
    "organizations:TagResource",
    "organizations:UntagResource",
];

const NOTE: &str = "`TryOut` is for `wait_ready`: it assumes `role_name` in the account and calls `ec2:DescribeRegions` there. `Close` is \
                    for accounts whose `on_destroy` is `close`.";

/// Everything that the resource does.
pub(super) fn manage() -> Permissions {
    Permissions {
        read: READ.map(str::to_owned).into(),
        write: vec![
            Statement::new("ChangeAccounts", CHANGE),
            Statement {
                resources: vec!["arn:aws:iam::*:role/OrganizationAccountAccessRole".to_owned()],
                ..Statement::new("TryOut", ["sts:AssumeRole"])
            },
            Statement::new("Close", ["organizations:CloseAccount"]),
        ],
        note: NOTE.to_owned(),
    }
}
