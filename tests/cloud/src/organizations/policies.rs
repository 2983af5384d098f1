//! Policies.

use super::world::parsed;
use super::*;
use landform_model::PolicyJson;
use landform_model::guardrails::Budget;

/// What AWS's own policies say.
const FULL_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

impl InProcessOrganizations {
    pub(super) fn policies(&self, policy_type: PolicyType) -> Result<Vec<Policy>> {
        self.list("ListPolicies", policy_type.as_str(), |world| Ok(world.all_policies(policy_type)))
    }

    pub(super) fn policy_content(&self, policy: &PolicyId) -> Result<Option<String>> {
        self.call("DescribePolicy", policy.as_str(), |world| {
            if aws_managed().iter().any(|it| it.id == *policy) {
                return Ok(Some(FULL_ACCESS.to_owned()));
            }
            Ok(world.policies.iter().find(|it| it.policy.id == *policy).map(|it| it.content.clone()))
        })
    }

    pub(super) fn create_policy(&self, new: &NewPolicy) -> Result<Policy> {
        const OPERATION: &str = "CreatePolicy";
        self.call(OPERATION, new.name.clone(), |world| {
            world.free_policy_name(OPERATION, &new.name)?;
            check_content(OPERATION, new.policy_type, &new.content)?;
            if new.description.chars().count() > 512 {
                return Err(invalid_input(OPERATION, "MAX_LENGTH_EXCEEDED"));
            }
            let policy = Policy {
                id: parsed(&format!("p-{:08x}", world.count())),
                name: new.name.clone(),
                description: new.description.clone(),
                policy_type: new.policy_type,
                aws_managed: false,
            };
            world.tags.insert(policy.id.to_string(), new.tags.clone());
            world.policies.push(Document { policy: policy.clone(), content: new.content.clone() });
            Ok(policy)
        })
    }

    pub(super) fn update_policy(&self, policy: &PolicyId, change: &PolicyChange) -> Result<()> {
        const OPERATION: &str = "UpdatePolicy";
        self.call(OPERATION, policy.as_str(), |world| {
            let at = world.own_policy(OPERATION, policy)?;
            let Policy { name: old, policy_type, .. } = &world.policies[at].policy;
            if let Some(name) = change.name.as_ref().filter(|name| *name != old) {
                world.free_policy_name(OPERATION, name)?;
            }
            if let Some(content) = &change.content {
                check_content(OPERATION, *policy_type, content)?;
            }
            let Document { policy, content } = &mut world.policies[at];
            let PolicyChange { name, description, content: text } = change.clone();
            policy.name = name.unwrap_or_else(|| policy.name.clone());
            policy.description = description.unwrap_or_else(|| policy.description.clone());
            *content = text.unwrap_or_else(|| content.clone());
            Ok(())
        })
    }

    /// A policy that is attached to anything cannot be deleted.
    ///
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
    pub(super) fn delete_policy(&self, policy: &PolicyId) -> Result<()> {
        const OPERATION: &str = "DeletePolicy";
        self.call(OPERATION, policy.as_str(), |world| {
            if world.attachments.iter().any(|(id, _)| id == policy) {
                let text = format!("{policy} is attached to one or more entities.");
                return Err(refuse(ErrorKind::InUse, OPERATION, "PolicyInUseException", text));
            }
            match world.own_policy(OPERATION, policy) {
                Ok(at) => drop(world.policies.remove(at)),
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
            world.tags.remove(policy.as_str());
            Ok(())
        })
    }
}

impl OrganizationWorld {
    pub(super) fn all_policies(&self, policy_type: PolicyType) -> Vec<Policy> {
        let own = self.policies.iter().map(|it| it.policy.clone());
        own.chain(aws_managed()).filter(|it| it.policy_type == policy_type).collect()
    }

    /// Where a policy of people is in the list.
    fn own_policy(&self, operation: &'static str, policy: &PolicyId) -> Result<usize> {
        if aws_managed().iter().any(|it| it.id == *policy) {
            return Err(invalid_input(operation, "IMMUTABLE_POLICY"));
        }
        let known = self.policies.iter().position(|it| it.policy.id == *policy);
        known.ok_or_else(|| absent(operation, "PolicyNotFoundException", policy))
    }

    fn free_policy_name(&self, operation: &'static str, name: &str) -> Result<()> {
        if name.is_empty() || name.chars().count() > 128 {
            return Err(invalid_input(operation, "MAX_LENGTH_EXCEEDED"));
        }
        let taken = self.policies.iter().any(|it| it.policy.name == name)
            || aws_managed().iter().any(|it| it.name == name);
        match taken {
            true => Err(exists(operation, "DuplicatePolicyException", format!("A policy {name}"))),
            false => Ok(()),
        }
    }
}

/// `FullAWSAccess` and `RCPFullAWSAccess`.
///
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
pub(super) fn aws_managed() -> [Policy; 2] {
    [
        ("FullAWSAccess", PolicyType::ServiceControlPolicy),
        ("RCPFullAWSAccess", PolicyType::ResourceControlPolicy),
    ]
    .map(|(name, policy_type)| Policy {
        id: parsed(&format!("p-{name}")),
        name: name.to_owned(),
        description: "Allows access to every operation".to_owned(),
        policy_type,
        aws_managed: true,
    })
}

fn check_content(operation: &'static str, policy_type: PolicyType, content: &str) -> Result<()> {
    let is_object = content.trim_start().starts_with('{') && content.trim_end().ends_with('}');
    let is_good = match policy_type.has_statements() {
        true => content.parse::<PolicyJson>().is_ok(),
        false => is_object,
    };
    if !is_good {
        let text =
            "The provided policy document does not meet the requirements of the specified policy type.";
        return Err(refuse(ErrorKind::Invalid, operation, "MalformedPolicyDocumentException", text));
    }
    match Budget::of(policy_type) {
        Some(budget) if content.len() > budget.bytes => {
            Err(constraint(ErrorKind::Invalid, operation, "POLICY_CONTENT_LIMIT_EXCEEDED"))
        }
        _ => Ok(()),
    }
}
