//! Flow logs of VPCs.

use crate::answer::{carries, parsed, readable, tags as tags_of};
use crate::error;
use crate::request::{PAGE, tag_filters, tags_for};
use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{self, FlowLogsResourceType, LogDestinationType, ResourceType, TrafficType};
use landform_cloud::id::{FlowLogId, VpcId};
use landform_cloud::network::{FlowLog, FlowLogSettings};
use landform_cloud::{Result, Tags};
use landform_model::Arn;
use landform_model::network::FlowLogTraffic;

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html>
pub(super) async fn list(client: &Client, tags: &Tags) -> Result<Vec<FlowLog>> {
    const OPERATION: &str = "DescribeFlowLogs";
    let call = client.describe_flow_logs().set_filter(tag_filters(tags));
    let pages = call.into_paginator().page_size(PAGE).items().send();
    let logs = pages.try_collect().await.map_err(error::of(OPERATION))?;
    let logs = logs.iter().filter(|log| carries(&tags_of(log.tags()), tags));
    let logs = logs.map(|log| {
        Ok(FlowLog {
            id: parsed(OPERATION, "flowLogId", log.flow_log_id())?,
            vpc: parsed(OPERATION, "resourceId", log.resource_id())?,
            settings: settings_of(log),
            tags: tags_of(log.tags()),
        })
    });
    readable(tags, logs)
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
///
/// The call succeeds whatever happens to each flow log: its answer lists what could not be made.
pub(super) async fn create(
    client: &Client,
    vpc: &VpcId,
    settings: &FlowLogSettings,
    tags: &Tags,
    token: &str,
) -> Result<FlowLogId> {
    const OPERATION: &str = "CreateFlowLogs";
    let call = client
        .create_flow_logs()
        .resource_type(FlowLogsResourceType::Vpc)
        .resource_ids(vpc.as_str())
        .traffic_type(traffic_type(settings.traffic))
        .log_destination_type(destination_type(&settings.destination))
        .log_destination(settings.destination.to_string())
        .set_deliver_logs_permission_arn(settings.role.as_ref().map(ToString::to_string))
        .max_aggregation_interval(settings.aggregation_seconds)
        .log_format(&settings.format)
        .client_token(token)
        .set_tag_specifications(tags_for(ResourceType::VpcFlowLog, tags));
    let made = call.send().await.map_err(error::of(OPERATION))?;
    match made.unsuccessful().first().and_then(types::UnsuccessfulItem::error) {
        Some(failed) => Err(error::of_item(OPERATION, failed.code(), failed.message())),
        None => parsed(OPERATION, "flowLogId", made.flow_log_ids().first().map(String::as_str)),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html>
pub(super) async fn delete(client: &Client, log: &FlowLogId) -> Result<()> {
    const OPERATION: &str = "DeleteFlowLogs";
    let sent = client.delete_flow_logs().flow_log_ids(log.as_str()).send().await;
    let failed = match sent.map_err(error::of(OPERATION)) {
        Err(error) => Some(error),
        Ok(answer) => answer
            .unsuccessful()
            .first()
            .and_then(types::UnsuccessfulItem::error)
            .map(|failed| error::of_item(OPERATION, failed.code(), failed.message())),
    };
    super::gone_is_done(failed.map_or(Ok(()), Err))
}

fn destination_type(destination: &Arn) -> LogDestinationType {
    match destination.service() {
        "s3" => LogDestinationType::S3,
        "firehose" => LogDestinationType::KinesisDataFirehose,
        _ => LogDestinationType::CloudWatchLogs,
    }
}

fn traffic_type(traffic: FlowLogTraffic) -> TrafficType {
    match traffic {
        FlowLogTraffic::All => TrafficType::All,
        FlowLogTraffic::Accept => TrafficType::Accept,
        FlowLogTraffic::Reject => TrafficType::Reject,
    }
}

fn traffic_of(traffic: &TrafficType) -> Option<FlowLogTraffic> {
    FlowLogTraffic::ALL.into_iter().find(|it| traffic_type(*it) == *traffic)
}

/// None for what the port cannot say, which is therefore not what is wanted: a log group by name, options for files in S3.
fn settings_of(log: &types::FlowLog) -> Option<FlowLogSettings> {
    // AWS may answer the ARN of a log group with `:*` at its end, which means its streams.
    let destination = log.log_destination()?.trim_end_matches(":*").parse().ok()?;
    Some(FlowLogSettings {
        destination,
        role: log.deliver_logs_permission_arn().and_then(|role| role.parse().ok()),
        traffic: traffic_of(log.traffic_type()?)?,
        aggregation_seconds: log.max_aggregation_interval()?,
        format: log.log_format()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let log = |destination: &str| {
            types::FlowLog::builder()
                .log_destination(destination)
                .deliver_logs_permission_arn("arn:aws:iam::123456789012:role/flow-logs")
                .traffic_type(TrafficType::Reject)
                .max_aggregation_interval(60)
                .log_format("${srcaddr}")
                .build()
        };
        let group = "arn:aws:logs:us-east-1:123456789012:log-group:flows";
        let expected = FlowLogSettings {
            destination: group.parse().unwrap(),
            role: "arn:aws:iam::123456789012:role/flow-logs".parse().ok(),
            traffic: FlowLogTraffic::Reject,
            aggregation_seconds: 60,
            format: "${srcaddr}".into(),
        };
        assert_eq!(settings_of(&log(group)), Some(expected.clone()));
        assert_eq!(settings_of(&log(&format!("{group}:*"))), Some(expected));
        assert_eq!(settings_of(&types::FlowLog::builder().log_group_name("flows").build()), None);
        for (arn, kind) in [
            ("arn:aws:s3:::logs/vpc", LogDestinationType::S3),
            (group, LogDestinationType::CloudWatchLogs),
            (
                "arn:aws:firehose:us-east-1:123456789012:deliverystream/flows",
                LogDestinationType::KinesisDataFirehose,
            ),
        ] {
            assert_eq!(destination_type(&arn.parse().unwrap()), kind);
        }
    }
}
