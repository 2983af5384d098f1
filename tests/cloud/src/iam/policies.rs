//! Managed policies: five versions at most, and one that is in use cannot be deleted.

use super::*;
use landform_model::limits::MANAGED_POLICY_VERSIONS;

impl InProcessIam {
    pub(super) fn read_policy(&self, arn: &Arn) -> Result<Option<ManagedPolicy>> {
        self.call("GetPolicy", arn.resource(), |iam| {
            Ok(iam.policies.get(arn).map(|it| ManagedPolicy {
                document: it.versions.get(&it.default).cloned(),
                other_versions: it
                    .versions
                    .keys()
                    .filter(|number| **number != it.default)
                    .map(|number| format!("v{number}"))
                    .collect(),
                tags: it.tags.clone(),
            }))
        })
    }

    pub(super) fn make_policy(&self, name: &str, document: &PolicyJson, tags: &Tags) -> Result<()> {
        const OPERATION: &str = "CreatePolicy";
        let arn =
            format!("arn:{}:iam::{}:policy/{name}", self.target.region.partition(), self.target.account);
        self.call(OPERATION, child(tags), |iam| {
            let arn: Arn = arn.parse().map_err(|_| absent(OPERATION, name))?;
            if iam.policies.contains_key(&arn) {
                return Err(exists(OPERATION, name));
            }
            let versions = [(1, document.clone())].into();
            iam.policies.insert(arn, InMemoryPolicy { versions, default: 1, tags: tags.clone() });
            Ok(())
        })
    }

    pub(super) fn make_policy_version(&self, arn: &Arn, document: &PolicyJson) -> Result<()> {
        const OPERATION: &str = "CreatePolicyVersion";
        self.call(OPERATION, arn.resource(), |iam| {
            let policy = iam.policies.get_mut(arn).ok_or_else(|| absent(OPERATION, arn))?;
            if policy.versions.len() >= MANAGED_POLICY_VERSIONS.value {
                let text = "A managed policy can have up to 5 versions.";
                return Err(refuse(ErrorKind::Quota, OPERATION, "LimitExceeded", text));
            }
            let number = policy.versions.keys().max().copied().unwrap_or_default() + 1;
            policy.versions.insert(number, document.clone());
            policy.default = number;
            Ok(())
        })
    }

    pub(super) fn remove_policy_version(&self, arn: &Arn, version: &str) -> Result<()> {
        const OPERATION: &str = "DeletePolicyVersion";
        self.call(OPERATION, format!("{} {version}", arn.resource()), |iam| {
            let Some(policy) = iam.policies.get_mut(arn) else { return Ok(()) };
            if version == format!("v{}", policy.default) {
                return Err(in_use(OPERATION, "Cannot delete the default version of a policy."));
            }
            policy.versions.retain(|number, _| format!("v{number}") != version);
            Ok(())
        })
    }

    pub(super) fn remove_policy(&self, arn: &Arn) -> Result<()> {
        const OPERATION: &str = "DeletePolicy";
        self.call(OPERATION, arn.resource(), |iam| {
            let Some(policy) = iam.policies.get(arn) else { return Ok(()) };
            if policy.versions.len() > 1 {
                let text = "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.";
                return Err(in_use(OPERATION, text));
            }
            let uses = |it: &InMemoryRole| {
                it.role.boundary.as_ref() == Some(arn) || it.policies.attached.contains(arn)
            };
            if iam.roles.values().any(uses) {
                return Err(in_use(OPERATION, "Cannot delete a policy attached to entities."));
            }
            iam.policies.remove(arn);
            Ok(())
        })
    }
}
