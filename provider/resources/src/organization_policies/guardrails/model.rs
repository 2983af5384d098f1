//! The attributes of `landform_guardrails`.

use super::super::exclusive::Exclusive;
use super::super::outputs::{PolicyDocument, PolicySlots};
use super::super::target::PolicyTarget;
use landform_framework::{Dynamic, Model, Text, Timeouts, Value};
use landform_model::guardrails::PolicyType;
use landform_model::guardrails::lint::Stage;
use landform_model::{ResourceName, RoleName, StackName};
use std::collections::{BTreeMap, BTreeSet};

/// A set of guardrails on organizational units: service and resource control policies from a
/// catalogue (`landing-zone/policies/CATALOGUE.md` of the project), with parameters, packed into the fewest policies that AWS's
/// limits allow.
///
/// The plan shows every policy with its text, its bytes and what is left of the limits. A set that does not fit, or that would lock
/// out the roles that build and repair accounts, is an error at plan. Policies that others attached are left alone.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Guardrails {
    /// The name: unique among the sets of the stack, and the start of the names of its policies, which are unique in the
    /// organization: `NAME-scp-1`, `NAME-rcp-1`.
    #[attribute(required, immutable)]
    pub name: Value<Text<ResourceName>>,
    /// What the guardrails hold for: organizational units by path (`Workloads/Prod`), accounts by id, or `Root`.
    #[attribute(required)]
    pub targets: Value<BTreeSet<Text<PolicyTarget>>>,
    /// Guardrails by id, besides those of `profile`. Default: none.
    #[attribute(optional)]
    pub enable: Value<BTreeSet<String>>,
    /// A profile of the catalogue, all guardrails of which are enabled: `baseline`, for every account but the management account;
    /// `workloads`; or `sandbox`. Default: none.
    #[attribute(optional)]
    pub profile: Value<String>,
    /// Guardrails of `profile` that are left out. Default: none.
    #[attribute(optional, required_with("profile"))]
    pub disable: Value<BTreeSet<String>>,
    /// The parameters of the guardrails by name: texts, numbers and lists of texts, such as
    /// `{ allowed_regions = ["eu-central-1"] }`. The catalogue says which each guardrail has. Default: the catalogue's.
    #[attribute(optional)]
    pub parameters: Value<Dynamic>,
    /// Roles that the guardrails leave alone besides `exempt_roles` of `parameters`, as ARNs in which `*` may stand for anything.
    /// Default: none.
    #[attribute(optional)]
    pub exempt_roles: Value<BTreeSet<String>>,
    /// Statements of your own, by a name of your own. Default: none.
    #[attribute(optional)]
    pub extra: Value<BTreeMap<String, OwnStatements>>,
    /// `enforce`, where the set is attached to its targets; or `staging`, where it is attached to `staging_target` instead.
    /// Default: `enforce`.
    #[attribute(default = Text(Stage::Enforce))]
    pub stage: Value<Text<Stage>>,
    /// The organizational unit in which guardrails are tried. Default: `PolicyStaging`.
    #[attribute(default = Text(PolicyTarget::staging()))]
    pub staging_target: Value<Text<PolicyTarget>>,
    /// Refuse guardrails that hold for the targets without having been on `staging_target` with the same words.
    /// Default: `false`.
    #[attribute(default = false)]
    pub require_staging: Value<bool>,
    /// What becomes of policies that others attached to the targets: `managed`, where they are left alone; or `all`, where those
    /// of the kinds that this set has are detached, but for AWS's own and those of other resources of Landform.
    /// Default: `managed`.
    #[attribute(default = Text(Exclusive::Managed))]
    pub exclusive: Value<Text<Exclusive>>,
    /// The roles that must be able to work in every account. A guardrail that would keep them from it is an error.
    #[attribute(optional)]
    pub management_roles: Value<ManagementRoles>,
    /// Guardrails that may lock out the roles of `management_roles`: what would be an error is a warning. `quarantine` and
    /// `suspended` are meant to. Default: none.
    #[attribute(optional)]
    pub allow_lock_out: Value<BTreeSet<String>>,
    /// Limits of AWS that are others in this organization. Default: those that AWS states.
    #[attribute(optional)]
    pub limits: Value<GuardrailLimits>,
    /// Tags for every policy, over the provider's `default_tags`.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Attributes whose change may destroy the set and make it anew: `["name"]`. Without this such a change is an error at plan.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// How long an apply may take. A call that runs into it ends as one that fails: what exists is in state, and the next apply
    /// goes on.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The stack that the set belongs to: the provider's.
    #[attribute(computed, sticky)]
    pub stack: Value<Text<StackName>>,
    /// The policies by name. Everything but their ids is known at plan.
    #[attribute(computed)]
    pub documents: Value<BTreeMap<String, PolicyDocument>>,
    /// What the policies are attached to: the targets, or `staging_target`.
    #[attribute(computed)]
    pub attached_to: Value<BTreeSet<Text<PolicyTarget>>>,
    /// The slots of each target: target to kind of policy to slots. A plan that changes something tells them in a warning: what
    /// others attach before its apply would make it false.
    #[attribute(computed, observed)]
    pub slots: Value<BTreeMap<String, BTreeMap<String, PolicySlots>>>,
    /// The bytes of the guardrails as they are written, each as a policy of its own.
    #[attribute(computed)]
    pub bytes_before: Value<i64>,
    /// The bytes of the policies that they are packed into.
    #[attribute(computed)]
    pub bytes_after: Value<i64>,
    /// How many accounts the policies hold for. The management account is never among them. Told as `slots` is.
    #[attribute(computed, observed)]
    pub affected_accounts: Value<i64>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it); `adopted` after the import of what others made, until
    /// an apply has tagged it.
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the set, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// Statements of your own.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OwnStatements {
    /// The kind of policy that they go into: `SERVICE_CONTROL_POLICY` or `RESOURCE_CONTROL_POLICY`.
    #[attribute(required)]
    pub policy_type: Value<Text<PolicyType>>,
    /// The statements as a policy in JSON, such as `jsonencode({ Version = "2012-10-17", Statement = [...] })`.
    #[attribute(required)]
    pub policy: Value<String>,
}

/// The roles that must be able to work in every account, by name.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct ManagementRoles {
    /// The organization's door into an account. Default: `OrganizationAccountAccessRole`.
    #[attribute(optional)]
    pub access: Value<Text<RoleName>>,
    /// The role that builds the account. Default: `landform-apply`.
    #[attribute(optional)]
    pub apply: Value<Text<RoleName>>,
    /// The role that plans, and only reads; locking it out is a warning. Default: `landform-plan`.
    #[attribute(optional)]
    pub plan: Value<Text<RoleName>>,
    /// The role that people take when all else fails. Default: none.
    #[attribute(optional)]
    pub break_glass: Value<Text<RoleName>>,
}

/// Limits of AWS that are others in this organization.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct GuardrailLimits {
    /// Bytes of a service control policy. Default: 10240.
    #[attribute(optional)]
    pub scp_bytes: Value<i64>,
    /// Service control policies on one target. Default: 10.
    #[attribute(optional)]
    pub scps_per_target: Value<i64>,
    /// Bytes of a resource control policy. Default: 5120.
    #[attribute(optional)]
    pub rcp_bytes: Value<i64>,
    /// Resource control policies on one target. Default: 5.
    #[attribute(optional)]
    pub rcps_per_target: Value<i64>,
}
