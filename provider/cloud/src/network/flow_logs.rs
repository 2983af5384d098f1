//! Flow logs, as the network port speaks of them.

use crate::Tags;
use crate::id::{FlowLogId, VpcId};
use landform_model::Arn;
use landform_model::network::FlowLogTraffic;

/// A flow log of a VPC. AWS cannot change one: another is made in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowLog {
    /// Its id.
    pub id: FlowLogId,
    /// The VPC whose packets it records.
    pub vpc: VpcId,
    /// What it records, and where to; none when it is of a kind that the port does not make.
    pub settings: Option<FlowLogSettings>,
    /// Its tags.
    pub tags: Tags,
}

/// What a flow log records, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowLogSettings {
    /// A bucket with or without a prefix (`s3`), a log group (`logs`) or a delivery stream (`firehose`).
    pub destination: Arn,
    /// The role that AWS writes with.
    pub role: Option<Arn>,
    /// Which packets.
    pub traffic: FlowLogTraffic,
    /// Over how many seconds packets become one record.
    pub aggregation_seconds: i32,
    /// The fields of a record.
    pub format: String,
}
