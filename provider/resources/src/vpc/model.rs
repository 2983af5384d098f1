//! The attributes of `landform_vpc`.

use landform_cloud::id::{AllocationId, SecurityGroupId};
use landform_framework::{Model, Text, Timeouts, Value};
use landform_model::network::{
    AnyTier, BlockPublicAccessExclusion, EgressMode, EncryptionExclusion, EncryptionMode, FlowLogTraffic,
    NetworkAclPreset, Profile, RouteDestination, RouteTargetId, Tier, WayOut,
};
use landform_model::{
    AccountId, Arn, AvailabilityZoneId, Cidr, Ipv6Cidr, PolicyJson, Region, ResourceName, StackName,
};
use std::collections::{BTreeMap, BTreeSet};

/// A whole network: a VPC with subnets by tier and zone, an internet gateway, NAT gateways, route tables and routes, with its
/// default security group and network ACL locked.
///
/// Subnets never move: the CIDR of a subnet is a pure function of the VPC's CIDR, the profile, the tier and the slot, so adding
/// a zone or a tier only adds. All of them are known at plan.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Vpc {
    /// The account to make the network in. Default: the account of the provider's credentials.
    #[attribute(optional, computed, immutable, sticky)]
    pub account_id: Value<Text<AccountId>>,
    /// The region to make the network in. Default: the provider's.
    #[attribute(optional, computed, immutable, sticky)]
    pub region: Value<Text<Region>>,
    /// The name: unique among the networks of the stack, and the start of the `Name` tag of every part.
    #[attribute(required, immutable)]
    pub name: Value<Text<ResourceName>>,
    /// The IPv4 block of the VPC: `/16` to `/20` for the `standard` profile, `/21` to `/24` for `compact`, `/16` to `/19` for
    /// `wide`.
    #[attribute(required, immutable)]
    pub cidr: Value<Text<Cidr>>,
    /// The IPAM pool (`ipam-pool-…`) that the VPC takes `cidr` from. It counts when the VPC is made; a later change changes
    /// nothing. Default: none.
    #[attribute(optional)]
    pub ipam_pool_id: Value<String>,
    /// Further IPv4 blocks of the VPC, for subnets by `subnet_overrides`. A block can be taken away when no subnet is in it.
    /// Default: none.
    #[attribute(optional)]
    pub secondary_cidrs: Value<BTreeSet<Text<Cidr>>>,
    /// IPv6 for the whole network: the VPC gets a `/56`, each subnet a `/64` of it, at a place that its tier and slot tell.
    /// Subnets give out IPv6 addresses; tiers that reach the internet do so over IPv6, too: those by `egress` through an
    /// [egress-only internet gateway](https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html), which
    /// lets nothing in. Adding it to a network changes nothing else; taking it away takes the addresses away. Default: none.
    #[attribute(optional)]
    pub ipv6: Value<Ipv6>,
    /// The block for pods of Kubernetes, such as a part of `100.64.0.0/10`, which need not be unique in the organization. It
    /// gives the network the tier `pods`: a quarter of the block for each zone, with the way out of the private tier.
    /// Default: none.
    #[attribute(optional)]
    pub pods_cidr: Value<Text<Cidr>>,
    /// Blocks that the network must not share addresses with, each under a name for the error: other networks, offices, the service
    /// CIDRs of clusters. They are checked at plan, and nothing is made of them. Default: none.
    #[attribute(optional)]
    pub reserved_cidrs: Value<BTreeMap<String, Text<Cidr>>>,
    /// How the block is cut: `standard`; `compact`, for small networks; `wide`, with eight slots, for regions with more than
    /// four zones; or `custom`, where every subnet has its block in `subnet_overrides`. Default: `standard`.
    #[attribute(immutable, default = Text(Profile::Standard))]
    pub profile: Value<Text<Profile>>,
    /// The availability zones: slot letter `a` to `d` (`a` to `h` with `wide` and `custom`) to zone ID (`use1-az1`, not a name such
    /// as `us-east-1a`). The letter fixes where the subnets of the zone lie; give it once and keep it.
    #[attribute(required)]
    pub azs: Value<BTreeMap<String, Text<AvailabilityZoneId>>>,
    /// The tiers, one subnet per zone each: `public` (routed to the internet), `private` (out by `egress`), `database` and
    /// `intra` (no way out), `endpoints` (interface endpoints; no way out), `tgw` (transit gateway attachments; no way out),
    /// `firewall` (firewall endpoints; out by `egress`), `eks_eni` (control planes of EKS; no way out). Default: `public` and
    /// `private`.
    #[attribute(default = BTreeSet::from([Text(Tier::Public), Text(Tier::Private)]))]
    pub tiers: Value<BTreeSet<Text<Tier>>>,
    /// Tiers of the network's own, by name (up to 16 of `a` to `z`, `0` to `9` and `_`). Default: none.
    #[attribute(optional)]
    pub custom_tiers: Value<BTreeMap<String, CustomTier>>,
    /// CIDR blocks of single subnets, tier to slot to block, in place of those of the profile: for networks that were laid out
    /// by hand. A subnet keeps its block for good. Where every subnet has one, the network may have any size and any tier.
    /// Default: none.
    #[attribute(optional)]
    pub subnet_overrides: Value<BTreeMap<String, BTreeMap<String, Text<Cidr>>>>,
    /// How private subnets reach the internet. Default: not at all.
    #[attribute(default = Egress::default())]
    pub egress: Value<Egress>,
    /// Routes to other networks. Routes that others add to the route tables are left alone. Default: none.
    #[attribute(optional)]
    pub routes: Value<Vec<Route>>,
    /// Gateway endpoints by service: `s3`, `dynamodb` or `s3express`. Their traffic takes no NAT gateway and costs nothing, but
    /// open connections to the service break when one is added or taken away. Default: none.
    #[attribute(default = BTreeMap::new())]
    pub gateway_endpoints: Value<BTreeMap<String, GatewayEndpoint>>,
    /// Interface endpoints by service: `ssm`, `ecr.api`, `ecr.dkr` and so on, or a whole name such as
    /// `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d`. Private subnets reach the service without a way out; each costs money
    /// by the hour and zone ([services](https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html)).
    /// Default: none.
    #[attribute(default = BTreeMap::new())]
    pub interface_endpoints: Value<BTreeMap<String, InterfaceEndpoint>>,
    /// What instances are told of domain, DNS, time and NetBIOS servers. AWS cannot change a set of these: a change makes another
    /// and gives it to the network; instances take it up when they renew their lease. Default: what the VPC has, which is AWS's
    /// own DNS server.
    #[attribute(optional)]
    pub dhcp_options: Value<DhcpOptions>,
    /// Where records of all packets of the network go. Default: where `flow_logs` of the provider block says; none are made
    /// without that.
    #[attribute(optional, computed)]
    pub flow_logs: Value<FlowLogs>,
    /// Network ACLs: `open`, where all subnets use the VPC's default ACL, which lets everything through; `private`, where the
    /// tiers `database` and `intra`, and those of the network's own without a way out, exchange packets with
    /// [private addresses](https://www.rfc-editor.org/rfc/rfc1918) only; `isolated`, where they do so with the network itself
    /// only. The network's IPv6 block passes both, and gateway endpoints are reached all the same. Default: `open`.
    #[attribute(default = Text(NetworkAclPreset::Open))]
    pub network_acl: Value<Text<NetworkAclPreset>>,
    /// What the network may do though its region
    /// [blocks public access](https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html): `allow_bidirectional`, or
    /// `allow_egress` for what begins in the network. The blocking itself belongs to the account and region. Default: nothing.
    #[attribute(optional)]
    pub block_public_access_exclusion: Value<Text<BlockPublicAccessExclusion>>,
    /// Whether traffic that AWS does not encrypt is told of, or refused. Default: neither.
    #[attribute(optional)]
    pub encryption_control: Value<EncryptionControl>,
    /// Whether what is launched into a public subnet gets a public address without asking for one. Default: `false`.
    #[attribute(default = false)]
    pub map_public_ip_on_launch: Value<bool>,
    /// Whether the Amazon DNS server answers in the VPC. Default: `true`.
    #[attribute(default = true)]
    pub dns_support: Value<bool>,
    /// Whether instances with public addresses get public DNS names; needs `dns_support`. Default: `true`.
    #[attribute(default = true)]
    pub dns_hostnames: Value<bool>,
    /// Tags for every part of the network, over the provider's `default_tags`.
    #[attribute(optional)]
    pub tags: Value<BTreeMap<String, String>>,
    /// Tags for the subnets of a tier, over `tags` and those of `kubernetes`.
    #[attribute(optional)]
    pub tier_tags: Value<BTreeMap<String, BTreeMap<String, String>>>,
    /// Tags by which Kubernetes finds its subnets. Without this block no such tag is set, and those that others set are left
    /// alone.
    #[attribute(optional)]
    pub kubernetes: Value<Kubernetes>,
    /// Refuse to destroy the network or any of its subnets. Default: `true`.
    #[attribute(default = true)]
    pub deletion_protection: Value<bool>,
    /// When the network is destroyed, delete what controllers of Kubernetes have left in it as well: load balancers, security groups
    /// and network interfaces that nothing uses, where they carry the tags of such a controller (such as `elbv2.k8s.aws/cluster`, or
    /// `kubernetes.io/cluster/NAME = owned`). A destroy goes by what the last apply said. Default: `false`.
    #[attribute(default = false)]
    pub sweep_on_destroy: Value<bool>,
    /// Attributes whose change may destroy the network and make it anew, such as `["cidr"]`. Without this such a change is an
    /// error at plan.
    #[attribute(optional)]
    pub allow_replace: Value<Vec<String>>,
    /// How long an apply may take. A call that runs into it ends as one that fails: what exists is in state, and the next apply
    /// goes on.
    #[attribute(optional)]
    pub timeouts: Value<Timeouts>,
    /// The id of the VPC.
    #[attribute(computed, sticky)]
    pub id: Value<String>,
    /// The ARN of the VPC.
    #[attribute(computed, sticky)]
    pub arn: Value<String>,
    /// The stack that the network belongs to: the provider's.
    #[attribute(computed, sticky)]
    pub stack: Value<Text<StackName>>,
    /// The IPv6 block of the VPC; null without `ipv6`. AWS chooses it, so it is known after the apply that adds it, and then those
    /// of all subnets, of later ones, too, are known at plan.
    #[attribute(computed)]
    pub ipv6_cidr: Value<Text<Ipv6Cidr>>,
    /// The id of the egress-only internet gateway; null where no tier leaves by one.
    #[attribute(computed)]
    pub egress_only_internet_gateway_id: Value<String>,
    /// The subnets: tier to slot to subnet. The keys and CIDRs are known at plan, so `for_each` works on them.
    #[attribute(computed)]
    pub subnets: Value<BTreeMap<String, BTreeMap<String, Subnet>>>,
    /// The ids of the subnets of each tier, in the order of their slots.
    #[attribute(computed)]
    pub subnet_ids: Value<BTreeMap<String, Vec<Value<String>>>>,
    /// The ids of the route tables: `public`, `database` and so on, and `private/a` and so on for tiers with a table per zone
    /// (`private`, `firewall`, `pods` and those of the network's own).
    #[attribute(computed)]
    pub route_table_ids: Value<BTreeMap<String, Value<String>>>,
    /// The routes that each route table has by this configuration: destination to what it leads to, such as
    /// `{ "private/a" = { "0.0.0.0/0" = "NAT gateway a" } }`. Routes that others add are not among them.
    #[attribute(computed)]
    pub route_table_routes: Value<BTreeMap<String, BTreeMap<String, String>>>,
    /// The id of the internet gateway; null where nothing needs one: without a public tier and without `regional_nat`.
    #[attribute(computed)]
    pub internet_gateway_id: Value<String>,
    /// The NAT gateways by slot; `regional_nat` has one for all slots, with an address for each.
    #[attribute(computed)]
    pub nat_gateways: Value<BTreeMap<String, NatGateway>>,
    /// The ids of the gateway endpoints by service.
    #[attribute(computed)]
    pub gateway_endpoint_ids: Value<BTreeMap<String, Value<String>>>,
    /// The ids of the interface endpoints by service.
    #[attribute(computed)]
    pub interface_endpoint_ids: Value<BTreeMap<String, Value<String>>>,
    /// The id of the security group `NAME-endpoints` of interface endpoints that name no group of their own: it lets in HTTPS
    /// from the network and nothing out. Null where no endpoint needs it.
    #[attribute(computed)]
    pub endpoints_security_group_id: Value<String>,
    /// The id of the set of DHCP options; null without `dhcp_options`.
    #[attribute(computed)]
    pub dhcp_options_id: Value<String>,
    /// The id of the flow log; null without one.
    #[attribute(computed)]
    pub flow_log_id: Value<String>,
    /// The id of the network ACL of tiers for data; null where `network_acl` is `open` or no tier is under it.
    #[attribute(computed)]
    pub network_acl_id: Value<String>,
    /// The public addresses of the NAT gateways by slot: what partners put on their allow lists.
    #[attribute(computed)]
    pub nat_public_ips: Value<BTreeMap<String, Value<String>>>,
    /// The id of the default security group, which has no rules.
    #[attribute(computed, sticky)]
    pub default_security_group_id: Value<String>,
    /// `ready`; `drifted` when something differs from this configuration; `degraded` after an update that failed half-way;
    /// `incomplete` after a create that did (the next apply resumes it); `adopted` after the import of what others made, until
    /// an apply has tagged it.
    #[attribute(computed, observed)]
    pub status: Value<String>,
    /// What an apply would do to mend the network, step by step; empty when nothing differs.
    #[attribute(computed, observed)]
    pub drift: Value<Vec<String>>,
}

