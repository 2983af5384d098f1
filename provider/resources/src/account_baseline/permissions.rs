//! What AWS must allow for a baseline, for the reference page.

use landform_framework::docs::{Permissions, Statement};

/// Reads of every plan.
const READ: [&str; 13] = [
    "budgets:ViewBudget",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeVpcs",
    "ec2:GetEbsDefaultKmsKeyId",
    "ec2:GetEbsEncryptionByDefault",
    "ec2:GetImageBlockPublicAccessState",
    "ec2:GetInstanceMetadataDefaults",
    "ec2:GetSerialConsoleAccessStatus",
    "ec2:GetSnapshotBlockPublicAccessState",
    "iam:GetAccountPasswordPolicy",
    "iam:ListAccountAliases",
    "organizations:DescribeEffectivePolicy",
    "s3:GetAccountPublicAccessBlock",
];

/// Settings of the account, which are no resources and have no ARN.
const SET: [&str; 13] = [
    "ec2:DisableEbsEncryptionByDefault",
    "ec2:DisableImageBlockPublicAccess",
    "ec2:DisableSerialConsoleAccess",
    "ec2:DisableSnapshotBlockPublicAccess",
    "ec2:EnableEbsEncryptionByDefault",
    "ec2:EnableImageBlockPublicAccess",
    "ec2:EnableSerialConsoleAccess",
    "ec2:EnableSnapshotBlockPublicAccess",
    "ec2:ModifyInstanceMetadataDefaults",
    "iam:CreateAccountAlias",
    "iam:DeleteAccountPasswordPolicy",
    "iam:UpdateAccountPasswordPolicy",
    "s3:PutAccountPublicAccessBlock",
];

/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>
const REMOVE_DEFAULT_VPC: [&str; 7] = [
    "ec2:DeleteInternetGateway",
    "ec2:DeleteSubnet",
    "ec2:DeleteVpc",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeSubnets",
    "ec2:DetachInternetGateway",
    "ec2:CreateTags",
];

/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html>
const BUDGET: [&str; 2] = ["budgets:ModifyBudget", "budgets:TagResource"];

pub(super) fn manage() -> Permissions {
    let mut read: Vec<String> = READ.map(str::to_owned).into();
    read.insert(0, "kms:DescribeKey".to_owned());
    read.sort();
    Permissions {
        read,
        write: vec![
            Statement::new("SetDefaults", SET),
            Statement::new("SetEbsKey", ["ec2:ModifyEbsDefaultKmsKeyId"]),
            Statement::new("RemoveDefaultVpc", REMOVE_DEFAULT_VPC),
            Statement {
                resources: vec!["arn:aws:budgets::*:budget/landform-account-baseline".to_owned()],
                ..Statement::new("Budget", BUDGET)
            },
        ],
        note: NOTE.to_owned(),
    }
}

const NOTE: &str = "The role in the account needs these, in each of `regions`. `kms:DescribeKey`, `ec2:GetEbsDefaultKmsKeyId` and \
                    `SetEbsKey` are for baselines with a key, `Budget` and `budgets:ViewBudget` for those with a budget, and \
                    `RemoveDefaultVpc` for those whose `default_vpc` is `absent`. A guardrail that protects these settings must \
                    exempt the role.";
