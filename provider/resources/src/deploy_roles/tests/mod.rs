//! Deploy roles over the AWS in the process: their life, every failure, and what is refused.

mod failures;
mod lifecycle;
mod plans;

use super::Call;
use super::model::{DeployRoles, DeployTrust, OidcTrust, StateAccess};
use super::{DeployRolesResource, desired::Which};
use crate::client::Landform;
use landform_cloud::Target;
use landform_framework::{Diagnostics, Resource, Text, Value};
use landform_model::RoleName;
use landform_test_cloud::{IamWorld, InProcessCloud};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

const GITHUB: &str = "https://token.actions.githubusercontent.com";
const PROVIDER: &str = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> Value<Text<T>> {
    Value::Known(Text(text.parse().unwrap()))
}

fn texts<T: std::str::FromStr<Err: std::fmt::Debug> + Ord>(
    texts: &[&str],
) -> Value<std::collections::BTreeSet<Text<T>>>
where
    Text<T>: Ord,
{
    Value::Known(texts.iter().map(|it| Text(it.parse().unwrap())).collect())
}

/// Roles for GitHub and for Atlantis, with a state.
pub(crate) fn both() -> DeployRoles {
    DeployRoles {
        account_id: text("123456789012"),
        name: text("deploy"),
        trust: Value::Known(DeployTrust {
            oidc: Value::Known(vec![OidcTrust {
                issuer: text(GITHUB),
                audience: Value::Null,
                subjects: texts(&["repo:acme/infra:pull_request", "repo:acme/infra:environment:prod"]),
                apply_subjects: texts(&["repo:acme/infra:environment:prod"]),
            }]),
            roles: texts(&["arn:aws:iam::444455556666:role/atlantis"]),
            apply_roles: Value::Null,
            external_id: Value::Null,
        }),
        plan_role: text("landform-plan"),
        apply_role: text("landform-apply"),
        plan_policy_arns: Value::Null,
        apply_policy_arns: Value::Null,
        state: Value::Known(StateAccess {
            bucket: text("acme-state"),
            kms_key_arn: text("arn:aws:kms:us-east-1:123456789012:key/0a1b"),
        }),
        permission_boundary: Value::Known(true),
        new_roles_need_boundary: Value::Known(true),
        max_session_duration: Value::Known(3600),
        tags: Value::Known([("team".to_owned(), "platform".to_owned())].into()),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        plan_role_arn: Value::Unknown,
        apply_role_arn: Value::Unknown,
        boundary_arn: Value::Unknown,
        plan_trust_policy: Value::Unknown,
        apply_trust_policy: Value::Unknown,
        oidc_provider_arns: Value::Unknown,
        shared_oidc_providers: Value::Unknown,
        stack: text("test"),
        status: Value::Unknown,
        drift: Value::Unknown,
    }
}

/// The same with everything otherwise that can be otherwise.
pub(super) fn other() -> DeployRoles {
    DeployRoles {
        trust: Value::Known(DeployTrust {
            oidc: Value::Known(vec![OidcTrust {
                issuer: text("https://gitlab.com"),
                audience: text("https://gitlab.com"),
                subjects: texts(&["project_path:acme/infra:ref_type:branch:ref:main"]),
                apply_subjects: Value::Null,
            }]),
            roles: Value::Null,
            apply_roles: texts(&["arn:aws:iam::444455556666:role/atlantis"]),
            external_id: text("acme-7f3a"),
        }),
        plan_policy_arns: texts(&["arn:aws:iam::aws:policy/SecurityAudit"]),
        state: Value::Null,
        permission_boundary: Value::Known(false),
        max_session_duration: Value::Known(7200),
        tags: Value::Null,
        ..both()
    }
}

/// One provider process over a cloud.
pub(crate) struct Process {
    pub(crate) cloud: InProcessCloud,
    client: Arc<Landform>,
}

impl Process {
    pub(crate) fn new() -> Self {
        Self::over(InProcessCloud::new("123456789012".parse().unwrap()))
    }

    /// Another process over the same cloud.
    fn over(cloud: InProcessCloud) -> Self {
        let client = Landform::new(Arc::new(cloud.clone()), "test".parse().unwrap(), None, [].into(), false);
        Self { cloud, client: Arc::new(client) }
    }

    fn call(&self) -> Call {
        Call::new(Arc::clone(&self.client), CancellationToken::new())
    }

    pub(crate) async fn create(&self, planned: DeployRoles) -> Result<DeployRoles, Diagnostics> {
        DeployRolesResource.create(&self.call(), planned).await
    }

    async fn read(&self, state: DeployRoles) -> Result<Option<DeployRoles>, Diagnostics> {
        DeployRolesResource.read(&self.call(), state).await
    }

    async fn update(&self, prior: DeployRoles, planned: DeployRoles) -> Result<DeployRoles, Diagnostics> {
        DeployRolesResource.update(&self.call(), prior, planned).await
    }

    async fn delete(&self, prior: DeployRoles) -> Result<(), Diagnostics> {
        DeployRolesResource.delete(&self.call(), prior).await
    }

    pub(crate) fn world<T>(&self, look: impl FnOnce(&mut IamWorld) -> T) -> T {
        self.cloud.iam_world(&target(), look)
    }

    pub(crate) fn parts(&self) -> Vec<String> {
        self.world(|iam| iam.inventory())
    }
}

fn target() -> Target {
    Target { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

fn role(which: Which) -> RoleName {
    match which {
        Which::Plan => "landform-plan".parse().unwrap(),
        Which::Apply => "landform-apply".parse().unwrap(),
    }
}