/// A tier of the network's own: one subnet per zone.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct CustomTier {
    /// Where its subnets lie: one of the four areas (1 to 4) that the profiles `standard` and `wide` keep for such tiers. Give
    /// it once and keep it. Default: each of its subnets has its block in `subnet_overrides`.
    #[attribute(optional)]
    pub area: Value<i64>,
    /// How it reaches the internet: `none`; `egress`, as the private tier does; `internet`, by the internet gateway, as the
    /// public tier does. Default: `none`.
    #[attribute(default = Text(WayOut::None))]
    pub way_out: Value<Text<WayOut>>,
}

/// IPv6 for the whole network.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Ipv6 {
    /// The IPAM pool (`ipam-pool-…`) that the VPC takes its `/56` from. It counts when the block is added; a later change changes
    /// nothing. Default: Amazon's own addresses.
    #[attribute(optional)]
    pub ipam_pool_id: Value<String>,
    /// Whether instances that speak IPv6 only reach what speaks IPv4 only, in tiers with a way out by a NAT gateway: the DNS
    /// server makes addresses in `64:ff9b::/96`, and a route leads these to the NAT gateway
    /// ([DNS64 and NAT64](https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html)). Default: `false`.
    #[attribute(default = false)]
    pub dns64: Value<bool>,
}

