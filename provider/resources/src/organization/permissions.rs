//! What AWS must allow for the organization.

use landform_framework::docs::{Permissions, Statement};

/// Reads of every plan.
/// See [actions of Organizations](https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html).
const READ: [&str; 11] = [
    "iam:ListOrganizationsFeatures",
    "organizations:DescribeOrganization",
    "organizations:ListAWSServiceAccessForOrganization",
    "organizations:ListAccounts",
    "organizations:ListAccountsForParent",
    "organizations:ListAccountsWithInvalidEffectivePolicy",
    "organizations:ListDelegatedAdministrators",
    "organizations:ListDelegatedServicesForAccount",
    "organizations:ListEffectivePolicyValidationErrors",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListRoots",
];

const CHANGE: [&str; 12] = [
    "iam:CreateServiceLinkedRole",
    "iam:DisableOrganizationsRootCredentialsManagement",
    "iam:DisableOrganizationsRootSessions",
    "iam:EnableOrganizationsRootCredentialsManagement",
    "iam:EnableOrganizationsRootSessions",
    "organizations:CreateOrganization",
    "organizations:DeregisterDelegatedAdministrator",
    "organizations:DisableAWSServiceAccess",
    "organizations:DisablePolicyType",
    "organizations:EnableAWSServiceAccess",
    "organizations:EnablePolicyType",
    "organizations:RegisterDelegatedAdministrator",
];

/// Everything that the resource does.
pub(super) fn manage() -> Permissions {
    Permissions {
        read: READ.map(str::to_owned).into(),
        write: vec![Statement::new("ChangeOrganization", CHANGE)],
        ..Permissions::default()
    }
}
