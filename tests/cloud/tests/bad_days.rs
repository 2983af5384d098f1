//! What the in-process cloud does to its callers.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use landform_cloud::{Cloud, ErrorKind, Network, Target};
use landform_test_cloud::{InProcessCloud, Quotas, Weather, When};
use std::sync::Arc;
use std::time::Duration;

fn target() -> Target {
    Target { account: "123456789012".parse().unwrap(), region: "us-east-1".parse().unwrap() }
}

async fn cloud() -> (InProcessCloud, Arc<dyn Network>) {
    let cloud = InProcessCloud::new(target().account);
    let network = cloud.network(&target()).await.unwrap();
    (cloud, network)
}

fn gateways(cloud: &InProcessCloud) -> usize {
    cloud.world(&target(), |world| world.internet_gateways.len())
}

#[tokio::test(start_paused = true)]
async fn a_killed_process_changes_nothing_any_more() {
    for (when, made) in [(When::Before, 1), (When::After, 2)] {
        let (cloud, network) = cloud().await;
        cloud.kill_at(2, when);
        network.create_internet_gateway(&[].into()).await.unwrap();
        assert!(!cloud.is_dead());
        network.create_internet_gateway(&[].into()).await.unwrap_err();
        assert!(cloud.is_dead());
        network.create_internet_gateway(&[].into()).await.unwrap_err();
        network.internet_gateways(&[].into()).await.unwrap_err();
        assert_eq!((gateways(&cloud), cloud.take_calls().len()), (made, 2));
        cloud.revive();
        assert_eq!(network.internet_gateways(&[].into()).await.unwrap().len(), made);
    }
}

#[tokio::test(start_paused = true)]
async fn answers_are_lost_of_calls_that_were_executed() {
    let (cloud, network) = cloud().await;
    cloud.set_weather(Weather { seed: 1, lost_answers: 1000, ..Weather::default() });
    let lost = network.create_internet_gateway(&[].into()).await.unwrap_err();
    assert_eq!((lost.kind, gateways(&cloud)), (ErrorKind::Ambiguous, 1));
    cloud.set_weather(Weather { seed: 1, server_errors: 1000, ..Weather::default() });
    let refused = network.create_internet_gateway(&[].into()).await.unwrap_err();
    assert_eq!((refused.kind, gateways(&cloud)), (ErrorKind::Ambiguous, 1));
}

#[tokio::test(start_paused = true)]
async fn reads_lag_behind_and_catch_up() {
    let (cloud, network) = cloud().await;
    let lag = Duration::from_secs(5);
    cloud.set_weather(Weather { seed: 1, stale_reads: 1000, lag, ..Weather::default() });
    network.create_internet_gateway(&[].into()).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..20 {
        seen.push(network.internet_gateways(&[].into()).await.unwrap().len());
    }
    assert!(seen.contains(&0) && seen.contains(&1), "{seen:?}");
    tokio::time::sleep(lag).await;
    assert_eq!(network.internet_gateways(&[].into()).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn quotas_are_kept() {
    let (cloud, network) = cloud().await;
    cloud.world(&target(), |world| world.quotas = Quotas { addresses: Some(1), ..Quotas::default() });
    network.allocate_address(&[].into()).await.unwrap();
    let refused = network.allocate_address(&[].into()).await.unwrap_err();
    assert_eq!((refused.kind, refused.code.as_deref()), (ErrorKind::Quota, Some("AddressLimitExceeded")));
}