/// How private subnets reach the internet.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct Egress {
    /// `none`; `single_nat`: one NAT gateway, in the first slot, for all zones; `zonal_nat`: one in each zone, so that a zone
    /// that fails takes no other with it; `regional_nat`: one [regional](https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html)
    /// NAT gateway with an address in each zone, which is in no subnet and needs no public tier; `centralized`: by
    /// `transit_gateway_id` to a network that has the way out for all. Default: `none`.
    #[attribute(default = Text(EgressMode::None))]
    pub mode: Value<Text<EgressMode>>,
    /// The transit gateway (`tgw-…`) that `centralized` sends packets to. This network must be attached to it before AWS takes
    /// the route: let this argument come from the attachment. Default: none.
    #[attribute(optional)]
    pub transit_gateway_id: Value<Text<RouteTargetId>>,
    /// Elastic IP addresses of your own for the NAT gateways, slot to allocation. Landform never tags nor releases them. For
    /// slots that are left out it allocates one. Another address makes another NAT gateway, but for `regional_nat`.
    /// Default: none.
    #[attribute(optional)]
    pub eip_allocation_ids: Value<BTreeMap<String, Value<Text<AllocationId>>>>,
    /// Keep the addresses that Landform allocated when their NAT gateway or the network goes: they lose their `landform:` tags
    /// and are yours from then on. Plans name them. Default: `false`.
    #[attribute(default = false)]
    pub retain_eips_on_destroy: Value<bool>,
}

