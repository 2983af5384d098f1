//! The kinds of policy that AWS Organizations has, and what fits into them.

use serde::Deserialize;

use crate::limits::{self, Limit};
use crate::text::word_type;

/// A kind of policy, by the name that AWS gives it.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PolicyType {
    /// What the principals of an account may do at most.
    ServiceControlPolicy,
    /// What may be done with the resources of an account at most, by anybody.
    ResourceControlPolicy,
    /// Settings of EC2 that accounts cannot change.
    #[serde(rename = "DECLARATIVE_POLICY_EC2")]
    DeclarativePolicyEc2,
    /// Settings of S3 that accounts cannot change.
    S3Policy,
    /// Whether AWS may use the content of accounts to improve its artificial intelligence services.
    AiservicesOptOutPolicy,
    /// How tags are written, and which must be there.
    TagPolicy,
    /// Backup plans for what carries a tag.
    BackupPolicy,
    /// Where Security Hub is on.
    SecurityhubPolicy,
    /// Where Inspector scans.
    InspectorPolicy,
}

impl PolicyType {
    /// All of them.
    pub const ALL: [PolicyType; 9] = [
        PolicyType::ServiceControlPolicy,
        PolicyType::ResourceControlPolicy,
        PolicyType::DeclarativePolicyEc2,
        PolicyType::S3Policy,
        PolicyType::AiservicesOptOutPolicy,
        PolicyType::TagPolicy,
        PolicyType::BackupPolicy,
        PolicyType::SecurityhubPolicy,
        PolicyType::InspectorPolicy,
    ];

    /// AWS's name, such as `SERVICE_CONTROL_POLICY`.
    pub fn as_str(self) -> &'static str {
        match self {
            PolicyType::ServiceControlPolicy => "SERVICE_CONTROL_POLICY",
            PolicyType::ResourceControlPolicy => "RESOURCE_CONTROL_POLICY",
            PolicyType::DeclarativePolicyEc2 => "DECLARATIVE_POLICY_EC2",
            PolicyType::S3Policy => "S3_POLICY",
            PolicyType::AiservicesOptOutPolicy => "AISERVICES_OPT_OUT_POLICY",
            PolicyType::TagPolicy => "TAG_POLICY",
            PolicyType::BackupPolicy => "BACKUP_POLICY",
            PolicyType::SecurityhubPolicy => "SECURITYHUB_POLICY",
            PolicyType::InspectorPolicy => "INSPECTOR_POLICY",
        }
    }

    /// Whether it is made of statements, and not of settings with `@@assign`.
    pub fn has_statements(self) -> bool {
        matches!(self, PolicyType::ServiceControlPolicy | PolicyType::ResourceControlPolicy)
    }
}

word_type!(
    PolicyType,
    "a kind of policy of AWS Organizations",
    "write AWS's name of one that is known here, such as `SERVICE_CONTROL_POLICY`, `TAG_POLICY` or `S3_POLICY`"
);

/// What there is room for on one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The largest document, in bytes.
    pub bytes: usize,
    /// Documents that may be attached to the target, with those of others.
    pub slots: usize,
    /// Of these, those that others hold: `FullAWSAccess`, Control Tower, people.
    pub taken: usize,
    /// The limit that `bytes` comes from.
    pub bytes_limit: Limit,
    /// The limit that `slots` comes from.
    pub slots_limit: Limit,
}

impl Budget {
    /// AWS's limits for a kind of policy, with the slot that `FullAWSAccess` holds counted as taken. None for kinds of
    /// which no page of AWS states the limits.
    pub fn of(policy_type: PolicyType) -> Option<Budget> {
        let (bytes_limit, slots_limit, taken) = match policy_type {
            PolicyType::ServiceControlPolicy => (limits::SCP_BYTES, limits::SCPS_PER_TARGET, 1),
            PolicyType::ResourceControlPolicy => (limits::RCP_BYTES, limits::RCPS_PER_TARGET, 1),
            PolicyType::DeclarativePolicyEc2
            | PolicyType::TagPolicy
            | PolicyType::BackupPolicy
            | PolicyType::SecurityhubPolicy => {
                (limits::MANAGEMENT_POLICY_BYTES, limits::MANAGEMENT_POLICIES_PER_TARGET, 0)
            }
            PolicyType::AiservicesOptOutPolicy => {
                (limits::AI_OPT_OUT_POLICY_BYTES, limits::AI_OPT_OUT_POLICIES_PER_TARGET, 0)
            }
            PolicyType::S3Policy | PolicyType::InspectorPolicy => return None,
        };
        let (bytes, slots) = (bytes_limit.value, slots_limit.value);
        Some(Budget { bytes, slots, taken, bytes_limit, slots_limit })
    }

    /// The same with so many slots held by others, `FullAWSAccess` among them.
    #[must_use]
    pub fn with_taken(self, taken: usize) -> Budget {
        Budget { taken, ..self }
    }

    /// Slots that are left for our documents.
    pub fn free(&self) -> usize {
        self.slots.saturating_sub(self.taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_aws_writes_them() {
        for policy_type in PolicyType::ALL {
            assert_eq!(policy_type.as_str().parse(), Ok(policy_type));
            assert_eq!(
                serde_json::from_value::<PolicyType>(policy_type.as_str().into()).unwrap(),
                policy_type
            );
        }
        let error = "SCP".parse::<PolicyType>().unwrap_err().to_string();
        assert!(error.contains("`SCP` is not a kind of policy") && error.contains("`TAG_POLICY`"), "{error}");
    }
}
