//! What AWS must allow for the tree.

use landform_framework::docs::{Permissions, Statement};

/// Reads of every plan.
/// See [actions of Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html).
const READ: [&str; 6] = [
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
    "organizations:ListTagsForResource",
];

const CHANGE: [&str; 5] = [
    "organizations:CreateOrganizationalUnit",
    "organizations:DeleteOrganizationalUnit",
    "organizations:TagResource",
    "organizations:UntagResource",
    "organizations:UpdateOrganizationalUnit",
];

/// Everything that the resource does.
pub(super) fn manage() -> Permissions {
    Permissions {
        read: READ.map(str::to_owned).into(),
        write: vec![Statement::new("ChangeTree", CHANGE)],
        ..Permissions::default()
    }
}
