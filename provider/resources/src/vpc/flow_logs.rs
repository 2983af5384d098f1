//! The flow log of a network: from its attributes to what AWS is told, and which of those that exist is the one wanted.

use super::desired::Desired;
use super::model::{FlowLogs, Vpc};
use super::seen::Seen;
use super::steps::{Removal, Step};
use crate::configuration::NetworkFlowLogs;
use landform_cloud::network::{FlowLog, FlowLogSettings};
use landform_framework::{Diagnostics, Path, Text, Value};
use landform_model::network::{DEFAULT_FLOW_LOG_FORMAT, FLOW_LOG_AGGREGATION_SECONDS, FlowLogTraffic};

/// What the provider block says of every network that says nothing itself.
pub(super) fn inherited(logs: &NetworkFlowLogs) -> FlowLogs {
    let or = |value: &Value<i64>, default| if value.is_null() { Value::Known(default) } else { *value };
    FlowLogs {
        enabled: Value::Known(true),
        destination_arn: logs.destination_arn.clone(),
        role_arn: logs.role_arn.clone(),
        traffic: match &logs.traffic {
            Value::Null => Value::Known(Text(FlowLogTraffic::All)),
            traffic => *traffic,
        },
        aggregation_seconds: or(&logs.aggregation_seconds, 600),
        format: logs.format.clone(),
    }
}

/// Whether the network shall have a flow log.
pub(super) fn wanted(logs: &Value<FlowLogs>) -> bool {
    !logs.is_null() && logs.known().is_none_or(|logs| logs.enabled != Value::Known(false))
}

/// What AWS is told; none while something is unknown, or where validation has named what is wrong.
pub(super) fn settings(logs: &FlowLogs) -> Option<FlowLogSettings> {
    let or = |known: Option<i64>| known.unwrap_or(600);
    Some(FlowLogSettings {
        destination: logs.destination_arn.known()?.0.clone(),
        role: match &logs.role_arn {
            Value::Unknown => return None,
            role => role.known().map(|role| role.0.clone()),
        },
        traffic: match &logs.traffic {
            Value::Unknown => return None,
            traffic => traffic.known().map_or(FlowLogTraffic::All, |traffic| traffic.0),
        },
        aggregation_seconds: match &logs.aggregation_seconds {
            Value::Unknown => return None,
            seconds => i32::try_from(or(seconds.known().copied())).ok()?,
        },
        format: match &logs.format {
            Value::Unknown => return None,
            format => format.known().map_or(DEFAULT_FLOW_LOG_FORMAT, String::as_str).to_owned(),
        },
    })
}

/// The flow log that is as it must be.
pub(super) fn kept<'a>(wanted: Option<&FlowLogSettings>, seen: &'a Seen) -> Option<&'a FlowLog> {
    wanted.and_then(|wanted| seen.flow_logs.iter().find(|log| log.settings.as_ref() == Some(wanted)))
}

/// The id of the flow log that `like` asks for.
pub(super) fn id(like: &Vpc, seen: &Seen) -> Option<String> {
    let wanted = like.flow_logs.known().filter(|_| wanted(&like.flow_logs)).and_then(settings);
    kept(wanted.as_ref(), seen).map(|log| log.id.to_string())
}

/// Makes the one that is missing and removes the others: AWS cannot change a flow log.
///
/// AWS takes no second flow log of one VPC to one destination. So another one to the same place is made after the old one is
/// gone; one to another place before, so that no packet goes unrecorded.
pub(super) fn decide(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    let wanted = desired.flow_log.as_ref();
    let kept = kept(wanted, seen);
    if wanted.is_some() && kept.is_none() {
        steps.push(Step::CreateFlowLog);
    }
    for log in seen.flow_logs.iter().filter(|log| kept.is_none_or(|kept| kept.id != log.id)) {
        let here = |wanted: &FlowLogSettings| {
            log.settings.as_ref().is_none_or(|it| it.destination == wanted.destination)
        };
        steps.push(Step::Remove(Removal::FlowLog(log.id.clone(), wanted.is_some_and(here))));
    }
}

/// What AWS would refuse, or would take and never deliver to.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
pub(super) fn validate(config: &Vpc, diagnostics: &mut Diagnostics) {
    let Value::Known(logs) = &config.flow_logs else { return };
    let path = || Path::root().attribute("flow_logs");
    if logs.destination_arn.is_null() && logs.enabled != Value::Known(false) {
        let text = "Name the bucket, log group or delivery stream that records go to, or set `enabled = false` for none.";
        diagnostics.error_at(path().attribute("destination_arn"), "No destination", text);
    }
    settled(logs, &path(), diagnostics);
}

/// The same for the provider block.
pub(crate) fn validate_inherited(logs: &NetworkFlowLogs, path: &Path, diagnostics: &mut Diagnostics) {
    settled(&inherited(logs), path, diagnostics);
}

fn settled(logs: &FlowLogs, path: &Path, diagnostics: &mut Diagnostics) {
    let path = || path.clone();
    if let Value::Known(Text(destination)) = &logs.destination_arn {
        let at = path().attribute("destination_arn");
        match destination.service() {
            "s3" | "firehose" => {}
            "logs" if destination.resource().starts_with("log-group:") => {
                if logs.role_arn.is_null() {
                    let text = "AWS writes to a log group with a role of yours. Set `role_arn` to one that may create streams in it and put events to them.";
                    diagnostics.error_at(path().attribute("role_arn"), "CloudWatch Logs needs a role", text);
                }
                if destination.resource().ends_with(":*") {
                    let text = "The ARN of a log group that ends in `:*` means its streams. Leave `:*` out.";
                    diagnostics.error_at(at, "Not the ARN of a log group itself", text);
                }
            }
            _ => {
                let text = format!(
                    "{destination} is no place for flow logs: name a bucket (`arn:aws:s3:::NAME`), a log group (`arn:aws:logs:REGION:ACCOUNT:log-group:NAME`) or a delivery stream of Firehose."
                );
                diagnostics.error_at(at, "Not a destination", text);
            }
        }
        if destination.service() == "s3" && logs.role_arn.is_known() {
            let text =
                "AWS writes to a bucket by the bucket's policy, not with a role. Leave `role_arn` out.";
            diagnostics.error_at(path().attribute("role_arn"), "A bucket takes no role", text);
        }
    }
    if let Value::Known(role) = &logs.role_arn
        && !(role.0.service() == "iam" && role.0.resource().starts_with("role/"))
    {
        let text = format!("{} is not the ARN of an IAM role.", role.0);
        diagnostics.error_at(path().attribute("role_arn"), "Not a role", text);
    }
    if let Value::Known(seconds) = &logs.aggregation_seconds
        && !FLOW_LOG_AGGREGATION_SECONDS.iter().any(|it| i64::from(*it) == *seconds)
    {
        let text = format!("AWS aggregates over 60 or 600 seconds, not {seconds}.");
        diagnostics.error_at(path().attribute("aggregation_seconds"), "No such interval", text);
    }
    if logs.format.known().is_some_and(|format| !format.contains("${")) {
        let text = "A format is a list of fields such as `${srcaddr} ${dstaddr}`; in Terraform, write `$${srcaddr}`.";
        diagnostics.error_at(path().attribute("format"), "No field in the format", text);
    }
}
