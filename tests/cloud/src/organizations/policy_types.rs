//! Kinds of policy: on, off, and about to be.

use super::*;

impl InProcessOrganizations {
    /// AWS answers before the kind is on.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
    pub(super) fn enable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        const OPERATION: &str = "EnablePolicyType";
        self.call(OPERATION, policy_type.as_str(), |world| {
            let status = world.policy_type_status(OPERATION, root, policy_type)?;
            match status {
                Some(PolicyTypeStatus::PendingDisable) => return Err(in_progress(OPERATION)),
                Some(_) => return Ok(()),
                None => {}
            }
            if service_of(policy_type).is_some_and(|service| !world.trusted_services.contains(service)) {
                return Err(constraint(ErrorKind::Invalid, OPERATION, "SERVICE_ACCESS_NOT_ENABLED"));
            }
            world.begin(policy_type, PolicyTypeStatus::PendingEnable);
            Ok(())
        })
    }

    /// Every policy of the kind is detached from everything.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html>
    pub(super) fn disable_policy_type(&self, root: &RootId, policy_type: PolicyType) -> Result<()> {
        const OPERATION: &str = "DisablePolicyType";
        self.call(OPERATION, policy_type.as_str(), |world| {
            match world.policy_type_status(OPERATION, root, policy_type)? {
                Some(PolicyTypeStatus::PendingEnable) => Err(in_progress(OPERATION)),
                Some(PolicyTypeStatus::PendingDisable) | None => Ok(()),
                Some(PolicyTypeStatus::Enabled) => {
                    world.begin(policy_type, PolicyTypeStatus::PendingDisable);
                    Ok(())
                }
            }
        })
    }

    pub(super) fn accounts_with_invalid_policy(&self, policy_type: PolicyType) -> Result<Vec<AccountId>> {
        const OPERATION: &str = "ListAccountsWithInvalidEffectivePolicy";
        self.list(OPERATION, policy_type.as_str(), |world| {
            if policy_type.has_statements() {
                return Err(invalid_input(OPERATION, "INVALID_ENUM_POLICY_TYPE"));
            }
            let mut found: Vec<AccountId> = world.invalid_of(policy_type).map(|(id, _)| id.clone()).collect();
            found.dedup();
            Ok(found)
        })
    }

    pub(super) fn invalid_policy_reasons(
        &self,
        account: &AccountId,
        policy_type: PolicyType,
    ) -> Result<Vec<InvalidPolicy>> {
        let subject = format!("{account} {policy_type}");
        self.list("ListEffectivePolicyValidationErrors", &subject, |world| {
            let found = world.invalid_of(policy_type).filter(|(id, _)| *id == account);
            Ok(found.map(|(_, reason)| reason.clone()).collect())
        })
    }
}

impl OrganizationWorld {
    fn invalid_of(&self, policy_type: PolicyType) -> impl Iterator<Item = (&AccountId, &InvalidPolicy)> {
        let of_type = self.invalid_policies.iter().filter(move |(_, kind, _)| *kind == policy_type);
        of_type.map(|(account, _, reason)| (account, reason))
    }

    fn policy_type_status(
        &self,
        operation: &'static str,
        root: &RootId,
        policy_type: PolicyType,
    ) -> Result<Option<PolicyTypeStatus>> {
        let known = self.root.as_ref().filter(|it| it.id == *root);
        let root = known.ok_or_else(|| absent(operation, "RootNotFoundException", root))?;
        Ok(root.policy_types.get(&policy_type).copied())
    }

    fn begin(&mut self, policy_type: PolicyType, status: PolicyTypeStatus) {
        if let Some(root) = &mut self.root {
            root.policy_types.insert(policy_type, status);
        }
        self.pending_types.insert(policy_type, self.policy_type_looks);
        if self.policy_type_looks == 0 {
            self.settle_policy_types();
        }
    }

    /// One look passes for kinds that are about to be on or off.
    pub(super) fn settle_policy_types(&mut self) {
        for policy_type in PolicyType::ALL {
            match self.pending_types.get_mut(&policy_type) {
                None => continue,
                Some(looks) if *looks > 1 => *looks -= 1,
                Some(_) => {
                    self.pending_types.remove(&policy_type);
                    self.finish(policy_type);
                }
            }
        }
    }

    fn finish(&mut self, policy_type: PolicyType) {
        let Some(root) = &mut self.root else { return };
        match root.policy_types.get_mut(&policy_type) {
            Some(status @ PolicyTypeStatus::PendingEnable) => {
                *status = PolicyTypeStatus::Enabled;
                self.attach_full_access(policy_type);
            }
            _ => {
                root.policy_types.remove(&policy_type);
                let gone: Vec<PolicyId> =
                    self.all_policies(policy_type).into_iter().map(|it| it.id).collect();
                self.attachments.retain(|(policy, _)| !gone.contains(policy));
            }
        }
    }
}

/// The service that must be trusted before a kind of policy is on, and until it is off.
///
/// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html#API_EnablePolicyType_Errors>
pub(super) fn service_of(policy_type: PolicyType) -> Option<&'static str> {
    match policy_type {
        PolicyType::SecurityhubPolicy => Some("securityhub.amazonaws.com"),
        PolicyType::InspectorPolicy => Some("inspector2.amazonaws.com"),
        _ => None,
    }
}

fn in_progress(operation: &'static str) -> CloudError {
    let text = "Changes to the effective policy are in progress. Try again later.";
    refuse(ErrorKind::NotReady, operation, "PolicyChangesInProgressException", text)
}
