//! Many networks in one state: what one asks is answered for all.

use super::{TYPE, cloud, process, two_zones, with};
use landform_framework::testing::Instance;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn config(number: usize, zones: &[&str]) -> Json {
    let azs: BTreeMap<&str, String> =
        zones.iter().zip(1..).map(|(slot, zone)| (*slot, format!("use1-az{zone}"))).collect();
    with(
        two_zones(),
        json!({ "name": format!("net-{number}"), "cidr": format!("10.{number}.0.0/16"), "azs": azs }),
    )
}

/// The calls of one plan of `count` networks in which nothing changes, by operation.
async fn calls_of_a_plan(count: usize, zones: &[&str]) -> BTreeMap<&'static str, usize> {
    let cloud = cloud();
    let mut networks = Vec::new();
    for number in 0..count {
        let mut network = Instance::new(TYPE);
        let config = config(number, zones);
        let made = network.apply(&process(&cloud).await, &process(&cloud).await, &config).await;
        assert!(made.is_empty(), "{made}");
        networks.push((network, config));
    }
    cloud.take_calls();
    let terraform = process(&cloud).await;
    for (network, config) in &mut networks {
        assert_eq!(network.plan(&terraform, config).await.to_string(), "no change");
    }
    let mut calls = BTreeMap::new();
    for call in cloud.take_calls() {
        *calls.entry(call.operation).or_default() += 1;
    }
    calls
}

#[tokio::test(start_paused = true)]
async fn a_plan_of_many_networks_reads_each_kind_once() {
    let few = calls_of_a_plan(12, &["a"]).await;
    // AWS answers one DNS attribute of one network a call.
    let dns = few["DescribeVpcAttribute"];
    assert_eq!((dns, few.values().sum::<usize>() - dns), (24, 9), "{few:?}");
    assert_eq!(calls_of_a_plan(12, &["a", "b", "c", "d"]).await, few, "subnets cost no call");
}

/// After a change nothing is answered from before.
#[tokio::test(start_paused = true)]
async fn a_change_ends_what_is_shared() {
    let cloud = cloud();
    let terraform = process(&cloud).await;
    let mut network = Instance::new(TYPE);
    network.apply(&terraform, &terraform, &config(1, &["a"])).await;
    let wider = config(1, &["a", "b"]);
    let applied = network.apply(&terraform, &terraform, &wider).await;
    assert!(!applied.has_errors(), "{applied}");
    assert_eq!(network.plan(&terraform, &wider).await.to_string(), "no change");
}
