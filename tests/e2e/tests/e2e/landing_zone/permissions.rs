//! The IAM policies on the reference pages are what a landing zone needs: no call is missing, and little is too much.

use landform_test_support::fault_proxy::Calls;
use landform_test_support::iam::permission;

use crate::permissions::{Actions, published};

const PAGES: [&str; 7] = [
    "account",
    "account_baseline",
    "deploy_roles",
    "guardrails",
    "organization",
    "organization_policy",
    "organizational_units",
];

/// The permissions that calls need; who one is may always be asked, and a role is assumed by its trust.
fn needed(calls: &Calls) -> Actions {
    calls.iter().filter(|call| call.service != "sts").map(permission).collect()
}

/// The call that tries out a new account, as the administrator that AWS has made in it.
const TRIAL: &str = "ec2:DescribeRegions";

/// What is published and not used here, with why.
const UNUSED: [(&str, &[&str]); 10] = [
    (
        "addresses, contacts and regions of accounts are left alone here; over the AWS in the process they are not",
        &[
            "account:AcceptPrimaryEmailUpdate",
            "account:DeleteAlternateContact",
            "account:EnableRegion",
            "account:GetAlternateContact",
            "account:ListRegions",
            "account:PutAlternateContact",
            "account:StartPrimaryEmailUpdate",
        ],
    ),
    (
        "AWS asks about these for another call; they are none of their own",
        &[
            "budgets:TagResource",
            "iam:CreateServiceLinkedRole",
            "iam:TagOpenIDConnectProvider",
            "iam:TagPolicy",
            "iam:TagRole",
        ],
    ),
    ("who assumes a role is not counted", &["sts:AssumeRole"]),
    (
        "policies of the organization enforce these, so that the baselines leave them alone; a baseline without them is in baseline.rs",
        &[
            "ec2:DisableImageBlockPublicAccess",
            "ec2:DisableSerialConsoleAccess",
            "ec2:DisableSnapshotBlockPublicAccess",
            "ec2:EnableImageBlockPublicAccess",
            "ec2:EnableSerialConsoleAccess",
            "ec2:EnableSnapshotBlockPublicAccess",
            "ec2:ModifyInstanceMetadataDefaults",
            "s3:PutAccountPublicAccessBlock",
        ],
    ),
    (
        "baselines are not changed back here, have no key, and the default VPCs of the emulator no gateway; baseline.rs has them all",
        &[
            "ec2:CreateTags",
            "ec2:DeleteInternetGateway",
            "ec2:DetachInternetGateway",
            "ec2:DisableEbsEncryptionByDefault",
            "ec2:GetEbsDefaultKmsKeyId",
            "ec2:ModifyEbsDefaultKmsKeyId",
            "iam:DeleteAccountPasswordPolicy",
            "kms:DescribeKey",
        ],
    ),
    (
        "deploy roles are made and destroyed here, and changed over the AWS in the process",
        &[
            "iam:AddClientIDToOpenIDConnectProvider",
            "iam:CreatePolicyVersion",
            "iam:DeletePolicyVersion",
            "iam:DeleteRolePermissionsBoundary",
            "iam:DeleteRolePolicy",
            "iam:GetRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
            "iam:UntagOpenIDConnectProvider",
            "iam:UntagPolicy",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
        ],
    ),
    (
        "nothing is switched off in the organization, and it has no delegated administrators; over the AWS in the process it has",
        &[
            "iam:DisableOrganizationsRootCredentialsManagement",
            "iam:DisableOrganizationsRootSessions",
            "organizations:DeregisterDelegatedAdministrator",
            "organizations:DisableAWSServiceAccess",
            "organizations:DisablePolicyType",
            "organizations:ListDelegatedServicesForAccount",
            "organizations:RegisterDelegatedAdministrator",
        ],
    ),
    (
        "units stay as they are and no account is closed; over the AWS in the process they are renamed, deleted and closed",
        &[
            "organizations:CloseAccount",
            "organizations:DeleteOrganizationalUnit",
            "organizations:UpdateOrganizationalUnit",
        ],
    ),
    (
        "only where AWS does not say where an account is, or that a policy is invalid in one",
        &["organizations:ListAccountsForParent", "organizations:ListEffectivePolicyValidationErrors"],
    ),
    (
        "`landform orphans` lists with these what no state knows, in tests/tree/lost_landing_zone.rs",
        &["iam:ListOpenIDConnectProviders", "iam:ListPolicies"],
    ),
];

/// What plans did must be allowed by the policies for planning, what applies did by both.
pub(super) fn are_published(planned: &Calls, applied: &Calls) {
    let (mut read, mut all) = (Actions::new(), Actions::new());
    for page in PAGES {
        let (plan, apply) = published(&format!("resources/{page}.md"));
        read.extend(plan.iter().cloned());
        all.extend(plan.into_iter().chain(apply));
    }
    let lacking = |calls, policies: &Actions| -> Vec<String> {
        let needed = needed(calls);
        needed.difference(policies).filter(|permission| *permission != TRIAL).cloned().collect()
    };
    assert_eq!(lacking(planned, &read), Vec::<String>::new(), "needed by a plan and not published");
    assert_eq!(lacking(applied, &all), Vec::<String>::new(), "needed by an apply and not published");
    let used: Actions = needed(planned).union(&needed(applied)).cloned().collect();
    let unused: Vec<&str> = all.difference(&used).map(String::as_str).collect();
    let elsewhere: Actions =
        UNUSED.iter().flat_map(|(_, actions)| actions.iter().copied().map(str::to_owned)).collect();
    assert_eq!(unused, elsewhere.iter().map(String::as_str).collect::<Vec<_>>(), "published and not used");
}
