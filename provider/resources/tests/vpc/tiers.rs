//! Profiles, tiers of the network's own, pods and further blocks.

use super::{TYPE, cloud, process, target, two_zones, with};
use landform_framework::testing::Instance;
use serde_json::{Value as Json, json};

async fn made(config: &Json) -> (landform_test_cloud::InProcessCloud, Instance) {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let made = network.apply(&process(&cloud).await, &process(&cloud).await, config).await;
    assert!(made.is_empty(), "{made}");
    assert_eq!(network.plan(&process(&cloud).await, config).await.to_string(), "no change");
    (cloud, network)
}

fn cidr(network: &Instance, tier: &str, slot: &str) -> String {
    network.state.as_ref().unwrap()["subnets"][tier][slot]["cidr"].as_str().unwrap_or_default().to_owned()
}

/// The way out of the route table of a subnet: what `0.0.0.0/0` leads to.
fn way_out(cloud: &landform_test_cloud::InProcessCloud, network: &Instance, tier: &str) -> Option<String> {
    let table = network.state.as_ref().unwrap()["subnets"][tier]["a"]["route_table_id"].clone();
    cloud.world(&target(), |world| {
        let table = world.route_tables.iter().find(|it| table == it.id.as_str()).unwrap();
        table.routes.first().map(|route| route.target.to_string())
    })
}

#[tokio::test(start_paused = true)]
async fn a_wide_network_has_room_for_eight_zones() {
    let zones = json!({ "a": "use1-az1", "h": "use1-az2" });
    let (_, network) = made(&with(two_zones(), json!({ "profile": "wide", "azs": zones }))).await;
    assert_eq!(cidr(&network, "private", "a"), "10.0.0.0/20");
    assert_eq!(cidr(&network, "private", "h"), "10.0.112.0/20");
}

