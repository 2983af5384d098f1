//! Management policies: settings of several guardrails as one policy of each kind.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fill::{Content, Filled};
use super::policy_type::{Budget, PolicyType};
use crate::limits::Limit;

/// A management policy as AWS gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsDocument {
    /// Its kind.
    pub policy_type: PolicyType,
    /// The guardrails that are in it.
    pub guardrails: BTreeSet<String>,
    /// The text.
    pub text: String,
    /// Its length as AWS counts it.
    pub bytes: usize,
}

/// Why settings cannot be one policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Two guardrails say something else of the same setting.
    #[error("{first} and {second} both set `{setting}`, to different values: choose one of them")]
    Conflict {
        /// The guardrail that was read first.
        first: String,
        /// The other one.
        second: String,
        /// The setting, with `.` between its levels.
        setting: String,
    },
    /// The policy would be too long.
    #[error(
        "the {policy_type} of {} would have {bytes} bytes, and AWS takes {} (read {} in {})",
        .guardrails.join(", "), .limit.value, .limit.checked, .limit.source
    )]
    TooLarge {
        /// The kind of policy.
        policy_type: PolicyType,
        /// The guardrails in it.
        guardrails: Vec<String>,
        /// Its bytes.
        bytes: usize,
        /// The limit.
        limit: Limit,
    },
}

/// One policy of each kind, with the settings of all guardrails of that kind. Guardrails with statements are passed over.
///
/// All settings of a kind fit into one policy; AWS joins policies of one kind in the same way, but then says nothing of two
/// that contradict each other.
pub fn settings(filled: &[Filled]) -> Result<Vec<SettingsDocument>, SettingsError> {
    let mut documents: BTreeMap<PolicyType, (Value, BTreeSet<String>, Setters)> = BTreeMap::new();
    for guardrail in filled {
        let Content::Settings(settings) = &guardrail.content else { continue };
        let empty = || (Value::Object(serde_json::Map::new()), BTreeSet::new(), Setters::new());
        let (all, ids, setters) = documents.entry(guardrail.policy_type).or_insert_with(empty);
        join(all, settings, "", &guardrail.id, setters)?;
        ids.insert(guardrail.id.clone());
    }
    let finish = |(policy_type, (all, guardrails, _)): (PolicyType, (Value, BTreeSet<String>, Setters))| {
        let text = all.to_string();
        let bytes = text.len();
        match Budget::of(policy_type) {
            Some(budget) if bytes > budget.bytes => {
                let guardrails = guardrails.into_iter().collect();
                Err(SettingsError::TooLarge { policy_type, guardrails, bytes, limit: budget.bytes_limit })
            }
            _ => Ok(SettingsDocument { policy_type, guardrails, text, bytes }),
        }
    };
    documents.into_iter().map(finish).collect()
}

/// Which guardrail a setting is of.
type Setters = BTreeMap<String, String>;

fn join(
    all: &mut Value,
    more: &Value,
    at: &str,
    id: &str,
    setters: &mut Setters,
) -> Result<(), SettingsError> {
    let (Value::Object(all), Value::Object(more)) = (&mut *all, more) else {
        if all == more {
            return Ok(());
        }
        let first = setters.get(at).cloned().unwrap_or_default();
        return Err(SettingsError::Conflict { first, second: id.to_owned(), setting: at.to_owned() });
    };
    for (key, value) in more {
        let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        match all.get_mut(key) {
            Some(known) => join(known, value, &at, id, setters)?,
            None => {
                note(value, &at, id, setters);
                all.insert(key.clone(), value.clone());
            }
        }
    }
    Ok(())
}

