//! IAM over objects in memory. It is global: every region of an account sees the same objects.

mod oidc_providers;
mod policies;
mod roles;
mod world;

pub use world::{IamWorld, InMemoryPolicy, InMemoryRole};

use super::{InProcessCloud, refuse};
use landform_cloud::iam::*;
use landform_cloud::network::OwnedObject;
use landform_cloud::{CloudError, ErrorKind, Iam, IamReads, Result, Tags, Target};
use landform_model::ownership::CHILD_TAG;
use landform_model::trust::{OidcAudience, OidcIssuer};
use landform_model::{Arn, PolicyJson, RoleName};
use std::collections::BTreeSet;
use std::fmt::Display;

pub(super) struct InProcessIam {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

impl InProcessIam {
    /// `target` is any region of the account.
    pub(super) fn new(cloud: InProcessCloud, target: &Target) -> Self {
        Self { cloud, target: home(target) }
    }

    fn call<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut IamWorld) -> Result<T>,
    ) -> Result<T> {
        self.cloud.call(&self.target, operation, subject, |world, _| act(&mut world.iam))
    }
}

/// The region in whose world the objects of IAM are kept.
pub(super) fn home(target: &Target) -> Target {
    match "us-east-1".parse() {
        Ok(region) => Target { region, account: target.account.clone() },
        Err(_) => target.clone(),
    }
}

#[async_trait::async_trait]
impl IamReads for InProcessIam {
    async fn role(&self, name: &RoleName) -> Result<Option<Role>> {
        self.read_role(name)
    }
    async fn role_policies(&self, name: &RoleName) -> Result<RolePolicies> {
        self.read_role_policies(name)
    }
    async fn roles_that_trust(&self, principal: &Arn) -> Result<Vec<RoleName>> {
        self.read_roles_that_trust(principal)
    }
    async fn policy(&self, arn: &Arn) -> Result<Option<ManagedPolicy>> {
        self.read_policy(arn)
    }
    async fn oidc_provider(&self, arn: &Arn) -> Result<Option<OidcProvider>> {
        self.call("GetOpenIDConnectProvider", arn.resource(), |iam| Ok(iam.oidc_providers.get(arn).cloned()))
    }
    async fn all_owned(&self) -> Result<Vec<(OwnedObject, Tags)>> {
        self.call("ListRoles", "landform", |iam| Ok(iam.owned()))
    }
}

#[async_trait::async_trait]
impl Iam for InProcessIam {
    async fn create_role(&self, name: &RoleName, settings: &RoleSettings, tags: &Tags) -> Result<()> {
        self.make_role(name, settings, tags)
    }
    async fn update_role(&self, name: &RoleName, settings: &RoleSettings) -> Result<()> {
        self.change_role("UpdateRole", name, |role| {
            role.role.description.clone_from(&settings.description);
            role.role.max_session_seconds = settings.max_session_seconds;
        })
    }
    async fn update_trust(&self, name: &RoleName, trust: &PolicyJson) -> Result<()> {
        self.change_role("UpdateAssumeRolePolicy", name, |role| role.role.trust = Some(trust.clone()))
    }
    async fn set_permission_boundary(&self, name: &RoleName, boundary: Option<&Arn>) -> Result<()> {
        let operation = match boundary {
            Some(_) => "PutRolePermissionsBoundary",
            None => "DeleteRolePermissionsBoundary",
        };
        self.change_role(operation, name, |role| role.role.boundary = boundary.cloned())
    }
    async fn attach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()> {
        self.attach(name, policy)
    }
    async fn detach_policy(&self, name: &RoleName, policy: &Arn) -> Result<()> {
        gone_is_done(self.change_role("DetachRolePolicy", name, |role| {
            role.policies.attached.remove(policy);
        }))
    }
    async fn put_inline_policy(&self, name: &RoleName, policy: &str, document: &PolicyJson) -> Result<()> {
        self.change_role("PutRolePolicy", name, |role| {
            role.policies.inline.insert(policy.to_owned(), Some(document.clone()));
        })
    }
    async fn delete_inline_policy(&self, name: &RoleName, policy: &str) -> Result<()> {
        gone_is_done(self.change_role("DeleteRolePolicy", name, |role| {
            role.policies.inline.remove(policy);
        }))
    }
    async fn delete_role(&self, name: &RoleName) -> Result<()> {
        self.remove_role(name)
    }
    async fn create_policy(
        &self,
        name: &str,
        _description: &str,
        document: &PolicyJson,
        tags: &Tags,
    ) -> Result<()> {
        self.make_policy(name, document, tags)
    }
    async fn create_policy_version(&self, arn: &Arn, document: &PolicyJson) -> Result<()> {
        self.make_policy_version(arn, document)
    }
    async fn delete_policy_version(&self, arn: &Arn, version: &str) -> Result<()> {
        self.remove_policy_version(arn, version)
    }
    async fn delete_policy(&self, arn: &Arn) -> Result<()> {
        self.remove_policy(arn)
    }
    async fn create_oidc_provider(
        &self,
        issuer: &OidcIssuer,
        audiences: &BTreeSet<OidcAudience>,
        tags: &Tags,
    ) -> Result<()> {
        self.make_oidc_provider(issuer, audiences, tags)
    }
    async fn add_audience(&self, provider: &Arn, audience: &OidcAudience) -> Result<()> {
        self.change_oidc_provider("AddClientIDToOpenIDConnectProvider", provider, |it| {
            it.audiences.insert(audience.to_string());
        })
    }
    async fn delete_oidc_provider(&self, provider: &Arn) -> Result<()> {
        self.call("DeleteOpenIDConnectProvider", provider.resource(), |iam| {
            iam.oidc_providers.remove(provider);
            Ok(())
        })
    }
    async fn set_tags(&self, object: &Tagged, tags: &Tags) -> Result<()> {
        let operation = match object {
            Tagged::Role(_) => "TagRole",
            Tagged::Policy(_) => "TagPolicy",
            Tagged::OidcProvider(_) => "TagOpenIDConnectProvider",
        };
        self.change_tags(operation, object, |all| all.extend(tags.clone()))
    }
    async fn remove_tags(&self, object: &Tagged, keys: &BTreeSet<String>) -> Result<()> {
        let operation = match object {
            Tagged::Role(_) => "UntagRole",
            Tagged::Policy(_) => "UntagPolicy",
            Tagged::OidcProvider(_) => "UntagOpenIDConnectProvider",
        };
        self.change_tags(operation, object, |all| all.retain(|key, _| !keys.contains(key)))
    }
}

fn child(tags: &Tags) -> String {
    tags.get(CHILD_TAG).cloned().unwrap_or_default()
}

fn absent(operation: &'static str, what: impl Display) -> CloudError {
    refuse(ErrorKind::NotFound, operation, "NoSuchEntity", format!("{what} cannot be found"))
}

fn exists(operation: &'static str, what: impl Display) -> CloudError {
    refuse(ErrorKind::AlreadyExists, operation, "EntityAlreadyExists", format!("{what} already exists"))
}

fn in_use(operation: &'static str, why: &str) -> CloudError {
    refuse(ErrorKind::InUse, operation, "DeleteConflict", why)
}

fn gone_is_done(answer: Result<()>) -> Result<()> {
    match answer {
        Err(error) if error.is_not_found() => Ok(()),
        other => other,
    }
}