/// A route to another network.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct Route {
    /// Where packets want to go: an IPv4 block, such as `10.0.0.0/8`; an IPv6 block, such as `2001:db8::/32`; a
    /// [prefix list](https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html) (`pl-…`), each entry of which
    /// counts against the routes that a table can have; or `0.0.0.0/0` for tiers that have no other way out.
    #[attribute(required)]
    pub to: Value<Text<RouteDestination>>,
    /// What they are sent to: the id of a transit gateway (`tgw-…`), a peering connection (`pcx-…`), a virtual private gateway
    /// (`vgw-…`), a network interface (`eni-…`) or a Gateway Load Balancer endpoint (`vpce-…`).
    #[attribute(required)]
    pub via: Value<Text<RouteTargetId>>,
    /// The tiers whose route tables get the route. Default: all.
    #[attribute(optional)]
    pub tiers: Value<BTreeSet<Text<AnyTier>>>,
}

/// A gateway endpoint.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct GatewayEndpoint {
    /// Who may do what through the endpoint: an
    /// [endpoint policy](https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html) as JSON, such as
    /// `jsonencode({ ... })`. Default: everybody everything.
    #[attribute(optional)]
    pub policy: Value<Text<PolicyJson>>,
    /// The tiers whose subnets use the endpoint. Default: all.
    #[attribute(optional)]
    pub tiers: Value<BTreeSet<Text<AnyTier>>>,
}

