//! What plans show, and what they refuse.

use super::{TYPE, cloud, configured, process, target, two_zones, with};
use landform_framework::testing::{Instance, UNKNOWN};
use landform_test_cloud::is_write;
use serde_json::{Value as Json, json};

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
    + egress = {mode = "single_nat", retain_eips_on_destroy = false}
    + gateway_endpoint_ids = {}
    + gateway_endpoints = {}
    + id = (known after apply)
    + interface_endpoint_ids = {}
    + interface_endpoints = {}
    + internet_gateway_id = (known after apply)
    + map_public_ip_on_launch = false
    + name = "main"
    + nat_gateways = {"a" = {allocation_id = (known after apply), id = (known after apply), public_ip = (known after apply)}}
    + nat_public_ips = {"a" = (known after apply)}
    + network_acl = "open"
    + profile = "standard"
    + region = "us-east-1"
    + route_table_ids = {"private/a" = (known after apply), "private/b" = (known after apply), "public" = (known after apply)}
    + route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the internet gateway"}}
    + stack = "test"
    + status = "ready"
    + subnet_ids = {"private" = [(known after apply), (known after apply)], "public" = [(known after apply), (known after apply)]}
    + subnets = {"private" = {"a" = {az_id = "use1-az1", cidr = "10.0.0.0/19", id = (known after apply), route_table_id = (known after apply)}, "b" = {az_id = "use1-az2", cidr = "10.0.32.0/19", id = (known after apply), route_table_id = (known after apply)}}, "public" = {"a" = {az_id = "use1-az1", cidr = "10.0.128....
    + sweep_on_destroy = false
    + tiers = ["public", "private"]
    "#);
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
}

/// Each route of each table is in the plan; where one leads is told by name before anything has an id.
#[tokio::test(start_paused = true)]
async fn a_plan_shows_every_route() {
    let terraform = process(&cloud()).await;
    let routes = json!([{ "to": "10.64.0.0/10", "via": "tgw-1", "tiers": ["private"] }]);
    let plan = async |config: Json| terraform.plan(TYPE, &Json::Null, &config).await.to_string();
    let shown = plan(with(two_zones(), json!({ "routes": routes }))).await;
    for table in [
        r#""private/b" = {"0.0.0.0/0" = "NAT gateway a", "10.64.0.0/10" = "tgw-1"}"#,
        r#""public" = {"0.0.0.0/0" = "the internet gateway"}"#,
    ] {
        assert!(shown.contains(table), "{shown}");
    }
    let unknown = json!({ "routes": [{ "to": "10.64.0.0/10", "via": UNKNOWN }] });
    let shown = plan(with(two_zones(), unknown)).await;
    assert!(shown.contains("+ route_table_routes = (known after apply)"), "{shown}");
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
        "interface_endpoints": { "ssm": { "policy": UNKNOWN, "security_group_ids": UNKNOWN } },
        "dhcp_options": { "domain_name_servers": UNKNOWN },
        "flow_logs": { "destination_arn": UNKNOWN },
        "routes": [{ "to": "10.64.0.0/10", "via": UNKNOWN }],
        "kubernetes": { "clusters": UNKNOWN },
        "map_public_ip_on_launch": UNKNOWN,
    });
    let terraform = process(&cloud()).await;
    let plan = terraform.plan(TYPE, &Json::Null, &with(two_zones(), settings)).await.to_string();
    assert!(plan.contains("cidr = \"10.0.0.0/19\""), "{plan}");
    assert!(plan.contains("+ gateway_endpoint_ids = {\"s3\" = (known after apply)}"), "{plan}");
    assert!(plan.contains("+ interface_endpoint_ids = {\"ssm\" = (known after apply)}"), "{plan}");
    assert!(plan.contains("+ endpoints_security_group_id = (known after apply)"), "{plan}");
    assert!(plan.contains("+ dhcp_options_id = (known after apply)"), "{plan}");
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
    Subnet private/b is 10.0.0.32/27; AWS cannot give it 10.0.0.96/27. Set `subnet_overrides` back to what it was.
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
        ("a regional NAT gateway", json!({ "egress": { "mode": "regional_nat" } })),
        (
            "an address that is not known yet",
            json!({ "egress": { "mode": "single_nat", "eip_allocation_ids": { "a": UNKNOWN } } }),
        ),
        (
            "no NAT gateway, but its address",
            json!({ "egress": { "mode": "none", "retain_eips_on_destroy": true } }),
        ),
        ("no DNS names", json!({ "dns_hostnames": false })),
        ("a tag", json!({ "tags": { "team": "core" } })),
        ("a gateway endpoint", json!({ "gateway_endpoints": { "s3": {} } })),
        ("interface endpoints", json!({ "interface_endpoints": { "ssm": {}, "ecr.api": {} } })),
        ("DHCP options", json!({ "dhcp_options": { "domain_name": "corp.example" } })),
        ("a route", json!({ "routes": [{ "to": "10.64.0.0/10", "via": "tgw-1" }] })),
        (
            "routes to an IPv6 block and to a prefix list",
            json!({ "routes": [{ "to": "2001:db8::/32", "via": "tgw-1" }, { "to": "pl-1", "via": "tgw-1" }] }),
        ),
        ("IPv6 with DNS64", json!({ "ipv6": { "dns64": true } })),
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
    ~ route_table_ids = {"private/a" = "rtb-0000000f", "private/b" = "rtb-00000010", "public" = "rtb-0000000e"} -> {"intra" = (known after apply), "privat
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    ~ subnet_ids = {"private" = ["subnet-00000008", "subnet-0000000a"], "public" = ["subnet-00000004", "subnet-00000006"]} -> {"intra" = [(known after app
    ~ subnets = {"private" = {"a" = {az_id = "use1-az1", cidr = "10.0.0.0/19", id = "subnet-00000008", route_table_id = "rtb-0000000f"}, "b" = {az_id = "u
    ~ tiers = ["public", "private"] -> ["public", "private", "intra"]
    ## a NAT gateway in each zone
    update
    ~ egress = {mode = "single_nat", retain_eips_on_destroy = false} -> {mode = "zonal_nat", retain_eips_on_destroy = false}
    ~ nat_gateways = {"a" = {allocation_id = "eipalloc-0000000d", id = "nat-00000015", public_ip = "203.0.113.1"}} -> {"a" = {allocation_id = "eipalloc-00
    ~ nat_public_ips = {"a" = "203.0.113.1"} -> {"a" = "203.0.113.1", "b" = (known after apply)}
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    warning: Open connections through the NAT gateways are cut
    `egress.mode` goes from "single_nat" to "zonal_nat". New gateways work before routes move to them and the old ones go, but a connection that is open a
    ## a regional NAT gateway
    update
    ~ egress = {mode = "single_nat", retain_eips_on_destroy = false} -> {mode = "regional_nat", retain_eips_on_destroy = false}
    ~ nat_gateways = {"a" = {allocation_id = "eipalloc-0000000d", id = "nat-00000015", public_ip = "203.0.113.1"}} -> {"a" = {allocation_id = (known after
    ~ nat_public_ips = {"a" = "203.0.113.1"} -> {"a" = (known after apply), "b" = (known after apply)}
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    warning: Open connections through the NAT gateways are cut
    `egress.mode` goes from "single_nat" to "regional_nat". New gateways work before routes move to them and the old ones go, but a connection that is ope
    warning: The public address 203.0.113.1 is given up
    The NAT gateway of slot a goes or gets another address, and its Elastic IP address eipalloc-0000000d is released. AWS does not give the same address a
    ## an address that is not known yet
    update
    ~ egress = {mode = "single_nat", retain_eips_on_destroy = false} -> {eip_allocation_ids = {"a" = (known after apply)}, mode = "single_nat", retain_eip
    ~ nat_gateways = {"a" = {allocation_id = "eipalloc-0000000d", id = "nat-00000015", public_ip = "203.0.113.1"}} -> {"a" = {allocation_id = (known after
    ~ nat_public_ips = {"a" = "203.0.113.1"} -> {"a" = (known after apply)}
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    warning: NAT gateways are replaced
    AWS fixes the address of a NAT gateway when it is made, so another address makes another gateway. The new one works before routes move to it, unless i
    warning: The public address 203.0.113.1 is given up
    The NAT gateway of slot a goes or gets another address, and its Elastic IP address eipalloc-0000000d is released. AWS does not give the same address a
    ## no NAT gateway, but its address
    update
    ~ egress = {mode = "single_nat", retain_eips_on_destroy = false} -> {mode = "none", retain_eips_on_destroy = true}
    ~ nat_gateways = {"a" = {allocation_id = "eipalloc-0000000d", id = "nat-00000015", public_ip = "203.0.113.1"}} -> {}
    ~ nat_public_ips = {"a" = "203.0.113.1"} -> {}
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    warning: Open connections through the NAT gateways are cut
    `egress.mode` goes from "single_nat" to "none". New gateways work before routes move to them and the old ones go, but a connection that is open at tha
    warning: A public address is kept
    `egress.retain_eips_on_destroy` keeps 203.0.113.1 (eipalloc-0000000d). Their `landform:` tags are removed: from then on they are yours, and AWS charge
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
    ## interface endpoints
    update
    + endpoints_security_group_id = (known after apply)
    ~ interface_endpoint_ids = {} -> {"ecr.api" = (known after apply), "ssm" = (known after apply)}
    ~ interface_endpoints = {} -> {"ecr.api" = {private_dns = true}, "ssm" = {private_dns = true}}
    ## DHCP options
    update
    + dhcp_options = {domain_name = "corp.example"}
    + dhcp_options_id = (known after apply)
    ## a route
    update
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    + routes = [{to = "10.64.0.0/10", via = "tgw-1"}]
    ## routes to an IPv6 block and to a prefix list
    update
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    + routes = [{to = "2001:db8::/32", via = "tgw-1"}, {to = "pl-1", via = "tgw-1"}]
    ## IPv6 with DNS64
    update
    + egress_only_internet_gateway_id = (known after apply)
    + ipv6 = {dns64 = true}
    + ipv6_cidr = (known after apply)
    ~ route_table_routes = {"private/a" = {"0.0.0.0/0" = "NAT gateway a"}, "private/b" = {"0.0.0.0/0" = "NAT gateway a"}, "public" = {"0.0.0.0/0" = "the i
    ~ subnets = {"private" = {"a" = {az_id = "use1-az1", cidr = "10.0.0.0/19", id = "subnet-00000008", route_table_id = "rtb-0000000f"}, "b" = {az_id = "u
    ## a flow log
    update
    + flow_log_id = (known after apply)
    + flow_logs = {aggregation_seconds = 600, destination_arn = "arn:aws:s3:::logs", enabled = true, traffic = "all"}
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
    // A replacement on request has no plan of its destroy half.
    network.taint();
    cloud.take_calls();
    let taken = network.apply(&process(&cloud).await, &process(&cloud).await, &protected).await.to_string();
    assert!(taken.contains("Network main is protected"), "{taken}");
    assert!(cloud.take_calls().iter().all(|call| !is_write(call.operation)));
    assert_eq!(cloud.world(&target(), |world| world.inventory()), before);
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
