//! Bad input, and the one error that each gives.

use super::{TYPE, cloud, process, two_zones, with};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

/// A policy longer than AWS takes.
static LONG_POLICY: LazyLock<String> = LazyLock::new(|| {
    let statement =
        |number: u32| json!({ "Effect": "Deny", "Principal": "*", "Action": format!("s3:{number:0>90}") });
    json!({ "Statement": (0..150).map(statement).collect::<Vec<_>>() }).to_string()
});

/// Bad input: one error each, at the attribute, with the fix.
#[tokio::test(start_paused = true)]
async fn every_mistake_is_named_at_its_attribute_with_the_fix() {
    let process = process(&cloud()).await;
    let mut table = String::new();
    for changes in [
        json!({ "cidr": "10.0.0.1/16" }),
        json!({ "cidr": "10.0.0.0/28" }),
        json!({ "cidr": "10.0.0.0/8" }),
        json!({ "name": "Main" }),
        json!({ "azs": {} }),
        json!({ "azs": { "e": "use1-az1" } }),
        json!({ "azs": { "a": "us-east-1a" } }),
        json!({ "azs": { "a": "use1-az1", "b": "use1-az1" } }),
        json!({ "azs": { "a": "euw1-az1" } }),
        json!({ "azs": { "a": "use1-az9" } }),
        json!({ "tiers": [] }),
        json!({ "tiers": ["private"] }),
        json!({ "tiers": ["lan"] }),
        json!({ "profile": "compact", "cidr": "10.0.0.0/24", "tiers": ["public", "private", "database"] }),
        json!({ "egress": { "mode": "nat" } }),
        json!({ "egress": { "mode": "regional_nat" }, "tiers": ["public", "intra"] }),
        json!({ "egress": { "mode": "zonal_nat", "eip_allocation_ids": { "a": "eip-1" } } }),
        json!({ "egress": { "mode": "zonal_nat", "eip_allocation_ids": { "c": "eipalloc-1" } } }),
        json!({ "egress": { "mode": "zonal_nat", "eip_allocation_ids": { "a": "eipalloc-1", "b": "eipalloc-1" } } }),
        json!({ "egress": { "mode": "single_nat", "eip_allocation_ids": { "b": "eipalloc-1" } } }),
        json!({ "egress": { "mode": "none", "eip_allocation_ids": { "a": "eipalloc-1" } } }),
        json!({ "egress": { "mode": "centralized" } }),
        json!({ "egress": { "mode": "centralized", "transit_gateway_id": "pcx-1" } }),
        json!({ "egress": { "mode": "single_nat", "transit_gateway_id": "tgw-1" } }),
        json!({ "dns_support": false }),
        json!({ "tags": { "landform:stack": "x" } }),
        json!({ "tags": { "aws:x": "x" } }),
        json!({ "gateway_endpoints": { "sqs": {} } }),
        json!({ "gateway_endpoints": { "s3": { "policy": "{" } } }),
        json!({ "gateway_endpoints": { "s3": { "policy": LONG_POLICY.as_str() } } }),
        json!({ "gateway_endpoints": { "s3": { "policy": "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}" } } }),
        json!({ "gateway_endpoints": { "s3": { "tiers": ["intra"] } } }),
        json!({ "interface_endpoints": { "SSM": {} } }),
        json!({ "interface_endpoints": { "ssm": { "policy": LONG_POLICY.as_str() } } }),
        json!({ "interface_endpoints": { "ssm": { "tier": "intra" } } }),
        json!({ "interface_endpoints": { "ssm": {} }, "tiers": ["public"], "egress": { "mode": "none" } }),
        json!({ "interface_endpoints": { "ssm": { "security_group_ids": ["default"] } } }),
        json!({ "interface_endpoints": { "ssm": { "security_group_ids": [] } } }),
        json!({ "interface_endpoints": { "ssm": {} }, "dns_hostnames": false }),
        json!({ "reserved_cidrs": { "offices": "10.0.0.0/8", "cluster prod": "172.20.0.0/16" } }),
        json!({ "network_acl": "closed" }),
        json!({ "block_public_access_exclusion": "allow" }),
        json!({ "encryption_control": { "mode": "monitor", "exclusions": ["lambda"] } }),
        json!({ "encryption_control": { "mode": "enforce", "exclusions": ["internet_gateway"] } }),
        json!({ "encryption_control": { "mode": "enforce", "exclusions": ["internet_gateway", "nat_gateway"] }, "ipv6": {} }),
        json!({ "encryption_control": { "mode": "enforce", "exclusions": ["internet"] } }),
        json!({ "dhcp_options": {} }),
        json!({ "dhcp_options": { "domain_name_servers": ["dns.corp.example"] } }),
        json!({ "dhcp_options": { "ntp_servers": ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"] } }),
        json!({ "dhcp_options": { "netbios_node_type": 3 } }),
        json!({ "tier_tags": { "lan": {} } }),
        json!({ "tier_tags": { "intra": {} } }),
        json!({ "tier_tags": { "private": { "Name": "x" } } }),
        json!({ "kubernetes": { "clusters": ["prod.eu"] } }),
        json!({ "kubernetes": { "karpenter_discovery": "x".repeat(257) } }),
        json!({ "flow_logs": { "destination_arn": "my-bucket" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:sns:us-east-1:123456789012:flows" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:logs:us-east-1:123456789012:log-group:flows" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:logs:us-east-1:123456789012:log-group:flows:*", "role_arn": "arn:aws:iam::123456789012:role/x" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::logs", "role_arn": "arn:aws:iam::123456789012:role/x" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:firehose:us-east-1:123456789012:deliverystream/x", "role_arn": "arn:aws:iam::123456789012:user/x" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::logs", "traffic": "dropped" } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::logs", "aggregation_seconds": 300 } }),
        json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::logs", "format": "srcaddr" } }),
        json!({ "routes": [{ "to": "10.0.4.0/22", "via": "tgw-1" }] }),
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "nat-1" }] }),
        json!({ "routes": [{ "to": "10.9.0.0", "via": "tgw-1" }] }),
        json!({ "routes": [{ "to": "2001:db8::1/64", "via": "tgw-1" }] }),
        json!({ "routes": [{ "to": "pl-1", "via": "vpce-1" }] }),
        json!({ "routes": [{ "to": "pl-1", "via": "tgw-1" }, { "to": "pl-1", "via": "pcx-1", "tiers": ["private"] }] }),
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "tgw-1", "tiers": ["intra"] }] }),
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "tgw-1" }, { "to": "10.9.0.0/16", "via": "pcx-1", "tiers": ["private"] }] }),
        json!({ "routes": [{ "to": "0.0.0.0/0", "via": "tgw-1", "tiers": ["public"] }] }),
        json!({ "routes": [{ "to": "0.0.0.0/0", "via": "tgw-1", "tiers": ["private"] }] }),
        json!({ "egress": { "mode": "none" }, "ipv6": { "dns64": true } }),
        json!({ "dns_support": false, "dns_hostnames": false, "ipv6": { "dns64": true } }),
        json!({ "custom_tiers": { "cache": {} }, "ipv6": {}, "subnet_overrides": { "cache": { "a": "10.0.200.0/24", "b": "10.0.201.0/24" } } }),
        json!({ "ipv6": {}, "routes": [{ "to": "::/0", "via": "tgw-1", "tiers": ["private"] }] }),
        json!({ "subnet_overrides": { "lan": { "a": "10.0.240.0/24" } } }),
        json!({ "subnet_overrides": { "intra": { "a": "10.0.240.0/24" } } }),
        json!({ "subnet_overrides": { "private": { "c": "10.0.240.0/24" } } }),
        json!({ "subnet_overrides": { "private": { "a": "10.1.0.0/24" } } }),
        json!({ "subnet_overrides": { "private": { "a": "10.0.240.0/29" } } }),
        json!({ "subnet_overrides": { "private": { "a": "10.0.128.0/24" } } }),
        json!({ "cidr": "10.0.0.0/12", "subnet_overrides": { "private": { "a": "10.0.0.0/24", "b": "10.0.1.0/24" }, "public": { "a": "10.0.2.0/24", "b": "10.0.3.0/24" } } }),
        json!({ "cidr": "10.0.0.0/25", "subnet_overrides": { "private": { "a": "10.0.0.0/28", "b": "10.0.0.16/28" }, "public": { "a": "10.0.0.32/28" } } }),
        json!({ "account_id": "12345" }),
        json!({ "region": "us-east-1a" }),
    ] {
        let plan = process.plan(TYPE, &Json::Null, &with(two_zones(), changes.clone())).await;
        let checked = process.validate(TYPE, with(two_zones(), changes.clone())).await;
        let mut all = checked.clone();
        all.extend(plan.diagnostics);
        assert_eq!(all.len(), 1, "{changes}: {all}");
        let shown: String = changes.to_string().chars().take(120).collect();
        table += &format!("{shown}\n  {}\n", all.to_string().replace('\n', "\n  "));
    }
    insta::assert_snapshot!(table, @r#"
    {"cidr":"10.0.0.1/16"}
      error: Invalid value for "cidr" (at cidr)
      `10.0.0.1/16` has bits set beyond its prefix length: write the network itself, `10.0.0.0/16`
    {"cidr":"10.0.0.0/28"}
      error: The network does not fit its profile (at cidr)
      the network 10.0.0.0/28 is too small for profile `standard`: use a /16 to /20, profile `compact` for a /21 to /24, or profile `custom` for any size.
    {"cidr":"10.0.0.0/8"}
      error: The network does not fit its profile (at cidr)
      the network 10.0.0.0/8 is too large for profile `standard`: use a /16 to /20, profile `compact` for a /21 to /24, or profile `custom` for any size.
    {"name":"Main"}
      error: Invalid value for "name" (at name)
      `Main` is not a resource name: it has 1 to 63 characters of `a`-`z`, `0`-`9` and `-`, starts with a letter and does not end with `-`
    {"azs":{}}
      error: No zones (at azs)
      Name at least one availability zone, such as `a = "use1-az1"`.
    {"azs":{"e":"use1-az1"}}
      error: The network does not fit its profile (at azs["e"])
      profile `standard` has no slot `e`: use `a` to `d`, or profile `wide` with a /16 to /19 for up to eight zones.
    {"azs":{"a":"us-east-1a"}}
      error: Invalid value for azs["a"] (at azs["a"])
      `us-east-1a` is not an availability zone ID: it is the region's short code, `-az` and a number, such as `use1-az1`; zone names such as `us-east-1a` differ from account to account and are not accepted
    {"azs":{"a":"use1-az1","b":"use1-az1"}}
      error: Zone named twice (at azs["b"])
      use1-az1 has slot a already; a zone has one slot.
    {"azs":{"a":"euw1-az1"}}
      error: Zone of another region (at azs["a"])
      euw1-az1 is not a zone of us-east-1: its zones start with "use1-az".
    {"azs":{"a":"use1-az9"}}
      error: Unknown availability zone (at azs["a"])
      account 123456789012, us-east-1 has no zone use1-az9; it has use1-az1, use1-az2, use1-az3, use1-az4.
    {"tiers":[]}
      error: No tiers (at tiers)
      Name at least one tier.
    {"tiers":["private"]}
      error: NAT gateways need a public and a private tier (at egress.mode)
      `egress.mode = "single_nat"` puts NAT gateways into public subnets for private ones. Add both tiers, or set it to "none".
    {"tiers":["lan"]}
      error: Invalid value for "tiers[*]" (at tiers)
      `lan` is not a tier: write `public`, `private`, `database`, `intra`, `tgw`, `endpoints`, `firewall` or `eks_eni`
    {"cidr":"10.0.0.0/24","profile":"compact","tiers":["public","private","database"]}
      error: The network does not fit its profile (at tiers)
      profile `compact` has no place for tier `database`: leave the tier out, or use profile `standard` with a /16 to /20.
    {"egress":{"mode":"nat"}}
      error: Invalid value for "egress.mode" (at egress.mode)
      `nat` is not an egress mode: write `none`, `single_nat`, `zonal_nat`, `regional_nat` or `centralized`
    {"egress":{"mode":"regional_nat"},"tiers":["public","intra"]}
      error: NAT gateways need a private tier (at egress.mode)
      `egress.mode = "regional_nat"` is for private subnets, and `tiers` does not have private. Add it, or set the mode to "none".
    {"egress":{"eip_allocation_ids":{"a":"eip-1"},"mode":"zonal_nat"}}
      error: Invalid value for egress.eip_allocation_ids["a"] (at egress.eip_allocation_ids["a"])
      "eip-1" is not the id of an Elastic IP address: it must look like "eipalloc-0123456789abcdef0"
    {"egress":{"eip_allocation_ids":{"c":"eipalloc-1"},"mode":"zonal_nat"}}
      error: No such slot (at egress.eip_allocation_ids["c"])
      `azs` of the network does not have c.
    {"egress":{"eip_allocation_ids":{"a":"eipalloc-1","b":"eipalloc-1"},"mode":"zonal_nat"}}
      error: Address named twice (at egress.eip_allocation_ids["b"])
      eipalloc-1 is the address of slot a already; an address serves one slot.
    {"egress":{"eip_allocation_ids":{"b":"eipalloc-1"},"mode":"single_nat"}}
      error: No NAT gateway for this address (at egress.eip_allocation_ids["b"])
      `single_nat` makes one NAT gateway, in slot a.
    {"egress":{"eip_allocation_ids":{"a":"eipalloc-1"},"mode":"none"}}
      error: No NAT gateway for this address (at egress.eip_allocation_ids["a"])
      `egress.mode` is "none", which makes no NAT gateway to have an address.
    {"egress":{"mode":"centralized"}}
      error: No transit gateway (at egress.transit_gateway_id)
      `egress.mode = "centralized"` sends packets to a transit gateway. Name it.
    {"egress":{"mode":"centralized","transit_gateway_id":"pcx-1"}}
      error: Not a transit gateway (at egress.transit_gateway_id)
      pcx-1 is not the id of a transit gateway (`tgw-…`).
    {"egress":{"mode":"single_nat","transit_gateway_id":"tgw-1"}}
      error: A transit gateway that nothing uses (at egress.transit_gateway_id)
      `egress.mode` is "single_nat", which uses none. Set it to "centralized", or leave the id out.
    {"dns_support":false}
      error: DNS hostnames need DNS support (at dns_hostnames)
      AWS gives no public names without its DNS server. Set `dns_hostnames = false` too.
    {"tags":{"landform:stack":"x"}}
      error: Tag "landform:stack" is not possible (at tags["landform:stack"])
      Keys that start with `landform:` say whose the object is and are set by Landform.
    {"tags":{"aws:x":"x"}}
      error: Tag "aws:x" is not possible (at tags["aws:x"])
      Keys that start with `aws:` belong to AWS.
    {"gateway_endpoints":{"sqs":{}}}
      error: No such gateway endpoint (at gateway_endpoints["sqs"])
      `sqs` is not a service with gateway endpoints: write `s3`, `dynamodb` or `s3express`.
    {"gateway_endpoints":{"s3":{"policy":"{"}}}
      error: Invalid value for gateway_endpoints["s3"].policy (at gateway_endpoints["s3"].policy)
      the policy is not valid JSON: EOF while parsing an object at line 1 column 1
    {"gateway_endpoints":{"s3":{"policy":"{\"Statement\":[{\"Action\":\"s3:0000000000000000000000000000000000000000000000000
      error: The policy is too long (at gateway_endpoints["s3"].policy)
      It has 22065 characters even without spaces; AWS takes 20480.
    {"gateway_endpoints":{"s3":{"policy":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}}}
      error: A statement without a principal (at gateway_endpoints["s3"].policy)
      Each statement of an endpoint's policy says whom it is about: add `Principal = "*"` where it is everybody.
    {"gateway_endpoints":{"s3":{"tiers":["intra"]}}}
      error: No such tier (at gateway_endpoints["s3"].tiers)
      `tiers` of the network does not have intra.
    {"interface_endpoints":{"SSM":{}}}
      error: No such interface endpoint (at interface_endpoints["SSM"])
      `SSM` is not a service with interface endpoints: it has at most 96 of `a`-`z`, `0`-`9`, `-` and `.`, such as `ssm`, `ecr.api` or a whole name such as `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d`.
    {"interface_endpoints":{"ssm":{"policy":"{\"Statement\":[{\"Action\":\"s3:0000000000000000000000000000000000000000000000
      error: The policy is too long (at interface_endpoints["ssm"].policy)
      It has 22065 characters even without spaces; AWS takes 20480.
    {"interface_endpoints":{"ssm":{"tier":"intra"}}}
      error: No such tier (at interface_endpoints["ssm"].tier)
      `tiers` of the network does not have intra.
    {"egress":{"mode":"none"},"interface_endpoints":{"ssm":{}},"tiers":["public"]}
      error: No tier for the endpoint (at interface_endpoints["ssm"].tier)
      The network has no tier for endpoints and no private one: say which tier the endpoint is in.
    {"interface_endpoints":{"ssm":{"security_group_ids":["default"]}}}
      error: Invalid value for interface_endpoints["ssm"].security_group_ids[*] (at interface_endpoints["ssm"].security_group_ids)
      "default" is not the id of a security group: it must look like "sg-0123456789abcdef0"
    {"interface_endpoints":{"ssm":{"security_group_ids":[]}}}
      error: No security group (at interface_endpoints["ssm"].security_group_ids)
      AWS would give it the default group, which lets nothing in. Leave `security_group_ids` out, or name one.
    {"dns_hostnames":false,"interface_endpoints":{"ssm":{}}}
      error: Private DNS needs DNS (at interface_endpoints["ssm"].private_dns)
      The service's own name leads to the endpoint only where `dns_support` and `dns_hostnames` are on. Switch them on, or set `private_dns = false`.
    {"reserved_cidrs":{"cluster prod":"172.20.0.0/16","offices":"10.0.0.0/8"}}
      error: A block that is reserved (at cidr)
      10.0.0.0/16 shares addresses with 10.0.0.0/8 (`reserved_cidrs["offices"]`). Choose another block.
    {"network_acl":"closed"}
      error: Invalid value for "network_acl" (at network_acl)
      `closed` is not a preset of network ACLs: write `open`, `private` or `isolated`
    {"block_public_access_exclusion":"allow"}
      error: Invalid value for "block_public_access_exclusion" (at block_public_access_exclusion)
      `allow` is not an exclusion from block public access: write `allow_bidirectional` or `allow_egress`
    {"encryption_control":{"exclusions":["lambda"],"mode":"monitor"}}
      error: Exclusions without effect (at encryption_control.exclusions)
      While the mode is `monitor` nothing is refused, so there is nothing to exclude. Leave `exclusions` out.
    {"encryption_control":{"exclusions":["internet_gateway"],"mode":"enforce"}}
      error: A part of the network cannot be encrypted (at encryption_control.exclusions)
      The network has NAT gateways, and AWS encrypts nothing that passes it. Add "nat_gateway" to `exclusions`, or let the mode be `monitor`.
    {"encryption_control":{"exclusions":["internet_gateway","nat_gateway"],"mode":"enforce"},"ipv6":{}}
      error: A part of the network cannot be encrypted (at encryption_control.exclusions)
      The network has an egress-only internet gateway, and AWS encrypts nothing that passes it. Add "egress_only_internet_gateway" to `exclusions`, or let the mode be `monitor`.
    {"encryption_control":{"exclusions":["internet"],"mode":"enforce"}}
      error: Invalid value for "encryption_control.exclusions[*]" (at encryption_control.exclusions)
      `internet` is not an exclusion from encryption: write `egress_only_internet_gateway`, `elastic_file_system`, `internet_gateway`, `lambda`, `nat_gateway`, `virtual_private_gateway`, `vpc_lattice` or `vpc_peering`
    {"dhcp_options":{}}
      error: No option (at dhcp_options)
      AWS takes no set without options. Name one, or leave `dhcp_options` out.
    {"dhcp_options":{"domain_name_servers":["dns.corp.example"]}}
      error: Not a server (at dhcp_options.domain_name_servers)
      "dns.corp.example" is not an address. AWS's own DNS server is "AmazonProvidedDNS".
    {"dhcp_options":{"ntp_servers":["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4","10.0.0.5"]}}
      error: Not a number of servers (at dhcp_options.ntp_servers)
      AWS takes one to 4 servers. Leave `ntp_servers` out to name none.
    {"dhcp_options":{"netbios_node_type":3}}
      error: No such node type (at dhcp_options.netbios_node_type)
      It is 1, 2, 4 or 8, not 3; AWS advises 2.
    {"tier_tags":{"lan":{}}}
      error: No such tier (at tier_tags["lan"])
      Neither `tiers` nor `custom_tiers` of the network has lan.
    {"tier_tags":{"intra":{}}}
      error: No such tier (at tier_tags["intra"])
      `tiers` of the network does not have intra.
    {"tier_tags":{"private":{"Name":"x"}}}
      error: Tag "Name" is not possible (at tier_tags["private"]["Name"])
      Landform sets `Name` itself, from the name of the resource and of the part.
    {"kubernetes":{"clusters":["prod.eu"]}}
      error: Invalid cluster name (at kubernetes.clusters)
      "prod.eu" cannot be the name of a cluster: it has 1 to 100 letters, digits, `-` and `_`, and starts with a letter or a digit.
    {"kubernetes":{"karpenter_discovery":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      error: The value is too long (at kubernetes.karpenter_discovery)
      It is the value of a tag, which has at most 256 characters.
    {"flow_logs":{"destination_arn":"my-bucket"}}
      error: Invalid value for "flow_logs.destination_arn" (at flow_logs.destination_arn)
      `my-bucket` is not an ARN: it has six parts with colons between them, such as `arn:aws:iam::210987654321:role/deploy`
    {"flow_logs":{"destination_arn":"arn:aws:sns:us-east-1:123456789012:flows"}}
      error: Not a destination (at flow_logs.destination_arn)
      arn:aws:sns:us-east-1:123456789012:flows is no place for flow logs: name a bucket (`arn:aws:s3:::NAME`), a log group (`arn:aws:logs:REGION:ACCOUNT:log-group:NAME`) or a delivery stream of Firehose.
    {"flow_logs":{"destination_arn":"arn:aws:logs:us-east-1:123456789012:log-group:flows"}}
      error: CloudWatch Logs needs a role (at flow_logs.role_arn)
      AWS writes to a log group with a role of yours. Set `role_arn` to one that may create streams in it and put events to them.
    {"flow_logs":{"destination_arn":"arn:aws:logs:us-east-1:123456789012:log-group:flows:*","role_arn":"arn:aws:iam::1234567
      error: Not the ARN of a log group itself (at flow_logs.destination_arn)
      The ARN of a log group that ends in `:*` means its streams. Leave `:*` out.
    {"flow_logs":{"destination_arn":"arn:aws:s3:::logs","role_arn":"arn:aws:iam::123456789012:role/x"}}
      error: A bucket takes no role (at flow_logs.role_arn)
      AWS writes to a bucket by the bucket's policy, not with a role. Leave `role_arn` out.
    {"flow_logs":{"destination_arn":"arn:aws:firehose:us-east-1:123456789012:deliverystream/x","role_arn":"arn:aws:iam::1234
      error: Not a role (at flow_logs.role_arn)
      arn:aws:iam::123456789012:user/x is not the ARN of an IAM role.
    {"flow_logs":{"destination_arn":"arn:aws:s3:::logs","traffic":"dropped"}}
      error: Invalid value for "flow_logs.traffic" (at flow_logs.traffic)
      `dropped` is not traffic of a flow log: write `all`, `accept` or `reject`
    {"flow_logs":{"aggregation_seconds":300,"destination_arn":"arn:aws:s3:::logs"}}
      error: No such interval (at flow_logs.aggregation_seconds)
      AWS aggregates over 60 or 600 seconds, not 300.
    {"flow_logs":{"destination_arn":"arn:aws:s3:::logs","format":"srcaddr"}}
      error: No field in the format (at flow_logs.format)
      A format is a list of fields such as `${srcaddr} ${dstaddr}`; in Terraform, write `$${srcaddr}`.
    {"routes":[{"to":"10.0.4.0/22","via":"tgw-1"}]}
      error: A route into the network itself (at routes[0].to)
      10.0.4.0/22 is inside the network's own 10.0.0.0/16, which AWS routes itself. Only a network interface or a Gateway Load Balancer endpoint can stand in between.
    {"routes":[{"to":"10.9.0.0/16","via":"nat-1"}]}
      error: Invalid value for "routes[0].via" (at routes[0].via)
      `nat-1` is not something that a route can lead to: write the id of a transit gateway (`tgw-…`), a peering connection (`pcx-…`), a virtual private gateway (`vgw-…`), a network interface (`eni-…`) or a Gateway Load Balancer endpoint (`vpce-…`)
    {"routes":[{"to":"10.9.0.0","via":"tgw-1"}]}
      error: Invalid value for "routes[0].to" (at routes[0].to)
      `10.9.0.0` is not a destination: write an IPv4 block (`10.0.0.0/8`), an IPv6 block (`2001:db8::/32`) or the id of a prefix list (`pl-0123456789abcdef0`)
    {"routes":[{"to":"2001:db8::1/64","via":"tgw-1"}]}
      error: Invalid value for "routes[0].to" (at routes[0].to)
      `2001:db8::1/64` is not how this network is written: write `2001:db8::/64`
    {"routes":[{"to":"pl-1","via":"vpce-1"}]}
      error: A prefix list through an endpoint (at routes[0].to)
      AWS shows such a route just as it shows those of gateway endpoints, so nobody could tell whether it is there. Write a route for each block of the list.
    {"routes":[{"to":"pl-1","via":"tgw-1"},{"tiers":["private"],"to":"pl-1","via":"pcx-1"}]}
      error: Two routes to one place (at routes[1].to)
      routes[0] leads private to pl-1 already; a table has one route to a place.
    {"routes":[{"tiers":["intra"],"to":"10.9.0.0/16","via":"tgw-1"}]}
      error: No such tier (at routes[0].tiers)
      `tiers` of the network does not have intra.
    {"routes":[{"to":"10.9.0.0/16","via":"tgw-1"},{"tiers":["private"],"to":"10.9.0.0/16","via":"pcx-1"}]}
      error: Two routes to one place (at routes[1].to)
      routes[0] leads private to 10.9.0.0/16 already; a table has one route to a place.
    {"routes":[{"tiers":["public"],"to":"0.0.0.0/0","via":"tgw-1"}]}
      error: Two ways out (at routes[0].to)
      Subnets of tier public reach the internet by the internet gateway. Name other tiers in `tiers`.
    {"routes":[{"tiers":["private"],"to":"0.0.0.0/0","via":"tgw-1"}]}
      error: Two ways out (at routes[0].to)
      `egress` leads private subnets to the internet. Set `egress.mode = "none"`, or name other tiers in `tiers`.
    {"egress":{"mode":"none"},"ipv6":{"dns64":true}}
      error: DNS64 needs a NAT gateway (at ipv6.dns64)
      A NAT gateway makes IPv4 packets of those to 64:ff9b::/96, and this network has none. Choose an `egress.mode` with NAT gateways, or leave `dns64` out.
    {"dns_hostnames":false,"dns_support":false,"ipv6":{"dns64":true}}
      error: DNS64 needs DNS support (at ipv6.dns64)
      The Amazon DNS server is what answers so. Switch `dns_support` on, or leave `dns64` out.
    {"custom_tiers":{"cache":{}},"ipv6":{},"subnet_overrides":{"cache":{"a":"10.0.200.0/24","b":"10.0.201.0/24"}}}
      error: The network does not fit its profile (at custom_tiers)
      tier `cache` has no place for IPv6: give it an `area` of 1 to 4.
    {"ipv6":{},"routes":[{"tiers":["private"],"to":"::/0","via":"tgw-1"}]}
      error: Two ways out over IPv6 (at routes[0].to)
      Subnets of tier private reach the internet over IPv6 by a gateway of the network. Name other tiers in `tiers`.
    {"subnet_overrides":{"lan":{"a":"10.0.240.0/24"}}}
      error: No such tier (at subnet_overrides["lan"])
      Neither `tiers` nor `custom_tiers` of the network has lan.
    {"subnet_overrides":{"intra":{"a":"10.0.240.0/24"}}}
      error: No such tier (at subnet_overrides["intra"])
      `tiers` of the network does not have intra.
    {"subnet_overrides":{"private":{"c":"10.0.240.0/24"}}}
      error: No such slot (at subnet_overrides["private"]["c"])
      `azs` of the network does not have c.
    {"subnet_overrides":{"private":{"a":"10.1.0.0/24"}}}
      error: A subnet outside the network (at subnet_overrides["private"]["a"])
      10.1.0.0/24 is not in 10.0.0.0/16. Add the block that it is in to `secondary_cidrs`.
    {"subnet_overrides":{"private":{"a":"10.0.240.0/29"}}}
      error: Not the size of a subnet (at subnet_overrides["private"]["a"])
      AWS takes subnets of /16 to /28.
    {"subnet_overrides":{"private":{"a":"10.0.128.0/24"}}}
      error: Two subnets in one place (at subnet_overrides["private"]["a"])
      private/a (10.0.128.0/24) shares addresses with public/a (10.0.128.0/22).
    {"cidr":"10.0.0.0/12","subnet_overrides":{"private":{"a":"10.0.0.0/24","b":"10.0.1.0/24"},"public":{"a":"10.0.2.0/24","b
      error: Not the size of a network (at cidr)
      AWS takes networks of /16 to /28.
    {"cidr":"10.0.0.0/25","subnet_overrides":{"private":{"a":"10.0.0.0/28","b":"10.0.0.16/28"},"public":{"a":"10.0.0.32/28"}
      error: The network does not fit its profile (at cidr)
      the network 10.0.0.0/25 is too small for profile `standard`: use a /16 to /20, profile `compact` for a /21 to /24, or profile `custom` for any size.
    {"account_id":"12345"}
      error: Invalid value for "account_id" (at account_id)
      `12345` is not an AWS account ID: it has exactly 12 digits, such as `210987654321`; in YAML write it in quotes
    {"region":"us-east-1a"}
      error: Invalid value for "region" (at region)
      `us-east-1a` is not an AWS region: a region is an area, a direction and a number, such as `us-east-1` or `ap-southeast-2`
    "#);
}

/// An organization can forbid exclusions; the plan that wants one asks.
#[tokio::test(start_paused = true)]
async fn an_exclusion_that_the_organization_forbids_is_refused_at_plan() {
    use landform_cloud::network::{BlockMode, BlockPublicAccess};
    let cloud = cloud();
    let forbidden = BlockPublicAccess { mode: BlockMode::Bidirectional, exclusions_allowed: false };
    cloud.world(&super::target(), |world| world.block_public_access = Some(forbidden));
    let config = with(two_zones(), json!({ "block_public_access_exclusion": "allow_egress" }));
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &config).await.to_string();
    assert!(
        plan.contains("Exclusions are forbidden") && plan.contains("block_public_access_exclusion"),
        "{plan}"
    );
}
