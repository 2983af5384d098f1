//! The attributes of `landform_organization`.

use landform_cloud::id::{OrganizationId, RootId};
use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::guardrails::PolicyType;
use landform_model::{AccountId, Arn};
use std::collections::{BTreeMap, BTreeSet};

/// The organization itself: the kinds of policy that are on, the services that may work in all accounts, central root access, and
/// delegated administrators, each switched when what it needs is on.
///
/// Where there is no organization, one is made around the account of the credentials. One that exists is taken as it is. A destroy
/// forgets it and changes nothing. There is one in a configuration, and one configuration for an organization.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Organization {
    /// The kinds of policy that are on, by AWS's names. One that leaves this list is switched off, which detaches every policy of
    /// the kind; kinds that were never in it are left alone. Default: those of the guardrails: `SERVICE_CONTROL_POLICY`,
    /// `RESOURCE_CONTROL_POLICY`, `DECLARATIVE_POLICY_EC2`, `S3_POLICY`, `AISERVICES_OPT_OUT_POLICY`, `TAG_POLICY` and
    /// `BACKUP_POLICY`.
    #[attribute(optional)]
    pub policy_types: Value<BTreeSet<Text<PolicyType>>>,
    /// The services that may work in all accounts, by principal, such as `sso.amazonaws.com`. What `root_access` and
    /// `policy_types` need is added. One that leaves this list may no longer; others are left alone. Default: none.
    #[attribute(optional)]
    pub trusted_services: Value<BTreeSet<String>>,
    /// Whether services that are not in `trusted_services` may not work in all accounts. Default: `false`.
    #[attribute(default = false)]
    pub trusted_services_exclusive: Value<bool>,
    /// [Central root access](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management).
    /// Default: all of it.
    #[attribute(optional)]
    pub root_access: Value<RootAccess>,
    /// Delegated administrators: the principal of a service to the id of the account that administers it. The service is added to
    /// `trusted_services`. Those that leave this map are deregistered; others are left alone. Default: none.
    #[attribute(optional)]
    pub delegated_administrators: Value<BTreeMap<String, Text<AccountId>>>,
    /// How long each call may take.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id of the organization.
    #[attribute(computed, sticky, prefix = "o-")]
    pub id: Value<Text<OrganizationId>>,
    /// The ARN of the organization.
    #[attribute(computed, sticky)]
    pub arn: Value<Text<Arn>>,
    /// The id of the root of its tree.
    #[attribute(computed, sticky, prefix = "r-")]
    pub root_id: Value<Text<RootId>>,
    /// The id of the management account.
    #[attribute(computed, sticky)]
    pub management_account_id: Value<Text<AccountId>>,
    /// How many accounts there are, closed ones that are not gone yet among them: AWS counts them too.
    #[attribute(computed, observed)]
    pub account_count: Value<i64>,
    /// Where policies come together to something invalid, so that AWS enforces an older state in silence.
    #[attribute(computed, observed)]
    pub invalid_effective_policies: Value<Vec<InvalidEffectivePolicy>>,
    /// `ready`; `drifted` when something differs from this configuration; `incomplete` after a create that failed half-way (the
    /// next apply resumes it).
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// Central root access.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct RootAccess {
    /// Whether root users of members have no credentials of their own: they can be removed from here, and new accounts get none.
    /// Default: `true`.
    #[attribute(default = true)]
    pub credentials_management: Value<bool>,
    /// Whether short sessions as the root user of a member can be taken. Default: `true`.
    #[attribute(default = true)]
    pub sessions: Value<bool>,
}

/// One account in which the policies of a kind come together to something invalid.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct InvalidEffectivePolicy {
    /// The account.
    #[attribute(computed)]
    pub account_id: Value<Text<AccountId>>,
    /// The kind of policy.
    #[attribute(computed)]
    pub policy_type: Value<Text<PolicyType>>,
    /// AWS's code and words.
    #[attribute(computed)]
    pub reason: Value<String>,
    /// The policies that it comes from.
    #[attribute(computed)]
    pub policy_ids: Value<Vec<String>>,
}
