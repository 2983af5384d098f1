//! Imports the roles of an account by their names. They must carry the tags of this stack, as roles do whose state was lost.

use super::desired::{AUDIENCE, STATE_POLICY, Which, boundary_name};
use super::model::{DeployRoles, DeployTrust, OidcTrust, StateAccess, status};
use crate::client::{Landform, failure};
use landform_cloud::iam::{Role, RolePolicies};
use landform_cloud::{CloudError, Tags};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::ownership::{Owner, RESOURCE_TAG, ResourceKind, STACK_TAG, TAG_PREFIX};
use landform_model::trust::{OidcAudience, OidcIssuer, OidcSubject, Trust};
use landform_model::{AccountId, Arn, ResourceName, RoleName};
use std::collections::{BTreeMap, BTreeSet};

struct Found {
    role: Role,
    policies: RolePolicies,
    trust: Trust,
}

/// Reads the roles that `id` names: `ACCOUNT`, or `ACCOUNT/PLAN_ROLE/APPLY_ROLE` for other names than the defaults.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<DeployRoles, Diagnostics> {
    let wrong = |why: String| Diagnostic::error("Invalid import id", why);
    let (account, plan, apply) = match id.split('/').collect::<Vec<_>>().as_slice() {
        [account] => (*account, "landform-plan", "landform-apply"),
        [account, plan, apply] => (*account, *plan, *apply),
        _ => {
            return Err(
                wrong(format!("\"{id}\" is neither `ACCOUNT` nor `ACCOUNT/PLAN_ROLE/APPLY_ROLE`.")).into()
            );
        }
    };
    let account: AccountId = account.parse().map_err(|error| wrong(format!("{error}.")))?;
    let role = |name: &str| name.parse::<RoleName>().map_err(|error| wrong(format!("{error}.")));
    let names = BTreeMap::from([(Which::Plan, role(plan)?), (Which::Apply, role(apply)?)]);
    let target = client.global_target(account.clone()).await?;
    let doing = format!("Importing deploy roles {id}");
    let failed = |error: CloudError| failure(&doing, &error, "Nothing was imported.");
    let iam = client.iam(&target).await.map_err(failed)?;
    let mut found = BTreeMap::new();
    for (which, name) in &names {
        let Some(role) = iam.role(name).await.map_err(failed)? else {
            return Err(
                Diagnostic::error(&*doing, format!("There is no role {name} in account {account}.")).into()
            );
        };
        let policies = iam.role_policies(name).await.map_err(failed)?;
        let trust = role.trust.as_ref().and_then(Trust::of_policy).ok_or_else(|| {
            let text = format!("The trust policy of role {name} names others than exact roles and subjects; put it right first.");
            Diagnostic::error(&*doing, text)
        })?;
        found.insert(*which, Found { role, policies, trust });
    }
    let (Some(plan), Some(apply)) = (found.get(&Which::Plan), found.get(&Which::Apply)) else {
        return Err(Diagnostic::error(&*doing, "The roles were not found.").into());
    };
    let owner = owner(client, &plan.role.tags).ok_or_else(|| {
        let text =
            format!("The roles do not carry the tags of deploy roles of stack \"{}\".", client.stack());
        Diagnostic::error(&*doing, text)
    })?;
    let boundary =
        format!("arn:{}:iam::{account}:policy/{}", target.region.partition(), boundary_name(&owner));
    let boundary = match boundary.parse::<Arn>() {
        Ok(arn) if apply.role.boundary.as_ref() == Some(&arn) => iam.policy(&arn).await.map_err(failed)?,
        _ => None,
    };
    let new_roles = boundary.as_ref().and_then(|it| it.document.as_ref());
    let new_roles = new_roles.is_none_or(|it| it.as_str().contains("RolesOnlyWithThisBoundary"));
    let partition = target.region.partition();
    let defaults = client.with_default_tags(&Tags::new());
    Ok(DeployRoles {
        account_id: Value::Known(Text(account)),
        name: Value::Known(Text(owner.name.clone())),
        trust: Value::Known(trust(&plan.trust, &apply.trust)),
        plan_role: names.get(&Which::Plan).cloned().map(Text).into(),
        apply_role: names.get(&Which::Apply).cloned().map(Text).into(),
        plan_policy_arns: policies(plan, partition, "ReadOnlyAccess"),
        apply_policy_arns: policies(apply, partition, "AdministratorAccess"),
        state: state(plan),
        permission_boundary: Value::Known(boundary.is_some()),
        new_roles_need_boundary: Value::Known(new_roles),
        max_session_duration: Value::Known(plan.role.max_session_seconds.into()),
        tags: tags(&plan.role.tags, &defaults),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        plan_role_arn: Value::Unknown,
        apply_role_arn: Value::Unknown,
        boundary_arn: Value::Unknown,
        plan_trust_policy: Value::Unknown,
        apply_trust_policy: Value::Unknown,
        oidc_provider_arns: Value::Unknown,
        shared_oidc_providers: Value::Unknown,
        stack: Value::Known(Text(owner.stack)),
        status: Value::Known(status::READY.to_owned()),
        drift: Value::Known(Vec::new()),
    })
}

