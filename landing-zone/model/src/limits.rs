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
const ORGANIZATIONS: &str =
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html";

const IAM: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

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
/// IPv4 blocks of one VPC, the first among them, before an increase is asked for.
pub const CIDR_BLOCKS_PER_VPC: Limit =
    Limit { what: "IPv4 blocks per VPC", value: 5, source: VPC, checked: "2026-11" };
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
/// Bytes of a service control policy, spaces included. It was 5,120 until May 2026, and not every page of AWS says so yet.
pub const SCP_BYTES: Limit = Limit {
    what: "bytes in a service control policy",
    value: 10_240,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Service control policies on one root, organizational unit or account, `FullAWSAccess` among them. Five until May 2026.
pub const SCPS_PER_TARGET: Limit = Limit {
    what: "service control policies on one target",
    value: 10,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Bytes of a resource control policy, spaces included.
pub const RCP_BYTES: Limit = Limit {
    what: "bytes in a resource control policy",
    value: 5_120,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Resource control policies on one target. `RCPFullAWSAccess` is one of them and cannot be detached.
pub const RCPS_PER_TARGET: Limit = Limit {
    what: "resource control policies on one target",
    value: 5,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Bytes of a declarative, tag, backup or Security Hub policy.
pub const MANAGEMENT_POLICY_BYTES: Limit = Limit {
    what: "bytes in a declarative, tag, backup or Security Hub policy",
    value: 10_000,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Declarative, tag, backup or Security Hub policies of one kind on one target. AWS states it for tag and backup policies.
pub const MANAGEMENT_POLICIES_PER_TARGET: Limit = Limit {
    what: "declarative, tag, backup or Security Hub policies of one kind on one target",
    value: 10,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Bytes of a policy that opts out of artificial intelligence services.
pub const AI_OPT_OUT_POLICY_BYTES: Limit = Limit {
    what: "bytes in an AI services opt-out policy",
    value: 2_500,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Policies that opt out of artificial intelligence services on one target.
pub const AI_OPT_OUT_POLICIES_PER_TARGET: Limit = Limit {
    what: "AI services opt-out policies on one target",
    value: 5,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Levels of organizational units below the root.
pub const ORGANIZATIONAL_UNIT_DEPTH: Limit = Limit {
    what: "levels of organizational units below the root",
    value: 5,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Characters in the name of an organizational unit.
pub const ORGANIZATIONAL_UNIT_NAME_CHARACTERS: Limit = Limit {
    what: "characters in the name of an organizational unit",
    value: 128,
    source: ORGANIZATIONS,
    checked: "2026-11",
};
/// Characters in the e-mail address of an account's root user.
pub const ACCOUNT_EMAIL_CHARACTERS: Limit = Limit {
    what: "characters in the e-mail address of an account",
    value: 64,
    source: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html",
    checked: "2026-11",
};
/// Characters of a managed policy; IAM does not count white space.
pub const MANAGED_POLICY_CHARACTERS: Limit =
    Limit { what: "characters in a managed policy", value: 6_144, source: IAM, checked: "2026-11" };
/// Versions of a managed policy. Before another is made, one must be deleted.
pub const MANAGED_POLICY_VERSIONS: Limit =
    Limit { what: "versions of a managed policy", value: 5, source: IAM, checked: "2026-11" };
/// Managed policies on one role, before an increase is asked for.
pub const MANAGED_POLICIES_PER_ROLE: Limit =
    Limit { what: "managed policies on one role", value: 10, source: IAM, checked: "2026-11" };
/// Characters in the trust policy of a role, before an increase is asked for.
pub const TRUST_POLICY_CHARACTERS: Limit =
    Limit { what: "characters in the trust policy of a role", value: 2_048, source: IAM, checked: "2026-11" };
