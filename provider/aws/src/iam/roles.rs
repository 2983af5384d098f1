//! Roles.

use super::{AwsIam, document, found, sent_once};
use crate::answer::parsed;
use crate::error;
use landform_cloud::iam::{Role, RolePolicies, RoleSettings};
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use landform_model::{Arn, RoleName};

impl AwsIam {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
    pub(super) async fn read_role(&self, name: &RoleName) -> Result<Option<Role>> {
        const OPERATION: &str = "GetRole";
        let answer = self.client.get_role().role_name(name.as_str()).send().await;
        let Some(answer) = found(answer.map_err(error::of(OPERATION)))? else { return Ok(None) };
        let Some(role) = answer.role() else { return Ok(None) };
        let boundary = role.permissions_boundary().and_then(|it| it.permissions_boundary_arn());
        Ok(Some(Role {
            arn: parsed(OPERATION, "Arn", Some(role.arn()))?,
            trust: role.assume_role_policy_document().and_then(document::read),
            description: role.description().unwrap_or_default().to_owned(),
            max_session_seconds: role.max_session_duration().unwrap_or_default(),
            boundary: crate::answer::parsed_if_any(OPERATION, "PermissionsBoundaryArn", boundary)?,
            tags: super::tags::read(role.tags()),
        }))
    }

    /// One call for what is attached, one for the names of inline policies, and one for each of these.
    pub(super) async fn read_role_policies(&self, name: &RoleName) -> Result<RolePolicies> {
        const ATTACHED: &str = "ListAttachedRolePolicies";
        let pages = self.client.list_attached_role_policies().role_name(name.as_str()).into_paginator();
        let attached = pages.items().send().try_collect().await.map_err(error::of(ATTACHED))?;
        let attached = attached.iter().map(|it| parsed(ATTACHED, "PolicyArn", it.policy_arn()));
        let mut policies =
            RolePolicies { attached: attached.collect::<Result<_>>()?, ..RolePolicies::default() };
        let pages = self.client.list_role_policies().role_name(name.as_str()).into_paginator();
        let names = pages.items().send().try_collect().await.map_err(error::of("ListRolePolicies"))?;
        for policy in names {
            let call = self.client.get_role_policy().role_name(name.as_str()).policy_name(&policy);
            let Some(answer) = found(call.send().await.map_err(error::of("GetRolePolicy")))? else {
                continue;
            };
            policies.inline.insert(policy, document::read(answer.policy_document()));
        }
        Ok(policies)
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>: answers trust policies, too.
    pub(super) async fn read_roles_that_trust(&self, principal: &Arn) -> Result<Vec<RoleName>> {
        const OPERATION: &str = "ListRoles";
        let quoted = format!("\"{principal}\"");
        let pages = self.client.list_roles().into_paginator().items().send();
        let roles = pages.try_collect().await.map_err(error::of(OPERATION))?;
        let trusting = roles.iter().filter(|role| {
            let trust = role.assume_role_policy_document().and_then(document::read);
            trust.is_some_and(|trust| trust.as_str().contains(&quoted))
        });
        trusting.map(|role| parsed(OPERATION, "RoleName", Some(role.role_name()))).collect()
    }

    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
    pub(super) async fn make_role(
        &self,
        name: &RoleName,
        settings: &RoleSettings,
        tags: &Tags,
    ) -> Result<()> {
        const OPERATION: &str = "CreateRole";
        let call = self.client.create_role().role_name(name.as_str());
        let call =
            call.assume_role_policy_document(settings.trust.as_str()).description(&settings.description);
        let call = call.max_session_duration(settings.max_session_seconds);
        let call = call.set_permissions_boundary(settings.boundary.as_ref().map(Arn::to_string));
        let call = call.set_tags(Some(super::tags::list(OPERATION, tags)?));
        let sent = call.customize().config_override(sent_once()).send().await;
        sent.map(drop).map_err(error::of(OPERATION)).map_err(unseen_principal)
    }

    pub(super) async fn set_boundary(&self, name: &RoleName, boundary: Option<&Arn>) -> Result<()> {
        match boundary {
            Some(boundary) => {
                let call = self.client.put_role_permissions_boundary().role_name(name.as_str());
                let call = call.permissions_boundary(boundary.to_string());
                call.send().await.map(drop).map_err(error::of("PutRolePermissionsBoundary"))
            }
            None => {
                let call = self.client.delete_role_permissions_boundary().role_name(name.as_str());
                call.send().await.map(drop).map_err(error::of("DeleteRolePermissionsBoundary"))
            }
        }
    }
}

/// AWS refuses a trust policy whose principal it does not see, in the words of one that is malformed. A role that was just made is
/// not seen for seconds. <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html>
pub(super) fn unseen_principal(error: CloudError) -> CloudError {
    let unseen = error.code.as_deref() == Some("MalformedPolicyDocument")
        && error.message.contains("Invalid principal");
    CloudError { kind: if unseen { ErrorKind::NotReady } else { error.kind }, ..error }
}
