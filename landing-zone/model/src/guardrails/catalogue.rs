//! The guardrails that Landform ships: one file each in `landing-zone/policies`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::guardrail::Guardrail;

/// Folder and name of each file, with its text.
macro_rules! files {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../policies/", $name, ".toml"))),)*]
    };
}

/// The files as they are written.
const FILES: &[(&str, &str)] = files![
    "declarative/ai-opt-out",
    "declarative/allowed-images-audit",
    "declarative/ami-block-public",
    "declarative/backup-tiers",
    "declarative/imds-required",
    "declarative/inspector-on",
    "declarative/required-tags",
    "declarative/s3-block-public",
    "declarative/securityhub-on",
    "declarative/serial-console-off",
    "declarative/snapshot-block-public",
    "declarative/vpc-block-public",
    "resource-control/rcp-cognito-no-guest",
    "resource-control/rcp-confused-deputy",
    "resource-control/rcp-eks-session-tags",
    "resource-control/rcp-https-only",
    "resource-control/rcp-identity-perimeter",
    "resource-control/rcp-kms-guard",
    "resource-control/rcp-network-perimeter",
    "resource-control/rcp-oidc-trust",
    "resource-control/rcp-ou-boundary",
    "resource-control/rcp-presigned-age",
    "resource-control/rcp-s3-protect",
    "resource-control/rcp-tls12",
    "service-control/deny-billing-change",
    "service-control/deny-commitments",
    "service-control/deny-default-vpc",
    "service-control/deny-external-sharing",
    "service-control/deny-federation-change",
    "service-control/deny-iam-users",
    "service-control/deny-identity-center-instances",
    "service-control/deny-kms-deletion",
    "service-control/deny-leave-organization",
    "service-control/deny-public-network",
    "service-control/deny-region-opt-in",
    "service-control/deny-root-credentials",
    "service-control/deny-root-user",
    "service-control/limit-instance-types",
    "service-control/network-perimeter",
    "service-control/protect-account-defaults",
    "service-control/protect-backup",
    "service-control/protect-control-tags",
    "service-control/protect-eks-pod-identity-tags",
    "service-control/protect-flow-logs",
    "service-control/protect-landform-roles",
    "service-control/protect-log-buckets",
    "service-control/protect-route53-zones",
    "service-control/protect-security-services",
    "service-control/protect-stacks",
    "service-control/quarantine",
    "service-control/region-allowlist-bedrock",
    "service-control/region-allowlist",
    "service-control/require-ebs-encryption",
    "service-control/require-efs-encryption",
    "service-control/require-imdsv2",
    "service-control/require-kms-deletion-window",
    "service-control/require-permissions-boundary",
    "service-control/require-rds-encryption",
    "service-control/require-vpc-deployment",
    "service-control/resource-perimeter",
    "service-control/suspended",
];

/// Every guardrail, sorted by folder and name.
///
/// A test reads every file; one that cannot be read is missing here.
pub fn all() -> &'static [Guardrail] {
    static ALL: LazyLock<Vec<Guardrail>> =
        LazyLock::new(|| FILES.iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect());
    &ALL
}

/// The guardrail of that name.
pub fn find(id: &str) -> Option<&'static Guardrail> {
    static BY_ID: LazyLock<BTreeMap<&'static str, &'static Guardrail>> =
        LazyLock::new(|| all().iter().map(|guardrail| (guardrail.id.as_str(), guardrail)).collect());
    BY_ID.get(id).copied()
}

/// What to say to somebody who wrote a name that is not there: the nearest one, or all.
pub(super) fn hint(id: &str) -> String {
    let ids = || all().iter().map(|guardrail| guardrail.id.as_str());
    match crate::nearest(id, ids()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("there are {}", ids().collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests;
