//! What policies are attached to.

use super::policies::aws_managed;
use super::*;
use landform_model::guardrails::Budget;

impl InProcessOrganizations {
    pub(super) fn targets(&self, policy: &PolicyId) -> Result<Vec<TargetId>> {
        const OPERATION: &str = "ListTargetsForPolicy";
        self.list(OPERATION, policy.as_str(), |world| {
            world.policy_type(OPERATION, policy)?;
            let on = world.attachments.iter().filter(|(id, _)| id == policy);
            Ok(on.map(|(_, target)| target.clone()).collect())
        })
    }

    pub(super) fn policies_on(&self, target: &TargetId, policy_type: PolicyType) -> Result<Vec<Policy>> {
        const OPERATION: &str = "ListPoliciesForTarget";
        self.list(OPERATION, &format!("{target} {policy_type}"), |world| match world.is_target(target) {
            true => Ok(world.attached(target, policy_type)),
            false => Err(absent(OPERATION, "TargetNotFoundException", target)),
        })
    }

    pub(super) fn attach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        const OPERATION: &str = "AttachPolicy";
        self.call(OPERATION, format!("{policy} {target}"), |world| {
            let policy_type = world.can_change(OPERATION, policy, target)?;
            let attached = world.attached(target, policy_type);
            if attached.iter().any(|it| it.id == *policy) {
                return Ok(());
            }
            if Budget::of(policy_type).is_some_and(|budget| attached.len() >= budget.slots) {
                let reason = "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED";
                return Err(constraint(ErrorKind::Quota, OPERATION, reason));
            }
            world.attachments.insert((policy.clone(), target.clone()));
            Ok(())
        })
    }

    /// Every target keeps one service control policy at least, and `RCPFullAWSAccess`.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html>
    pub(super) fn detach_policy(&self, policy: &PolicyId, target: &TargetId) -> Result<()> {
        const OPERATION: &str = "DetachPolicy";
        self.call(OPERATION, format!("{policy} {target}"), |world| {
            let policy_type = world.can_change(OPERATION, policy, target)?;
            let attached = world.attached(target, policy_type);
            if !attached.iter().any(|it| it.id == *policy) {
                return Ok(());
            }
            if policy.as_str() == "p-RCPFullAWSAccess" {
                return Err(invalid_input(OPERATION, "NON_DETACHABLE_POLICY"));
            }
            if policy_type == PolicyType::ServiceControlPolicy && attached.len() == 1 {
                let reason = "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED";
                return Err(constraint(ErrorKind::Invalid, OPERATION, reason));
            }
            world.attachments.remove(&(policy.clone(), target.clone()));
            Ok(())
        })
    }
}

impl OrganizationWorld {
    fn policy_type(&self, operation: &'static str, policy: &PolicyId) -> Result<PolicyType> {
        let own = self.policies.iter().map(|it| it.policy.clone());
        let known = own.chain(aws_managed()).find(|it| it.id == *policy);
        known.map(|it| it.policy_type).ok_or_else(|| absent(operation, "PolicyNotFoundException", policy))
    }

    fn can_change(
        &self,
        operation: &'static str,
        policy: &PolicyId,
        target: &TargetId,
    ) -> Result<PolicyType> {
        let policy_type = self.policy_type(operation, policy)?;
        if !self.is_target(target) {
            return Err(absent(operation, "TargetNotFoundException", target));
        }
        match self.is_enabled(policy_type) {
            true => Ok(policy_type),
            false => {
                let text = format!("{policy_type} is not enabled for the root.");
                Err(refuse(ErrorKind::Invalid, operation, "PolicyTypeNotEnabledException", text))
            }
        }
    }

    fn attached(&self, target: &TargetId, policy_type: PolicyType) -> Vec<Policy> {
        let is_on = |it: &Policy| self.attachments.contains(&(it.id.clone(), target.clone()));
        self.all_policies(policy_type).into_iter().filter(is_on).collect()
    }

    /// AWS attaches its own policy of a kind to everything that there is.
    pub(super) fn attach_full_access(&mut self, policy_type: PolicyType) {
        let root = self.root.iter().map(|it| TargetId::Root(it.id.clone()));
        let units = self.units.iter().map(|it| TargetId::Unit(it.unit.id.clone()));
        let accounts = self.accounts.iter().map(|it| TargetId::Account(it.id.clone()));
        let targets: Vec<TargetId> = root.chain(units).chain(accounts).collect();
        for policy in aws_managed().into_iter().filter(|it| it.policy_type == policy_type) {
            self.attachments.extend(targets.iter().map(|target| (policy.id.clone(), target.clone())));
        }
    }

    /// AWS attaches its own policies of the kinds that are on to what is new.
    pub(super) fn attach_defaults(&mut self, target: &TargetId) {
        for policy in aws_managed() {
            if self.is_enabled(policy.policy_type) {
                self.attachments.insert((policy.id, target.clone()));
            }
        }
    }
}