#[tokio::test(start_paused = true)]
async fn every_tier_has_its_place_and_its_way_out() {
    let config = with(
        two_zones(),
        json!({
            "tiers": ["public", "private", "database", "intra", "tgw", "endpoints", "firewall", "eks_eni"],
            "pods_cidr": "100.64.0.0/16",
            "custom_tiers": {
                "cache": { "area": 1 },
                "batch": { "area": 2, "way_out": "egress" },
                "edge": { "area": 4, "way_out": "internet" },
            },
        }),
    );
    let (cloud, network) = made(&config).await;
    let told = ["tgw", "endpoints", "firewall", "eks_eni", "pods", "cache", "batch", "edge"].map(|tier| {
        let way = way_out(&cloud, &network, tier);
        let way = way.map_or("-".to_owned(), |id| id.split('-').next().unwrap().to_owned());
        format!("{tier} {} {} {way}", cidr(&network, tier, "a"), cidr(&network, tier, "b"))
    });
    insta::assert_snapshot!(told.join("\n"), @r#"
    tgw 10.0.184.0/24 10.0.185.0/24 -
    endpoints 10.0.176.0/24 10.0.177.0/24 -
    firewall 10.0.180.0/24 10.0.181.0/24 nat
    eks_eni 10.0.188.0/24 10.0.189.0/24 -
    pods 100.64.0.0/18 100.64.64.0/18 nat
    cache 10.0.192.0/22 10.0.196.0/22 -
    batch 10.0.208.0/22 10.0.212.0/22 nat
    edge 10.0.240.0/22 10.0.244.0/22 igw
    "#);
    let text = network.state.as_ref().unwrap()["route_table_ids"].to_string();
    assert!(text.contains("\"pods/b\"") && text.contains("\"tgw\""), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_further_block_comes_and_goes_and_one_of_somebody_else_stays() {
    let zones = json!({ "a": "use1-az1" });
    let plain = with(two_zones(), json!({ "azs": zones, "tiers": ["public", "private", "intra"] }));
    let (cloud, mut network) = made(&plain).await;
    let foreign = "10.77.0.0/16".parse().unwrap();
    cloud.world(&target(), |world| {
        let id = "vpc-cidr-assoc-77".parse().unwrap();
        world.vpcs[0].secondary_blocks.push(landform_cloud::network::CidrBlock {
            id,
            cidr: foreign,
            associated: true,
        });
    });
    let blocks = |cloud: &landform_test_cloud::InProcessCloud| {
        cloud.world(&target(), |world| {
            world.vpcs[0].secondary_blocks.iter().map(|it| it.cidr.to_string()).collect::<Vec<_>>()
        })
    };
    let wider =
        with(plain.clone(), json!({ "secondary_cidrs": ["10.9.0.0/16"], "pods_cidr": "100.64.0.0/20" }));
    for (config, expected) in
        [(&wider, vec!["10.77.0.0/16", "10.9.0.0/16", "100.64.0.0/20"]), (&plain, vec!["10.77.0.0/16"])]
    {
        let applied = network.apply(&process(&cloud).await, &process(&cloud).await, config).await;
        assert!(!applied.has_errors(), "{applied}");
        let mut now = blocks(&cloud);
        now.sort();
        assert_eq!(now, expected);
        assert_eq!(network.plan(&process(&cloud).await, config).await.to_string(), "no change");
    }
}

#[tokio::test(start_paused = true)]
async fn pods_cannot_move() {
    let config = with(two_zones(), json!({ "pods_cidr": "100.64.0.0/16" }));
    let (cloud, mut network) = made(&config).await;
    let moved = with(config, json!({ "pods_cidr": "100.65.0.0/16" }));
    let refused = network.plan(&process(&cloud).await, &moved).await.to_string();
    assert!(
        refused.contains("Subnet pods/a is 100.64.0.0/18") && refused.contains("`pods_cidr`"),
        "{refused}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_imported_network_says_its_tiers_and_blocks() {
    let config = with(
        two_zones(),
        json!({
            "pods_cidr": "100.64.0.0/16",
            "secondary_cidrs": ["10.9.0.0/16"],
            "custom_tiers": { "edge": { "area": 4, "way_out": "internet" }, "cache": { "way_out": "none" } },
            "subnet_overrides": { "cache": { "a": "10.9.0.0/24", "b": "10.9.1.0/24" } },
            "deletion_protection": true,
        }),
    );
    let (cloud, network) = made(&config).await;
    let id = network.state.as_ref().unwrap()["id"].as_str().unwrap().to_owned();
    let imported = process(&cloud).await.import(TYPE, &id).await;
    let state = landform_framework::testing::to_json(&imported.state);
    let mut network = Instance { state: Some(state), ..Instance::new(TYPE) };
    assert_eq!(network.plan(&process(&cloud).await, &config).await.to_string(), "no change");
}

#[tokio::test(start_paused = true)]
async fn mistakes_about_tiers_and_blocks_are_named_with_the_fix() {
    let process = process(&cloud()).await;
    let mut table = String::new();
    for changes in [
        json!({ "azs": { "i": "use1-az1" } }),
        json!({ "custom_tiers": { "Big": { "area": 1 } } }),
        json!({ "custom_tiers": { "intra": { "area": 1 } } }),
        json!({ "custom_tiers": { "cache": {} } }),
        json!({ "custom_tiers": { "cache": { "area": 5 } } }),
        json!({ "custom_tiers": { "cache": { "area": 1 }, "batch": { "area": 1 } } }),
        json!({ "custom_tiers": { "cache": { "area": 1, "way_out": "nat" } } }),
        json!({ "profile": "compact", "cidr": "10.0.0.0/24", "custom_tiers": { "cache": { "area": 1 } } }),
        json!({ "profile": "custom" }),
        json!({ "secondary_cidrs": ["10.0.4.0/24"] }),
        json!({ "secondary_cidrs": ["10.9.0.0/29"] }),
        json!({ "secondary_cidrs": ["10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16"] }),
        json!({ "pods_cidr": "100.64.0.0/27" }),
        json!({ "pods_cidr": "100.64.0.0/16", "secondary_cidrs": ["100.64.0.0/20"] }),
        json!({ "routes": [{ "to": "10.9.0.0/16", "via": "tgw-1", "tiers": ["pods"] }] }),
        json!({ "tier_tags": { "pods": {} } }),
    ] {
        let checked = process.validate(TYPE, with(two_zones(), changes.clone())).await;
        table += &format!("{changes}\n  {}\n", checked.to_string().replace('\n', "\n  "));
    }
    insta::assert_snapshot!(table, @r#"
    {"azs":{"i":"use1-az1"}}
      error: Invalid slot (at azs["i"])
      `i` is not a slot: a slot is one of the letters `a` to `h`.
    {"custom_tiers":{"Big":{"area":1}}}
      error: Not a name for a tier (at custom_tiers["Big"])
      `Big` is not the name of a tier of your own: use 1 to 16 of `a` to `z`, `0` to `9` and `_`, a letter first, and no name that Landform has a tier for.
    {"custom_tiers":{"intra":{"area":1}}}
      error: Not a name for a tier (at custom_tiers["intra"])
      `intra` is not the name of a tier of your own: use 1 to 16 of `a` to `z`, `0` to `9` and `_`, a letter first, and no name that Landform has a tier for.
    {"custom_tiers":{"cache":{}}}
      error: The network does not fit its profile (at custom_tiers)
      tier `cache` has no place: give it an `area` of 1 to 4, or each of its subnets a block in `subnet_overrides`.
    {"custom_tiers":{"cache":{"area":5}}}
      error: No such area (at custom_tiers["cache"].area)
      There are the areas 1 to 4, not 5.
    {"custom_tiers":{"batch":{"area":1},"cache":{"area":1}}}
      error: Two tiers in one area (at custom_tiers["cache"].area)
      Area 1 is that of tier batch already. Each tier has its own.
    {"custom_tiers":{"cache":{"area":1,"way_out":"nat"}}}
      error: Invalid value for custom_tiers["cache"].way_out (at custom_tiers["cache"].way_out)
      `nat` is not a way out: write `none`, `egress` or `internet`
    {"cidr":"10.0.0.0/24","custom_tiers":{"cache":{"area":1}},"profile":"compact"}
      error: The network does not fit its profile (at custom_tiers)
      profile `compact` has no place for tier `cache`: leave the tier out, or use profile `standard` with a /16 to /20.
    {"profile":"custom"}
      error: The network does not fit its profile (at tiers)
      profile `custom` has no place for tier `public`: give each of its subnets a block in `subnet_overrides`.
      error: The network does not fit its profile (at tiers)
      profile `custom` has no place for tier `private`: give each of its subnets a block in `subnet_overrides`.
    {"secondary_cidrs":["10.0.4.0/24"]}
      error: Two blocks with the same addresses (at secondary_cidrs)
      10.0.4.0/24 shares addresses with 10.0.0.0/16 (`cidr`).
    {"secondary_cidrs":["10.9.0.0/29"]}
      error: Not the size of a block (at secondary_cidrs)
      AWS takes blocks of /16 to /28, not 10.9.0.0/29.
    {"secondary_cidrs":["10.1.0.0/16","10.2.0.0/16","10.3.0.0/16","10.4.0.0/16","10.5.0.0/16"]}
      error: Too many blocks (at secondary_cidrs)
      A VPC has at most 5 IPv4 blocks; these are 6.
    {"pods_cidr":"100.64.0.0/27"}
      error: The network does not fit its profile (at pods_cidr)
      the block 100.64.0.0/27 for pods is too small: each zone needs a /28 or more of it.
    {"pods_cidr":"100.64.0.0/16","secondary_cidrs":["100.64.0.0/20"]}
      error: Two blocks with the same addresses (at pods_cidr)
      100.64.0.0/16 shares addresses with 100.64.0.0/20 (`secondary_cidrs`).
    {"routes":[{"tiers":["pods"],"to":"10.9.0.0/16","via":"tgw-1"}]}
      error: No such tier (at routes[0].tiers)
      The network has no `pods_cidr`.
    {"tier_tags":{"pods":{}}}
      error: No such tier (at tier_tags["pods"])
      The network has no `pods_cidr`.
    "#);
}
