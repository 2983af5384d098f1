//! What both resources show of their policies.

use landform_framework::{Model, Text, Value};
use landform_model::guardrails::PolicyType;
use std::collections::BTreeSet;

/// One policy of AWS Organizations.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct PolicyDocument {
    /// The kind of policy, such as `SERVICE_CONTROL_POLICY`.
    #[attribute(computed)]
    pub policy_type: Value<Text<PolicyType>>,
    /// The id of the policy.
    #[attribute(computed)]
    pub id: Value<String>,
    /// The guardrails in it, by id; own statements by their name.
    #[attribute(computed)]
    pub guardrails: Value<BTreeSet<String>>,
    /// Its length as AWS counts it.
    #[attribute(computed)]
    pub bytes: Value<i64>,
    /// The length that AWS takes at most; null where no page of AWS states it.
    #[attribute(computed)]
    pub limit: Value<i64>,
    /// Its text.
    #[attribute(computed)]
    pub content: Value<String>,
}

/// The slots of one target for one kind of policy.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct PolicySlots {
    /// Policies that are attached after the apply, those of others among them.
    #[attribute(computed)]
    pub used: Value<i64>,
    /// Policies that AWS takes at most; null where no page of AWS states it.
    #[attribute(computed)]
    pub limit: Value<i64>,
    /// The names of policies that others have attached and that stay: AWS's own, Control Tower's, people's.
    #[attribute(computed)]
    pub foreign: Value<Vec<String>>,
    /// The names of policies that others have attached and that the apply detaches, because of `exclusive = "all"`.
    #[attribute(computed)]
    pub detached: Value<Vec<String>>,
}
