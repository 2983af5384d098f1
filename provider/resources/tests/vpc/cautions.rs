//! Warnings of what AWS will probably refuse.

use super::{TYPE, cloud, process, two_zones, with};
use serde_json::{Value as Json, json};

async fn plan(config: &Json) -> String {
    process(&cloud()).await.plan(TYPE, &Json::Null, config).await.to_string()
}

#[tokio::test(start_paused = true)]
async fn more_addresses_than_an_account_begins_with_are_told() {
    let azs: Json = ["a", "b", "c", "d"]
        .into_iter()
        .zip(1..)
        .map(|(slot, zone)| (slot.to_owned(), json!(format!("use1-az{zone}"))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let four = with(two_zones(), json!({ "azs": azs, "egress": { "mode": "zonal_nat" } }));
    assert!(!plan(&four).await.contains("quota"));
    let six: Json = ["a", "b", "c", "d", "e", "f"]
        .into_iter()
        .zip(1..)
        .map(|(slot, zone)| (slot.to_owned(), json!(format!("use1-az{zone}"))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let six = with(four, json!({ "azs": six, "profile": "wide" }));
    let text = plan(&six).await;
    assert!(
        text.contains("More than the quota")
            && text.contains("has 6 Elastic IP addresses")
            && text.contains("(at egress)"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_zone_that_eks_refuses_is_told_where_the_network_is_for_kubernetes() {
    let zones = with(two_zones(), json!({ "azs": { "a": "use1-az1", "b": "use1-az3" } }));
    assert!(!plan(&zones).await.contains("EKS"));
    let text = plan(&with(zones, json!({ "kubernetes": {} }))).await;
    assert!(text.contains("A zone without EKS control planes (at azs[\"b\"])"), "{text}");
}
