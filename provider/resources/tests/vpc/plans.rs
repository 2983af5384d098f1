//! What plans show, and what they refuse.

use super::{TYPE, cloud, configured, process, target, two_zones, with};
use landform_framework::testing::{Instance, UNKNOWN};
use landform_test_support::cloud::is_write;
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

#[tokio::test(start_paused = true)]
async fn a_create_shows_every_subnet_and_leaves_ids_unknown() {
    let cloud = cloud();
    let plan = process(&cloud).await.plan(TYPE, &Json::Null, &two_zones()).await;
    insta::assert_snapshot!(plan, @r#"
    create
    + account_id = "123456789012"
    + arn = (known after apply)
    + azs = {"a" = "use1-az1", "b" = "use1-az2"}
    + cidr = "10.0.0.0/16"
    + default_security_group_id = (known after apply)
    + deletion_protection = false
    + dns_hostnames = true
    + dns_support = true
    + drift = []
    + egress = {mode = "single_nat"}
    + gateway_endpoint_ids = {}
    + gateway_endpoints = {}
    + id = (known after apply)
    + internet_gateway_id = (known after apply)
    + map_public_ip_on_launch = false
    + name = "main"
    + nat_gateways = {"a" = {allocation_id = (known after apply), id = (known after apply), public_ip = (known after apply)}}
    + nat_public_ips = {"a" = (known after apply)}
    + profile = "standard"
    + region = "us-east-1"
    + route_table_ids = {"private/a" = (known after apply), "private/b" = (known after apply), "public" = (known after apply)}
    + stack = "test"
    + status = "ready"
    + subnet_ids = {"private" = [(known after apply), (known after apply)], "public" = [(known after apply), (known after apply)]}
    + subnets = {"private" = {"a" = {az_id = "use1-az1", cidr = "10.0.0.0/19", id = (known after apply), route_table_id = (known after apply)}, "b" = {az_id = "use1-az2", cidr = "10.0.32.0/19", id = (known after apply), route_table_id = (known after apply)}}, "public" = {"a" = {az_id = "use1-az1", cidr = "10.0.128....
    + tiers = ["public", "private"]
    "#);
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_cidr_leaves_the_parts_unknown() {
    let config = with(two_zones(), json!({ "cidr": UNKNOWN }));
    let plan = process(&cloud()).await.plan(TYPE, &Json::Null, &config).await.to_string();
    let parts: Vec<&str> =
        plan.lines().filter(|line| line.contains("subnets") || line.contains("nat_")).collect();
    insta::assert_snapshot!(parts.join("\n"), @r#"
    + nat_gateways = (known after apply)
    + nat_public_ips = (known after apply)
    + subnets = (known after apply)
    "#);
}

/// What other resources of the same plan give - a bucket, a policy with its ARN, a tag - decides about no subnet.
#[tokio::test(start_paused = true)]
async fn settings_that_are_unknown_leave_the_parts_known() {
    let settings = json!({
        "tags": UNKNOWN,
        "tier_tags": UNKNOWN,
        "gateway_endpoints": { "s3": { "policy": UNKNOWN, "tiers": UNKNOWN } },
        "flow_logs": { "destination_arn": UNKNOWN },
        "routes": [{ "to": "10.64.0.0/10", "via": UNKNOWN }],
        "kubernetes": { "clusters": UNKNOWN },
        "map_public_ip_on_launch": UNKNOWN,
    });
    let terraform = process(&cloud()).await;
    let plan = terraform.plan(TYPE, &Json::Null, &with(two_zones(), settings)).await.to_string();
    assert!(plan.contains("cidr = \"10.0.0.0/19\""), "{plan}");
    assert!(plan.contains("+ gateway_endpoint_ids = {\"s3\" = (known after apply)}"), "{plan}");
    assert!(plan.contains("+ flow_log_id = (known after apply)"), "{plan}");
    let endpoints = with(two_zones(), json!({ "gateway_endpoints": UNKNOWN }));
    let plan = terraform.plan(TYPE, &Json::Null, &endpoints).await.to_string();
    assert!(plan.contains("cidr = \"10.0.0.0/19\""), "{plan}");
    assert!(plan.contains("+ gateway_endpoint_ids = (known after apply)"), "{plan}");
}

/// A network that was laid out by hand: any size, any places.
#[tokio::test(start_paused = true)]
async fn subnets_lie_where_overrides_say_and_stay_there() {
    let cloud = cloud();
    let private = json!({ "a": "10.0.0.0/27", "b": "10.0.0.32/27" });
    let by_hand = json!({
        "cidr": "10.0.0.0/25",
        "subnet_overrides": { "private": private, "public": { "a": "10.0.0.64/28", "b": "10.0.0.80/28" } },
    });
    let mut network = Instance::new(TYPE);
    let made = network
        .apply(&process(&cloud).await, &process(&cloud).await, &with(two_zones(), by_hand.clone()))
        .await;
    assert!(made.is_empty(), "{made}");
    let subnets = network.state.as_ref().unwrap()["subnets"].clone();
    assert_eq!(subnets["private"]["b"]["cidr"], "10.0.0.32/27");
    let plan = network.plan(&process(&cloud).await, &with(two_zones(), by_hand.clone())).await.to_string();
    assert_eq!(plan, "no change");
    let mut moved = by_hand;
    moved["subnet_overrides"]["private"]["b"] = json!("10.0.0.96/27");
    let plan = network.plan(&process(&cloud).await, &with(two_zones(), moved)).await.to_string();
    insta::assert_snapshot!(plan, @r#"
    error: A subnet cannot move (at subnet_overrides["private"]["b"])
    Subnet private/b is 10.0.0.32/27; AWS cannot give it 10.0.0.96/27. Set `subnet_overrides` back to what it is.
    "#);
}

#[tokio::test(start_paused = true)]
async fn a_plan_of_no_change_reads_no_more_than_the_refresh() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let diagnostics = network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    cloud.take_calls();
    let plan = network.plan(&process(&cloud).await, &two_zones()).await;
    assert_eq!(plan.to_string(), "no change");
    let calls = cloud.take_calls();
    assert_eq!(calls.len(), 8, "{calls:?}");
}

/// Changes of a network that exists, each with the plan it gives.
#[tokio::test(start_paused = true)]
async fn changes() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    let mut table = String::new();
    for (what, changes) in [
        ("a tier more", json!({ "tiers": ["public", "private", "intra"] })),
        ("a NAT gateway in each zone", json!({ "egress": { "mode": "zonal_nat" } })),
        ("no DNS names", json!({ "dns_hostnames": false })),
        ("a tag", json!({ "tags": { "team": "core" } })),
        ("a gateway endpoint", json!({ "gateway_endpoints": { "s3": {} } })),
        ("a route", json!({ "routes": [{ "to": "10.64.0.0/10", "via": "tgw-1" }] })),
        ("a flow log", json!({ "flow_logs": { "destination_arn": "arn:aws:s3:::logs" } })),
        ("tags for Kubernetes", json!({ "kubernetes": {} })),
        ("another CIDR", json!({ "cidr": "10.9.0.0/16" })),
        ("another CIDR, allowed", json!({ "cidr": "10.9.0.0/16", "allow_replace": ["cidr"] })),
        ("another zone in a slot", json!({ "azs": { "a": "use1-az1", "b": "use1-az3" } })),
    ] {
        let plan = network.plan(&process(&cloud).await, &with(two_zones(), changes)).await.to_string();
        // A replacement shows all of the new network: the first lines say enough.
        let lines: Vec<&str> = plan.lines().take(9).map(|line| line.get(..150).unwrap_or(line)).collect();
        table += &format!("## {what}\n{}\n", lines.join("\n"));
    }
    insta::assert_snapshot!(table, @r#"
    ## a tier more
    update
    ~ route_table_ids = {"private/a" = "rtb-0000000b", "private/b" = "rtb-0000000c", "public" = "rtb-0000000a"} -> {"intra" = (known after apply), "privat
    ~ subnet_ids = {"private" = ["subnet-00000006", "subnet-00000007"], "public" = ["subnet-00000004", "subnet-00000005"]} -> {"intra" = [(known after app
    ~ subnets = {"private" = {"a" = {az_id = "use1-az1", cidr = "10.0.0.0/19", id = "subnet-00000006", route_table_id = "rtb-0000000b"}, "b" = {az_id = "u
    ~ tiers = ["public", "private"] -> ["public", "private", "intra"]
    ## a NAT gateway in each zone
    update
    ~ egress = {mode = "single_nat"} -> {mode = "zonal_nat"}
    ~ nat_gateways = {"a" = {allocation_id = "eipalloc-00000009", id = "nat-00000011", public_ip = "203.0.113.1"}} -> {"a" = {allocation_id = "eipalloc-00
    ~ nat_public_ips = {"a" = "203.0.113.1"} -> {"a" = "203.0.113.1", "b" = (known after apply)}
    ## no DNS names
    update
    ~ dns_hostnames = true -> false
    ## a tag
    update
    + tags = {"team" = "core"}
    ## a gateway endpoint
    update
    ~ gateway_endpoint_ids = {} -> {"s3" = (known after apply)}
    ~ gateway_endpoints = {} -> {"s3" = {}}
    warning: Open connections to s3 break
    A gateway endpoint is added or taken away, which moves packets between the endpoint and the way out by `egress`. AWS cuts connections that are open at
    ## a route
    update
    + routes = [{to = "10.64.0.0/10", via = "tgw-1"}]
    ## a flow log
    update
    + flow_log_id = (known after apply)
    + flow_logs = {aggregation_seconds = 600, destination_arn = "arn:aws:s3:::logs", traffic = "all"}
    ## tags for Kubernetes
    update
    + kubernetes = {}
    ## another CIDR
    error: Changing "cidr" would replace landform_vpc test/vpc/main@123456789012/us-east-1 (at cidr)
    "cidr" cannot be changed in place: it is "10.0.0.0/16", and the configuration asks for "10.9.0.0/16".
    Everything in it would be destroyed and made again. To keep it, restore the old value; to replace it, set allow_replace = ["cidr"].
    ## another CIDR, allowed
    create because of cidr
    + account_id = "123456789012"
    + allow_replace = ["cidr"]
    + arn = (known after apply)
    + azs = {"a" = "use1-az1", "b" = "use1-az2"}
    + cidr = "10.9.0.0/16"
    + default_security_group_id = (known after apply)
    + deletion_protection = false
    + dns_hostnames = true
    ## another zone in a slot
    error: A slot cannot move to another zone (at azs["b"])
    Slot b is use1-az2; AWS cannot move its subnets. Give the new zone a free letter, move what runs there, then remove b.
    "#);
}

#[tokio::test(start_paused = true)]
async fn protection_refuses_to_destroy_and_to_take_subnets_away() {
    let cloud = cloud();
    let protected = with(two_zones(), json!({ "deletion_protection": null }));
    let mut network = Instance::new(TYPE);
    network.apply(&process(&cloud).await, &process(&cloud).await, &protected).await;
    let destroy = network.destroy(&process(&cloud).await, &process(&cloud).await).await.to_string();
    assert!(destroy.contains("Network main is protected"), "{destroy}");
    for changes in
        [json!({ "azs": { "a": "use1-az1" } }), json!({ "tiers": ["private"], "egress": { "mode": "none" } })]
    {
        let plan = network.plan(&process(&cloud).await, &with(protected.clone(), changes)).await.to_string();
        assert!(plan.contains("Subnets are protected"), "{plan}");
    }
    assert_eq!(network.plan(&process(&cloud).await, &protected).await.to_string(), "no change");
    let anew = with(protected.clone(), json!({ "cidr": "10.9.0.0/16", "allow_replace": ["cidr"] }));
    let before = cloud.world(&target(), |world| world.inventory());
    let replace = network.apply(&process(&cloud).await, &process(&cloud).await, &anew).await.to_string();
    assert!(replace.contains("Network main is protected"), "{replace}");
    assert_eq!(cloud.world(&target(), |world| world.inventory()), before);
}

/// A policy longer than AWS takes.
static LONG_POLICY: LazyLock<String> = LazyLock::new(|| {
    let statement =
        |number: u32| json!({ "Effect": "Deny", "Principal": "*", "Action": format!("s3:{number:0>90}") });
    json!({ "Statement": (0..150).map(statement).collect::<Vec<_>>() }).to_string()
});

/// Bad input: one error each, at the attribute, with the fix.
#[tokio::test(start_paused = true)]
async fn refusals() {
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
        json!({ "dns_support": false }),
        json!({ "tags": { "landform:stack": "x" } }),
        json!({ "tags": { "aws:x": "x" } }),
        json!({ "gateway_endpoints": { "sqs": {} } }),
        json!({ "gateway_endpoints": { "s3": { "policy": "{" } } }),
        json!({ "gateway_endpoints": { "s3": { "policy": LONG_POLICY.as_str() } } }),
        json!({ "gateway_endpoints": { "s3": { "tiers": ["intra"] } } }),
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
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "tgw-1", "tiers": ["intra"] }] }),
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "tgw-1" }, { "to": "10.9.0.0/16", "via": "pcx-1", "tiers": ["private"] }] }),
        json!({ "routes": [{ "to": "0.0.0.0/0", "via": "tgw-1", "tiers": ["public"] }] }),
        json!({ "routes": [{ "to": "0.0.0.0/0", "via": "tgw-1", "tiers": ["private"] }] }),
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
      the network 10.0.0.0/28 is too small for profile `standard`: use a /16 to /20, or profile `compact` for a /21 to /24.
    {"cidr":"10.0.0.0/8"}
      error: The network does not fit its profile (at cidr)
      the network 10.0.0.0/8 is too large for profile `standard`: use a /16 to /20, or profile `compact` for a /21 to /24.
    {"name":"Main"}
      error: Invalid value for "name" (at name)
      `Main` is not a resource name: it has 1 to 63 characters of `a`-`z`, `0`-`9` and `-`, starts with a letter and does not end with `-`
    {"azs":{}}
      error: No zones (at azs)
      Name at least one availability zone, such as `a = "use1-az1"`.
    {"azs":{"e":"use1-az1"}}
      error: Invalid slot (at azs["e"])
      `e` is not a slot: a slot is one of the letters `a`, `b`, `c` and `d`.
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
      `lan` is not a tier: write `public`, `private`, `database` or `intra`
    {"cidr":"10.0.0.0/24","profile":"compact","tiers":["public","private","database"]}
      error: The network does not fit its profile (at tiers)
      profile `compact` has no tier `database`: leave the tier out, or use profile `standard` with a /16 to /20.
    {"egress":{"mode":"nat"}}
      error: Invalid value for "egress.mode" (at egress.mode)
      `nat` is not an egress mode: write `none`, `single_nat` or `zonal_nat`
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
    {"gateway_endpoints":{"s3":{"tiers":["intra"]}}}
      error: No such tier (at gateway_endpoints["s3"].tiers)
      `tiers` of the network does not have intra.
    {"tier_tags":{"lan":{}}}
      error: No such tier (at tier_tags["lan"])
      `lan` is not a tier: write `public`, `private`, `database` or `intra`.
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
    {"routes":[{"tiers":["intra"],"to":"10.9.0.0/16","via":"tgw-1"}]}
      error: No such tier (at routes[0].tiers)
      `tiers` of the network does not have intra.
    {"routes":[{"to":"10.9.0.0/16","via":"tgw-1"},{"tiers":["private"],"to":"10.9.0.0/16","via":"pcx-1"}]}
      error: Two routes to one place (at routes[1].to)
      routes[0] leads private to 10.9.0.0/16 already; a table has one route to a place.
    {"routes":[{"tiers":["public"],"to":"0.0.0.0/0","via":"tgw-1"}]}
      error: Two ways out (at routes[0].to)
      Public subnets reach the internet by the internet gateway. Name other tiers in `tiers`.
    {"routes":[{"tiers":["private"],"to":"0.0.0.0/0","via":"tgw-1"}]}
      error: Two ways out (at routes[0].to)
      `egress` leads private subnets to the internet. Set `egress.mode = "none"`, or name other tiers in `tiers`.
    {"subnet_overrides":{"lan":{"a":"10.0.240.0/24"}}}
      error: No such tier (at subnet_overrides["lan"])
      `lan` is not a tier: write `public`, `private`, `database` or `intra`.
    {"subnet_overrides":{"intra":{"a":"10.0.240.0/24"}}}
      error: No such tier (at subnet_overrides["intra"])
      `tiers` of the network does not have intra.
    {"subnet_overrides":{"private":{"c":"10.0.240.0/24"}}}
      error: No such slot (at subnet_overrides["private"]["c"])
      `azs` of the network does not have c.
    {"subnet_overrides":{"private":{"a":"10.1.0.0/24"}}}
      error: A subnet outside the network (at subnet_overrides["private"]["a"])
      10.1.0.0/24 is not in 10.0.0.0/16, the block of the network.
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
      the network 10.0.0.0/25 is too small for profile `standard`: use a /16 to /20, or profile `compact` for a /21 to /24.
    {"account_id":"12345"}
      error: Invalid value for "account_id" (at account_id)
      `12345` is not an AWS account ID: it has exactly 12 digits, such as `210987654321`; in YAML write it in quotes
    {"region":"us-east-1a"}
      error: Invalid value for "region" (at region)
      `us-east-1a` is not an AWS region: a region is an area, a direction and a number, such as `us-east-1` or `ap-southeast-2`
    "#);
}

#[tokio::test(start_paused = true)]
async fn without_a_region_anywhere_the_plan_says_where_to_set_it() {
    let terraform = configured(&cloud(), json!({ "stack": "test" })).await;
    let plan = terraform.plan(TYPE, &Json::Null, &two_zones()).await.to_string();
    assert!(plan.contains("No region") && plan.contains("AWS_REGION"), "{plan}");
}

#[tokio::test(start_paused = true)]
async fn a_provider_block_that_is_not_known_yet_plans_and_reads_nothing() {
    let cloud = cloud();
    let terraform = configured(&cloud, json!({ "stack": "test", "region": UNKNOWN })).await;
    let plan = terraform.plan(TYPE, &Json::Null, &two_zones()).await;
    assert!(plan.to_string().contains("+ subnets = (known after apply)"), "{plan}");
    assert!(cloud.take_calls().is_empty());
}

#[tokio::test(start_paused = true)]
async fn another_stack_in_the_provider_block_is_refused() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    let other = configured(&cloud, json!({ "region": "us-east-1", "stack": "renamed" })).await;
    let read = other.read(TYPE, &network.value(&other)).await.to_string();
    assert!(read.contains("belongs to another stack") && read.contains("\"test\""), "{read}");
}

#[tokio::test(start_paused = true)]
async fn the_data_source_finds_the_network_by_name_and_says_when_there_is_none_or_more() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    let terraform = process(&cloud).await;
    let found = terraform.data(TYPE, json!({ "name": "main" })).await;
    assert!(!found.diagnostics.has_errors(), "{found}");
    let id = network.state.as_ref().unwrap()["id"].as_str().unwrap();
    assert!(found.to_string().contains(id), "{found}");
    let absent = terraform.data(TYPE, json!({ "name": "other" })).await.to_string();
    assert!(absent.contains("There is no network other"), "{absent}");
    cloud.world(&target(), |world| {
        let mut twin = world.vpcs[0].clone();
        twin.id = "vpc-000000ff".parse().unwrap();
        twin.tags.insert("landform:stack".into(), "twin".into());
        world.vpcs.push(twin);
    });
    let several = terraform.data(TYPE, json!({ "name": "main" })).await.to_string();
    assert!(several.contains("set `stack` or `tags`"), "{several}");
    let chosen = terraform.data(TYPE, json!({ "name": "main", "stack": "test" })).await;
    assert!(chosen.to_string().contains(id), "{chosen}");
}
