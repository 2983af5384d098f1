//! What the organization is.

use super::OrganizationSnapshot;
use super::model::InvalidEffectivePolicy;
use landform_cloud::id::RootId;
use landform_cloud::organizations::{Organization, PolicyTypeStatus, RootAccess, ServicePrincipal};
use landform_cloud::{OrganizationsReads, Result};
use landform_framework::{Text, Value};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use std::collections::{BTreeMap, BTreeSet};

/// What decides; nothing of it where there is no organization.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) organization: Option<Organization>,
    pub(super) root: Option<RootId>,
    pub(super) policy_types: BTreeMap<PolicyType, PolicyTypeStatus>,
    pub(super) services: BTreeSet<ServicePrincipal>,
    pub(super) root_access: RootAccess,
    pub(super) delegated: BTreeMap<AccountId, BTreeSet<ServicePrincipal>>,
}

/// Looks: five calls, and one for each delegated administrator.
pub(super) async fn look(reads: &dyn OrganizationsReads) -> Result<Seen> {
    let Some(organization) = reads.organization().await? else { return Ok(Seen::default()) };
    let root = reads.root().await?;
    let mut delegated = BTreeMap::new();
    for account in reads.delegated_administrators().await? {
        let services = reads.delegated_services(&account).await?;
        delegated.insert(account, services.into_iter().collect());
    }
    Ok(Seen {
        organization: Some(organization),
        root: Some(root.id),
        policy_types: root.policy_types,
        services: reads.trusted_services().await?.into_iter().collect(),
        root_access: reads.root_access().await?,
        delegated,
    })
}

/// What is only shown: how many accounts there are, and where policies come together to something invalid.
pub(super) async fn report(
    snapshot: &OrganizationSnapshot,
    seen: &Seen,
) -> Result<(usize, Vec<InvalidEffectivePolicy>)> {
    let mut invalid = Vec::new();
    let on = seen.policy_types.iter().filter(|(_, status)| **status == PolicyTypeStatus::Enabled);
    for policy_type in on.map(|(it, _)| *it).filter(|it| !it.has_statements()) {
        for account in snapshot.accounts_with_invalid_policy(policy_type).await? {
            for it in snapshot.invalid_policy_reasons(&account, policy_type).await? {
                invalid.push(InvalidEffectivePolicy {
                    account_id: Value::Known(Text(account.clone())),
                    policy_type: Value::Known(Text(policy_type)),
                    reason: Value::Known(format!("{}: {}", it.code, it.message)),
                    policy_ids: Value::Known(it.policies.iter().map(ToString::to_string).collect()),
                });
            }
        }
    }
    Ok((snapshot.placed_accounts().await?.len(), invalid))
}