fn owner(client: &Landform, tags: &Tags) -> Option<Owner> {
    let ours = tags.get(STACK_TAG).is_some_and(|stack| *stack == client.stack().to_string());
    let resource = tags.get(RESOURCE_TAG).filter(|_| ours)?;
    let name: ResourceName = resource.strip_prefix("deploy_roles/")?.parse().ok()?;
    Some(Owner { stack: client.stack().clone(), kind: ResourceKind::DEPLOY_ROLES, name })
}

/// Null where the policies are the default.
fn policies(found: &Found, partition: &str, default: &str) -> Value<BTreeSet<Text<Arn>>> {
    let default = format!("arn:{partition}:iam::aws:policy/{default}");
    let attached = &found.policies.attached;
    let is_default = attached.len() == 1 && attached.iter().all(|arn| arn.to_string() == default);
    (!is_default).then(|| attached.iter().cloned().map(Text).collect()).into()
}

fn state(plan: &Found) -> Value<StateAccess> {
    let document = plan.policies.inline.get(STATE_POLICY).and_then(Option::as_ref);
    let access = document.and_then(landform_model::StateAccess::of_document);
    access
        .map(|it| StateAccess { bucket: Value::Known(Text(it.bucket)), kms_key_arn: it.key.map(Text).into() })
        .into()
}

/// The user's own tags.
fn tags(all: &Tags, defaults: &Tags) -> Value<Tags> {
    let own = |(key, value): &(&String, &String)| {
        !key.starts_with(TAG_PREFIX) && defaults.get(*key) != Some(*value)
    };
    let own: Tags = all.iter().filter(own).map(|(key, value)| (key.clone(), value.clone())).collect();
    (!own.is_empty()).then_some(own).into()
}

type Subjects = BTreeSet<OidcSubject>;

/// The trust of both roles as one would write it: what is the same is said once.
fn trust(plan: &Trust, apply: &Trust) -> DeployTrust {
    let mut oidc: BTreeMap<(OidcIssuer, OidcAudience), (Subjects, Subjects)> = BTreeMap::new();
    for it in &plan.oidc {
        oidc.entry((it.issuer.clone(), it.audience.clone())).or_default().0.extend(it.subjects.clone());
    }
    for it in &apply.oidc {
        oidc.entry((it.issuer.clone(), it.audience.clone())).or_default().1.extend(it.subjects.clone());
    }
    let subjects = |subjects: Subjects| subjects.into_iter().map(Text).collect();
    let oidc: Vec<OidcTrust> = oidc
        .into_iter()
        .map(|((issuer, audience), (plan, apply))| OidcTrust {
            issuer: Value::Known(Text(issuer)),
            audience: (audience.as_str() != AUDIENCE).then_some(Text(audience)).into(),
            apply_subjects: (plan != apply).then(|| subjects(apply)).into(),
            subjects: Value::Known(subjects(plan)),
        })
        .collect();
    let roles = |trust: &Trust| trust.roles.iter().cloned().map(Text).collect::<BTreeSet<_>>();
    let (planning, applying) = (roles(plan), roles(apply));
    DeployTrust {
        oidc: (!oidc.is_empty()).then_some(oidc).into(),
        apply_roles: (planning != applying).then_some(applying).into(),
        roles: (!planning.is_empty()).then_some(planning).into(),
        external_id: plan.external_id.clone().or_else(|| apply.external_id.clone()).map(Text).into(),
    }
}