/// An interface endpoint.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct InterfaceEndpoint {
    /// Who may do what through the endpoint: an
    /// [endpoint policy](https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html) as JSON, such as
    /// `jsonencode({ ... })`. Not every service takes one. Default: everybody everything.
    #[attribute(optional)]
    pub policy: Value<Text<PolicyJson>>,
    /// Whether the service's own DNS name, such as `ssm.us-east-1.amazonaws.com`, leads to the endpoint in this network.
    /// Default: `true`.
    #[attribute(default = true)]
    pub private_dns: Value<bool>,
    /// The tier in whose subnets the endpoint has its network interfaces; other tiers reach it, too. Default: `endpoints` where
    /// the network has that tier, else `private`.
    #[attribute(optional)]
    pub tier: Value<Text<AnyTier>>,
    /// The security groups of its network interfaces. Default: one that Landform makes for all endpoints without groups of their
    /// own, which lets in HTTPS from the network.
    #[attribute(optional)]
    pub security_group_ids: Value<BTreeSet<Text<SecurityGroupId>>>,
}

/// What instances are told when they ask for an address
/// ([DHCP options](https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html)).
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct DhcpOptions {
    /// The domain that names without a dot are looked up in, such as `corp.example`. Default: none.
    #[attribute(optional)]
    pub domain_name: Value<String>,
    /// One to four DNS servers: addresses, or `AmazonProvidedDNS`. Default: none, so name one where names must resolve.
    #[attribute(optional)]
    pub domain_name_servers: Value<Vec<String>>,
    /// One to four time servers. Default: none; AWS's own is always there at 169.254.169.123.
    #[attribute(optional)]
    pub ntp_servers: Value<Vec<String>>,
    /// One to four NetBIOS name servers. Default: none.
    #[attribute(optional)]
    pub netbios_name_servers: Value<Vec<String>>,
    /// How NetBIOS names are looked up: 1, 2, 4 or 8; AWS advises 2. Default: none.
    #[attribute(optional)]
    pub netbios_node_type: Value<i64>,
}

