//! The provider block.

use landform_framework::{Diagnostics, Model, Path, Text, Value};
use landform_model::network::FlowLogTraffic;
use landform_model::{AccountId, Arn, Region, StackName};
use std::collections::BTreeMap;

/// Landform manages well-made things, such as a whole network, as single resources. One provider block serves every account
/// and region of an organization: resources name theirs with `account_id` and `region`, and the provider assumes the
/// role there by itself.
///
/// Credentials come from where every AWS tool takes them: the environment (`AWS_ACCESS_KEY_ID`, `AWS_PROFILE`, …), the shared
/// configuration files, or the role of the machine.
///
/// Where to begin: [a bucket for states](guides/state.md), then [a landing zone](guides/landing-zone.md), from an account with
/// nothing in it, or [an estate of networks](guides/estate.md).
#[derive(Debug, Clone, PartialEq, Model)]
pub struct ProviderConfiguration {
    /// The region of resources that name none. Default: the region of the environment or the profile.
    #[attribute(optional)]
    pub region: Value<Text<Region>>,
    /// The name of this state, unique in the organization. It is part of the identity of every resource and stands in the
    /// `landform:stack` tag of every object, so that an object is found again whatever becomes of the state. Changing it
    /// disowns everything in the state.
    #[attribute(required)]
    pub stack: Value<Text<StackName>>,
    /// The role to work with.
    #[attribute(optional)]
    pub assume_role: Value<AssumeRole>,
    /// The role to work with the organization as: one of the management account, or of a delegated administrator of AWS
    /// Organizations. Default: the credentials of the provider itself, for runs in one of these accounts.
    #[attribute(optional)]
    pub organization_role_arn: Value<Text<Arn>>,
    /// The only accounts that may be touched. Default: any account that the credentials reach.
    #[attribute(optional)]
    pub allowed_account_ids: Value<Vec<Text<AccountId>>>,
    /// Tags for every object of every resource. Tags of a resource win over them.
    #[attribute(optional)]
    pub default_tags: Value<BTreeMap<String, String>>,
    /// Where records of the packets of every network go that has no `flow_logs` of its own: usually the bucket of the account
    /// that keeps the logs. Default: such networks keep no records.
    #[attribute(optional)]
    pub flow_logs: Value<NetworkFlowLogs>,
    /// Refuse every change: for plans and drift checks. Default: `false`.
    #[attribute(optional)]
    pub read_only: Value<bool>,
    /// Allow accounts to be closed, where `on_destroy` of a `landform_account` says `close`. It cannot be undone. Default: `false`.
    #[attribute(optional)]
    pub allow_account_closure: Value<bool>,
    /// The endpoint for all AWS services, such as that of a local emulator. Default: AWS's own, or `AWS_ENDPOINT_URL`.
    #[attribute(optional)]
    pub endpoint_url: Value<String>,
}

/// The role to work with: the same role name in every account, or one role by its ARN.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct AssumeRole {
    /// The name of a role that exists in every account, such as `OrganizationAccountAccessRole`. It is assumed in each account
    /// that a resource names, but not in the account of the credentials themselves.
    #[attribute(optional)]
    pub role_name: Value<String>,
    /// The ARN of one role. Resources can then only be in its account.
    #[attribute(optional)]
    pub role_arn: Value<String>,
    /// The external id that the role's trust policy asks for.
    #[attribute(optional)]
    pub external_id: Value<String>,
    /// The name of the session in CloudTrail. Default: `landform`.
    #[attribute(optional)]
    pub session_name: Value<String>,
}

/// Records of the packets of networks ([flow logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html)).
#[derive(Debug, Clone, PartialEq, Model)]
pub struct NetworkFlowLogs {
    /// The ARN of a bucket, with a prefix or without, which may be in any account and region; or of a log group or a delivery
    /// stream of Firehose, where all networks are in its account and region.
    #[attribute(required)]
    pub destination_arn: Value<Text<Arn>>,
    /// The ARN of the role that AWS writes to a log group with. A bucket takes none.
    #[attribute(optional)]
    pub role_arn: Value<Text<Arn>>,
    /// Which packets: `all`; `accept`, those that pass; or `reject`, those that are refused. Default: `all`.
    #[attribute(optional)]
    pub traffic: Value<Text<FlowLogTraffic>>,
    /// Over how many seconds packets become one record: 60 or 600. Default: 600.
    #[attribute(optional)]
    pub aggregation_seconds: Value<i64>,
    /// The [fields](https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html) of a record, such as
    /// `"$${srcaddr} $${dstaddr} $${action}"`. Default: those of version 2.
    #[attribute(optional)]
    pub format: Value<String>,
}

/// What cannot be said by types: exactly one way to name the role, and tags that are not ours.
pub(crate) fn validate(configuration: &ProviderConfiguration, diagnostics: &mut Diagnostics) {
    if let Value::Known(role) = &configuration.assume_role {
        let path = Path::root().attribute("assume_role");
        match (role.role_name.is_null(), role.role_arn.is_null()) {
            (true, true) => diagnostics.error_at(path, "No role named", "Set `role_name` or `role_arn`."),
            (false, false) => {
                diagnostics.error_at(path, "Two roles named", "Set `role_name` or `role_arn`, not both.");
            }
            _ => {}
        }
    }
    if let Value::Known(logs) = &configuration.flow_logs {
        crate::vpc::validate_inherited(logs, &Path::root().attribute("flow_logs"), diagnostics);
    }
    if let Value::Known(tags) = &configuration.default_tags {
        crate::tags::validate(tags, &Path::root().attribute("default_tags"), diagnostics);
    }
}