fn note(value: &Value, at: &str, id: &str, setters: &mut Setters) {
    setters.insert(at.to_owned(), id.to_owned());
    if let Value::Object(entries) = value {
        for (key, value) in entries {
            note(value, &format!("{at}.{key}"), id, setters);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardrails::parameter::{Parameters, vocabulary};
    use crate::guardrails::{catalogue, choose};

    fn shipped() -> Vec<Filled> {
        let guardrails = catalogue::all().iter().filter(|guardrail| !guardrail.policy_type.has_statements());
        let (ids, names): (BTreeSet<String>, Vec<BTreeSet<String>>) =
            guardrails.map(|guardrail| (guardrail.id.clone(), guardrail.parameters())).unzip();
        let needed = vocabulary().iter().filter(|(name, parameter)| {
            parameter.default.is_none() && names.iter().any(|used| used.contains(*name))
        });
        let parameters: Parameters =
            needed.map(|(name, parameter)| (name.clone(), parameter.example.clone())).collect();
        choose(&ids, &parameters).unwrap()
    }

    #[test]
    fn all_that_are_shipped_go_together() {
        let documents = settings(&shipped()).unwrap();
        let each: Vec<String> = documents
            .iter()
            .map(|document| format!("{}, {} bytes: {}", document.policy_type, document.bytes, document.text))
            .collect();
        insta::assert_snapshot!(each.join("\n"), @r#"
        DECLARATIVE_POLICY_EC2, 720 bytes: {"ec2_attributes":{"allowed_images_settings":{"image_criteria":{"criteria_1":{"allowed_image_providers":{"@@append":["amazon"]}}},"state":{"@@assign":"audit_mode"}},"image_block_public_access":{"state":{"@@assign":"block_new_sharing"}},"instance_metadata_defaults":{"http_endpoint":{"@@assign":"no_preference"},"http_put_response_hop_limit":{"@@assign":"2"},"http_tokens":{"@@assign":"required"},"instance_metadata_tags":{"@@assign":"no_preference"}},"serial_console_access":{"status":{"@@assign":"disabled"}},"snapshot_block_public_access":{"state":{"@@assign":"block_all_sharing"}},"vpc_block_public_access":{"internet_gateway_block":{"exclusions_allowed":{"@@assign":"enabled"},"mode":{"@@assign":"block_ingress"}}}}}
        S3_POLICY, 74 bytes: {"s3_attributes":{"public_access_block_configuration":{"@@assign":"all"}}}
        AISERVICES_OPT_OUT_POLICY, 221 bytes: {"services":{"@@operators_allowed_for_child_policies":["@@none"],"default":{"@@operators_allowed_for_child_policies":["@@none"],"opt_out_policy":{"@@assign":"optOut","@@operators_allowed_for_child_policies":["@@none"]}}}}
        TAG_POLICY, 129 bytes: {"tags":{"CostCenter":{"report_required_tag_for":{"@@assign":["ec2:instance","s3:bucket"]},"tag_key":{"@@assign":"CostCenter"}}}}
        BACKUP_POLICY, 936 bytes: {"plans":{"landform_daily":{"regions":{"@@assign":["eu-central-1"]},"rules":{"daily":{"lifecycle":{"delete_after_days":{"@@assign":"35"}},"schedule_expression":{"@@assign":"cron(0 3 ? * * *)"},"start_backup_window_minutes":{"@@assign":"60"},"target_backup_vault_name":{"@@assign":"Default"}}},"selections":{"tags":{"daily":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/landform-backup"},"tag_key":{"@@assign":"backup"},"tag_value":{"@@assign":["daily"]}}}}},"landform_monthly":{"regions":{"@@assign":["eu-central-1"]},"rules":{"monthly":{"lifecycle":{"delete_after_days":{"@@assign":"365"}},"schedule_expression":{"@@assign":"cron(0 4 1 * ? *)"},"start_backup_window_minutes":{"@@assign":"60"},"target_backup_vault_name":{"@@assign":"Default"}}},"selections":{"tags":{"monthly":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/landform-backup"},"tag_key":{"@@assign":"backup"},"tag_value":{"@@assign":["monthly"]}}}}}}}
        SECURITYHUB_POLICY, 105 bytes: {"securityhub":{"disable_in_regions":{"@@assign":[]},"enable_in_regions":{"@@assign":["ALL_SUPPORTED"]}}}
        INSPECTOR_POLICY, 390 bytes: {"inspector":{"enablement":{"ec2_scanning":{"disable_in_regions":{"@@assign":[]},"enable_in_regions":{"@@assign":["eu-central-1","eu-west-1"]}},"ecr_scanning":{"disable_in_regions":{"@@assign":[]},"enable_in_regions":{"@@assign":["eu-central-1","eu-west-1"]}},"lambda_standard_scanning":{"disable_in_regions":{"@@assign":[]},"enable_in_regions":{"@@assign":["eu-central-1","eu-west-1"]}}}}}
        "#);
    }

    #[test]
    fn two_that_contradict_each_other_are_refused() {
        let all = shipped();
        let first = all.iter().find(|guardrail| guardrail.id == "serial-console-off").unwrap();
        let text = r#"{"ec2_attributes":{"serial_console_access":{"status":{"@@assign":"enabled"}}}}"#;
        let content = Content::Settings(serde_json::from_str(text).unwrap());
        let second = Filled { id: "own".to_owned(), content, ..first.clone() };
        assert!(settings(&[first.clone(), first.clone()]).is_ok(), "the same twice is no contradiction");
        let error = settings(&[first.clone(), second]).unwrap_err().to_string();
        insta::assert_snapshot!(error, @"serial-console-off and own both set `ec2_attributes.serial_console_access.status.@@assign`, to different values: choose one of them");
    }

    #[test]
    fn a_policy_that_is_too_long_names_the_limit() {
        let settings_of =
            serde_json::json!({"services": {"default": {"x".repeat(2_500): {"@@assign": "optOut"}}}});
        let policy_type = PolicyType::AiservicesOptOutPolicy;
        let own =
            Filled { id: "own".to_owned(), version: 1, policy_type, content: Content::Settings(settings_of) };
        let error = settings(&[own]).unwrap_err().to_string();
        assert!(
            error.contains("AISERVICES_OPT_OUT_POLICY of own") && error.contains("takes 2500"),
            "{error}"
        );
    }
}