/// Records of the packets of a network ([flow logs](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html)). AWS
/// cannot change them: a change makes another flow log in place of the old one; what was recorded stays.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct FlowLogs {
    /// `false`: this network keeps no records, whatever the provider block says. Default: `true`.
    #[attribute(default = true)]
    pub enabled: Value<bool>,
    /// The ARN of a bucket, with a prefix or without (`arn:aws:s3:::NAME/PREFIX`), of a log group of CloudWatch Logs, or of a
    /// delivery stream of Firehose. A bucket in another account must allow `delivery.logs.amazonaws.com` to write
    /// ([policy](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html)). Needed unless `enabled` is
    /// `false`.
    #[attribute(optional)]
    pub destination_arn: Value<Text<Arn>>,
    /// The ARN of the role that AWS writes to a log group with
    /// ([permissions](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html)). A bucket takes none.
    #[attribute(optional)]
    pub role_arn: Value<Text<Arn>>,
    /// Which packets: `all`; `accept`, those that pass; or `reject`, those that are refused. Default: `all`.
    #[attribute(default = Text(FlowLogTraffic::All))]
    pub traffic: Value<Text<FlowLogTraffic>>,
    /// Over how many seconds packets become one record: 60 or 600. Default: 600.
    #[attribute(default = 600)]
    pub aggregation_seconds: Value<i64>,
    /// The [fields](https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html) of a record, such as
    /// `"$${srcaddr} $${dstaddr} $${action}"`. Default: those of version 2.
    #[attribute(optional)]
    pub format: Value<String>,
}

/// What AWS does about traffic without encryption
/// ([encryption controls](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html)). AWS charges for it by
/// the hour.
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct EncryptionControl {
    /// `monitor`: flow logs tell of each flow whether it is encrypted; `enforce`: what would send without encryption is refused.
    /// Default: `monitor`.
    #[attribute(default = Text(EncryptionMode::Monitor))]
    pub mode: Value<Text<EncryptionMode>>,
    /// What may stay without encryption under `enforce`: `egress_only_internet_gateway`, `elastic_file_system`,
    /// `internet_gateway`, `lambda`, `nat_gateway`, `virtual_private_gateway`, `vpc_lattice` and `vpc_peering`. What the network
    /// itself has must be among them. Default: nothing.
    #[attribute(optional)]
    pub exclusions: Value<BTreeSet<Text<EncryptionExclusion>>>,
}

/// Tags by which Kubernetes finds its subnets: `kubernetes.io/role/elb` on public ones, `kubernetes.io/role/internal-elb` on
/// private ones ([subnet discovery](https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/)).
#[derive(Debug, Clone, Default, PartialEq, Model)]
pub struct Kubernetes {
    /// The names of clusters to tag public and private subnets with besides (`kubernetes.io/cluster/NAME = shared`). Only
    /// controllers older than 2021, and networks that several clusters share, need it. Default: none.
    #[attribute(optional)]
    pub clusters: Value<BTreeSet<String>>,
    /// The value of the tag `karpenter.sh/discovery` on private subnets, by which
    /// [Karpenter](https://karpenter.sh/docs/concepts/nodeclasses/) places nodes: usually the name of the cluster.
    /// Default: no such tag.
    #[attribute(optional)]
    pub karpenter_discovery: Value<String>,
}

/// A subnet.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct Subnet {
    /// Its id.
    #[attribute(computed)]
    pub id: Value<String>,
    /// Its CIDR block.
    #[attribute(computed)]
    pub cidr: Value<Text<Cidr>>,
    /// Its IPv6 block; null without `ipv6`.
    #[attribute(computed)]
    pub ipv6_cidr: Value<Text<Ipv6Cidr>>,
    /// The ID of its availability zone.
    #[attribute(computed)]
    pub az_id: Value<Text<AvailabilityZoneId>>,
    /// The id of its route table.
    #[attribute(computed)]
    pub route_table_id: Value<String>,
}

/// A NAT gateway.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct NatGateway {
    /// Its id.
    #[attribute(computed)]
    pub id: Value<String>,
    /// The allocation of its Elastic IP address.
    #[attribute(computed)]
    pub allocation_id: Value<String>,
    /// Its public address.
    #[attribute(computed)]
    pub public_ip: Value<String>,
}

impl Default for Egress {
    fn default() -> Self {
        Self {
            mode: Value::Known(Text(EgressMode::None)),
            transit_gateway_id: Value::Null,
            eip_allocation_ids: Value::Null,
            retain_eips_on_destroy: Value::Known(false),
        }
    }
}

/// The values of `status`.
pub(crate) mod status {
    pub(crate) const READY: &str = "ready";
    pub(crate) const DRIFTED: &str = "drifted";
    pub(crate) const DEGRADED: &str = "degraded";
    pub(crate) const INCOMPLETE: &str = "incomplete";
    pub(crate) const ADOPTED: &str = "adopted";
}
