//! State backends: listed, and never removed.

use super::*;
use crate::state_backend::tests::{Process, backend};

#[tokio::test(start_paused = true)]
async fn bucket_and_key_are_listed_and_never_removed() {
    let process = Process::new();
    process.create(backend()).await.unwrap();
    let (client, here) = (client(&process.cloud), place("123456789012", region()));
    let all = listed(&client, &here).await;
    assert_eq!(names(&all), [("test", "state_backend/state", vec!["bucket", "key"])]);
    assert!(all[0].kept.unwrap().contains("every state"), "{all:?}");
    let before = process.parts();
    let refused = remove(&client, &here, "test", "state_backend/state").await.unwrap_err().to_string();
    assert!(refused.contains("never deleted"), "{refused}");
    assert_eq!(process.parts(), before);
}

#[tokio::test(start_paused = true)]
async fn a_key_on_its_way_out_is_none_and_another_region_has_nothing() {
    let process = Process::new();
    process.create(backend()).await.unwrap();
    let client = client(&process.cloud);
    let elsewhere = place("123456789012", Scope::Region("eu-west-1".parse().unwrap()));
    assert_eq!(listed(&client, &elsewhere).await, []);
    process.world(|world| world.keys[0].is_leaving = true);
    let all = listed(&client, &place("123456789012", region())).await;
    assert_eq!(names(&all), [("test", "state_backend/state", vec!["bucket"])]);
}
