//! Flow logs: which packets are logged, and how a record looks.

use serde::{Deserialize, Serialize};

use crate::text::word_type;

/// Which packets a flow log records. The default is [`FlowLogTraffic::All`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum FlowLogTraffic {
    /// All of them.
    #[default]
    All,
    /// Those that security groups and network ACLs let pass.
    Accept,
    /// Those that were refused.
    Reject,
}

impl FlowLogTraffic {
    /// All kinds.
    pub const ALL: [FlowLogTraffic; 3] =
        [FlowLogTraffic::All, FlowLogTraffic::Accept, FlowLogTraffic::Reject];

    /// The name in specs and Terraform: `all`, `accept` or `reject`.
    pub const fn as_str(self) -> &'static str {
        match self {
            FlowLogTraffic::All => "all",
            FlowLogTraffic::Accept => "accept",
            FlowLogTraffic::Reject => "reject",
        }
    }
}

word_type!(FlowLogTraffic, "traffic of a flow log", "write `all`, `accept` or `reject`");

/// The fields of a record when a flow log names none.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>
pub const DEFAULT_FLOW_LOG_FORMAT: &str = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} \
     ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

/// The times, in seconds, over which AWS can aggregate packets into one record.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html>
pub const FLOW_LOG_AGGREGATION_SECONDS: [i32; 2] = [60, 600];
