//! The attributes of `landform_organization_policy`.

use super::super::exclusive::Exclusive;
use super::super::outputs::{PolicyDocument, PolicySlots};
use super::super::target::PolicyTarget;
use landform_framework::{Dynamic, Model, Text, Timeouts, Value};
use landform_model::guardrails::PolicyType;
use landform_model::{ResourceName, StackName};
use std::collections::{BTreeMap, BTreeSet};

/// Settings that accounts cannot change: of EC2 and S3, tags, backups, artificial intelligence services, Security Hub and
/// Inspector, from a catalogue (`landing-zone/policies/CATALOGUE.md` of the project), with parameters. There is one policy of each
/// kind, with the settings of all guardrails of that kind.
///
/// The plan shows every policy with its text. Two guardrails that contradict each other are an error at plan. After an apply AWS is
/// asked in which accounts policies come together to something invalid: there it silently enforces an older state.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OrganizationPolicy {
    /// The name: unique among the organization policies of the stack, and the start of the names of its policies, which are unique
    /// in the organization: `NAME-ec2`, `NAME-s3`, `NAME-tag`.
    #[attribute(required, immutable)]
    pub name: Value<Text<ResourceName>>,
    /// What the settings hold for: organizational units by path (`Workloads/Prod`), accounts by id, or `Root`.
    #[attribute(required)]
    pub targets: Value<BTreeSet<Text<PolicyTarget>>>,
    /// Guardrails by id: `imds-required`, `ami-block-public`, `snapshot-block-public`, `serial-console-off`, `vpc-block-public`,
    /// `allowed-images-audit`, `s3-block-public`, `ai-opt-out`, `required-tags`, `backup-tiers`, `securityhub-on`, `inspector-on`.
    /// Default: none.
    #[attribute(optional)]
    pub enable: Value<BTreeSet<String>>,
    /// The parameters of the guardrails by name: texts, numbers and lists of texts, such as `{ metadata_hops = 1 }`. The catalogue
    /// says which each guardrail has. Default: the catalogue's.
    #[attribute(optional)]
    pub parameters: Value<Dynamic>,
    /// Settings of your own, by a name of your own. They go into the policy of their kind, with those of the guardrails. Default:
    /// none.
    #[attribute(optional)]
    pub extra: Value<BTreeMap<String, OwnSettings>>,
    /// What becomes of policies that others attached to the targets: `managed`, where they are left alone; or `all`, where those
    /// of the kinds that are set here are detached, but for those of other resources of Landform. Default: `managed`.
    #[attribute(default = Text(Exclusive::Managed))]
    pub exclusive: Value<Text<Exclusive>>,
    /// Tags for every policy, over the provider's `default_tags`.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Attributes whose change may destroy the policies and make them anew: `["name"]`. Without this such a change is an error at
    /// plan.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// How long an apply may take. A call that runs into it ends as one that fails: what exists is in state, and the next apply
    /// goes on.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The stack that the policies belong to: the provider's.
    #[attribute(computed, sticky)]
    pub stack: Value<Text<StackName>>,
    /// The policies by name. Everything but their ids is known at plan.
    #[attribute(computed)]
    pub documents: Value<BTreeMap<String, PolicyDocument>>,
    /// What the policies are attached to: the targets.
    #[attribute(computed)]
    pub attached_to: Value<BTreeSet<Text<PolicyTarget>>>,
    /// The slots of each target: target to kind of policy to slots. A plan that changes something tells them in a warning: what
    /// others attach before its apply would make it false.
    #[attribute(computed, observed)]
    pub slots: Value<BTreeMap<String, BTreeMap<String, PolicySlots>>>,
    /// How many accounts the policies hold for, the management account among them where it is below a target. Told as `slots` is.
    #[attribute(computed, observed)]
    pub affected_accounts: Value<i64>,
    /// The accounts in which policies of these kinds, whoever's, come together to something
    /// [invalid](https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_effective.html), with AWS's
    /// reasons. Such an account keeps the settings that it had before. Empty when all is well.
    #[attribute(computed, observed)]
    pub invalid_accounts: Value<BTreeMap<String, Vec<String>>>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it); `adopted` after the import of what others made, until
    /// an apply has tagged it.
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the policies, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// Settings of your own.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct OwnSettings {
    /// The kind of policy that they go into, such as `TAG_POLICY` or `DECLARATIVE_POLICY_EC2`.
    #[attribute(required)]
    pub policy_type: Value<Text<PolicyType>>,
    /// The settings as JSON, with `@@assign` and its like, as AWS's page of that kind of policy has them.
    #[attribute(required)]
    pub policy: Value<String>,
}
