//! The documents of a set of policies: which there are, and what they are called.

use landform_model::ResourceName;
use landform_model::guardrails::PolicyType;
use landform_model::ownership::ChildKey;
use std::collections::BTreeSet;

/// Which document of a set: its kind, and its number among those of its kind. Both stay as long as the document does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DocumentKey {
    /// The kind of policy.
    pub(crate) policy_type: PolicyType,
    /// From 1 on.
    pub(crate) number: usize,
}

/// What a document must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    /// The guardrails in it, each as a whole.
    pub(crate) guardrails: BTreeSet<String>,
    /// Its text.
    pub(crate) content: String,
}

impl DocumentKey {
    /// The name of the policy: unique in the organization, and so what tells whether it was made already.
    pub(crate) fn policy_name(self, set: &ResourceName) -> String {
        match self.policy_type.has_statements() {
            true => format!("{set}-{}-{}", word(self.policy_type), self.number),
            false => format!("{set}-{}", word(self.policy_type)),
        }
    }

    /// The document that a policy of that name is in the set; none for a name of somebody else's.
    pub(crate) fn of(set: &ResourceName, policy_type: PolicyType, policy_name: &str) -> Option<DocumentKey> {
        let rest = policy_name.strip_prefix(set.as_str())?.strip_prefix('-')?;
        let rest = rest.strip_prefix(word(policy_type))?;
        let number = match policy_type.has_statements() {
            true => rest.strip_prefix('-')?.parse().ok()?,
            false => 1,
        };
        let key = DocumentKey { policy_type, number };
        (number > 0 && key.policy_name(set) == policy_name).then_some(key)
    }

    /// The document that a policy with this mark is.
    pub(crate) fn of_child(policy_type: PolicyType, child: &ChildKey) -> Option<DocumentKey> {
        let number = child.as_str().rsplit_once('/')?.1.parse().ok()?;
        let key = DocumentKey { policy_type, number };
        (number > 0 && key.child() == *child).then_some(key)
    }

    /// The document's mark among the ownership tags.
    pub(crate) fn child(self) -> ChildKey {
        ChildKey::numbered(word(self.policy_type), self.number)
    }
}

/// The set that a policy of that name may be of: what stands before the kind.
pub(super) fn set_of(policy_type: PolicyType, policy_name: &str) -> Option<ResourceName> {
    let end = format!("-{}", word(policy_type));
    let name = match policy_type.has_statements() {
        true => policy_name.rsplit_once('-')?.0.strip_suffix(&end)?,
        false => policy_name.strip_suffix(&end)?,
    };
    let name: ResourceName = name.parse().ok()?;
    DocumentKey::of(&name, policy_type, policy_name).map(|_| name)
}

/// The word for a kind of policy in names.
fn word(policy_type: PolicyType) -> &'static str {
    match policy_type {
        PolicyType::ServiceControlPolicy => "scp",
        PolicyType::ResourceControlPolicy => "rcp",
        PolicyType::DeclarativePolicyEc2 => "ec2",
        PolicyType::S3Policy => "s3",
        PolicyType::AiservicesOptOutPolicy => "ai-opt-out",
        PolicyType::TagPolicy => "tag",
        PolicyType::BackupPolicy => "backup",
        PolicyType::SecurityhubPolicy => "security-hub",
        PolicyType::InspectorPolicy => "inspector",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_set_kind_and_number() {
        let set: ResourceName = "workloads".parse().unwrap();
        for (policy_type, number, name) in [
            (PolicyType::ServiceControlPolicy, 2, "workloads-scp-2"),
            (PolicyType::ResourceControlPolicy, 1, "workloads-rcp-1"),
            (PolicyType::DeclarativePolicyEc2, 1, "workloads-ec2"),
            (PolicyType::AiservicesOptOutPolicy, 1, "workloads-ai-opt-out"),
        ] {
            let key = DocumentKey { policy_type, number };
            assert_eq!(key.policy_name(&set), name);
            assert_eq!(DocumentKey::of(&set, policy_type, name), Some(key));
            assert_eq!(set_of(policy_type, name), Some(set.clone()));
        }
    }

    #[test]
    fn a_mark_tells_kind_and_number() {
        let scp = PolicyType::ServiceControlPolicy;
        for (policy_type, number) in [(scp, 2), (PolicyType::S3Policy, 1)] {
            let key = DocumentKey { policy_type, number };
            assert_eq!(DocumentKey::of_child(policy_type, &key.child()), Some(key));
        }
        for mark in ["scp", "scp/0", "scp/02", "rcp/1", "scp/x"] {
            assert_eq!(DocumentKey::of_child(scp, &mark.parse().unwrap()), None, "{mark}");
        }
    }

    #[test]
    fn names_of_others_are_no_documents() {
        let set: ResourceName = "workloads".parse().unwrap();
        let scp = PolicyType::ServiceControlPolicy;
        for name in [
            "workloads",
            "workloads-scp",
            "workloads-scp-",
            "workloads-scp-x",
            "workloads-scp-0",
            "workloads-scp-01",
            "workloads-rcp-1",
            "workloads-prod-scp-1",
            "FullAWSAccess",
        ] {
            assert_eq!(DocumentKey::of(&set, scp, name), None, "{name}");
        }
        assert_eq!(set_of(scp, "aws-guardrails-abc"), None);
        assert_eq!(set_of(PolicyType::DeclarativePolicyEc2, "a-ec2-1"), None);
    }
}
