//! AWS limits as dated data: the number, where AWS states it, and when somebody last looked.

/// One limit of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, in words.
    pub what: &'static str,
    /// The largest value that AWS accepts.
    pub value: usize,
    /// The page that states it.
    pub source: &'static str,
    /// The month in which the page was last read, as `YYYY-MM`.
    pub checked: &'static str,
}

const TAGS: &str = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html";
const VPC: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const VPC_CIDR: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const SUBNET_CIDR: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const ENDPOINT_POLICY: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
const CLIENT_TOKEN: &str = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html";

/// Characters in the key of a tag.
pub const TAG_KEY_CHARACTERS: Limit =
    Limit { what: "characters in a tag key", value: 128, source: TAGS, checked: "2026-11" };
/// Characters in the value of a tag. A VPC has no other name than its `Name` tag, so this bounds the name, too.
pub const TAG_VALUE_CHARACTERS: Limit =
    Limit { what: "characters in a tag value", value: 256, source: TAGS, checked: "2026-11" };
/// User tags on one object.
pub const TAGS_PER_OBJECT: Limit =
    Limit { what: "tags on one object", value: 50, source: TAGS, checked: "2026-11" };
/// VPCs in one region of one account, before an increase is asked for.
pub const VPCS_PER_REGION: Limit =
    Limit { what: "VPCs per region", value: 5, source: VPC, checked: "2026-11" };
/// Elastic IP addresses in one region of one account, before an increase is asked for.
pub const ELASTIC_IPS_PER_REGION: Limit =
    Limit { what: "Elastic IP addresses per region", value: 5, source: VPC, checked: "2026-11" };
/// The prefix length of the largest VPC.
pub const VPC_SHORTEST_PREFIX: Limit =
    Limit { what: "prefix length of the largest VPC", value: 16, source: VPC_CIDR, checked: "2026-11" };
/// The prefix length of the smallest VPC and of the smallest subnet.
pub const SUBNET_LONGEST_PREFIX: Limit = Limit {
    what: "prefix length of the smallest subnet",
    value: 28,
    source: SUBNET_CIDR,
    checked: "2026-11",
};
/// Addresses that AWS keeps for itself in every subnet: the first four and the last.
pub const SUBNET_RESERVED_ADDRESSES: Limit =
    Limit { what: "addresses that AWS keeps in a subnet", value: 5, source: SUBNET_CIDR, checked: "2026-11" };
/// Characters in the policy of a VPC endpoint.
pub const ENDPOINT_POLICY_CHARACTERS: Limit = Limit {
    what: "characters in an endpoint policy",
    value: 20_480,
    source: ENDPOINT_POLICY,
    checked: "2026-11",
};
/// ASCII characters in the ClientToken of an EC2 call.
pub const CLIENT_TOKEN_CHARACTERS: Limit =
    Limit { what: "characters in an EC2 client token", value: 64, source: CLIENT_TOKEN, checked: "2026-11" };
