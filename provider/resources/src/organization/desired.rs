//! What the organization shall be.

use super::model::Organization;
use landform_cloud::organizations::{RootAccess, RootAccessFeature, ServicePrincipal};
use landform_framework::{Text, Value};
use landform_model::AccountId;
use landform_model::guardrails::PolicyType;
use std::collections::{BTreeMap, BTreeSet};

/// The service that central root access needs.
const IAM: &str = "iam.amazonaws.com";

/// The kinds of policy that are on where the configuration says nothing: those of the guardrails that need no service.
pub(super) const DEFAULT_POLICY_TYPES: [PolicyType; 7] = [
    PolicyType::ServiceControlPolicy,
    PolicyType::ResourceControlPolicy,
    PolicyType::DeclarativePolicyEc2,
    PolicyType::S3Policy,
    PolicyType::AiservicesOptOutPolicy,
    PolicyType::TagPolicy,
    PolicyType::BackupPolicy,
];

/// The wish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Desired {
    pub(super) policy_types: BTreeSet<PolicyType>,
    /// With those that the rest of the wish needs.
    pub(super) services: BTreeSet<ServicePrincipal>,
    /// Whether no other service may.
    pub(super) exclusive: bool,
    pub(super) root_access: RootAccess,
    pub(super) delegated: BTreeMap<ServicePrincipal, AccountId>,
}

impl Desired {
    /// Of a model; what is unknown in it is left out.
    pub(super) fn of(model: &Organization) -> Desired {
        let policy_types = match model.policy_types.known() {
            Some(types) => types.iter().map(|it| it.0).collect(),
            None => BTreeSet::from(DEFAULT_POLICY_TYPES),
        };
        let (mut root_access, off) = (RootAccess::new(), Value::Known(false));
        let given = model.root_access.known();
        if given.is_none_or(|it| it.credentials_management != off) {
            root_access.insert(RootAccessFeature::CredentialsManagement);
        }
        if given.is_none_or(|it| it.sessions != off) {
            root_access.insert(RootAccessFeature::Sessions);
        }
        let delegated: BTreeMap<_, _> = model.delegated_administrators.known().cloned().unwrap_or_default();
        let delegated: BTreeMap<_, _> =
            delegated.into_iter().map(|(service, Text(id))| (service, id)).collect();
        let mut services = model.trusted_services.known().cloned().unwrap_or_default();
        services.extend((!root_access.is_empty()).then(|| IAM.to_owned()));
        services.extend(policy_types.iter().filter_map(|it| service_of(*it)).map(str::to_owned));
        services.extend(delegated.keys().cloned());
        let exclusive = model.trusted_services_exclusive == Value::Known(true);
        Desired { policy_types, services, exclusive, root_access, delegated }
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
