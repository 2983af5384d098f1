//! However a call ends, the answer has what exists.

use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{Mood, World, provider, ready, start};
use crate::testing::{Applied, Terraform, UNKNOWN};

const NETWORK: &str = "landform_network";

async fn create(world: &Arc<World>, mood: Mood, config: Json) -> Applied {
    let terraform = start(world).await;
    let planned = terraform.plan(NETWORK, &Json::Null, &config).await;
    world.set_mood(mood);
    terraform.apply(&planned).await
}

async fn update(mood: Mood) -> String {
    let world = Arc::new(World::default());
    let terraform = start(&world).await;
    let planned = terraform.plan(NETWORK, &ready(json!({})), &json!({"name": "core", "size": 4})).await;
    world.set_mood(mood);
    terraform.apply(&planned).await.to_string()
}

async fn delete(mood: Mood) -> String {
    let world = Arc::new(World::default());
    let terraform = start(&world).await;
    let subnets = json!({"a": {"cidr": "10.0.0.0/24", "public": false, "id": "subnet-a"}});
    let planned = terraform.plan_destroy(NETWORK, &ready(json!({"subnets": subnets}))).await;
    world.set_mood(mood);
    terraform.apply(&planned).await.to_string()
}

#[tokio::test]
async fn a_create_that_succeeds_has_everything_and_its_warnings() {
    let config = json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}}, "router": "FD00::0001"});
    assert_snapshot!(create(&Arc::default(), Mood::Well, config).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    router = "FD00::0001"
    size = 3
    status = "ready"
    subnets = {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}}
    zone = "z1"
    warning: Networks are slow
    "#);
}

#[tokio::test]
async fn a_create_that_makes_nothing_leaves_nothing() {
    assert_snapshot!(create(&Arc::default(), Mood::Fails, json!({"name": "core"})).await, @"
    no object
    warning: Networks are slow
    error: creating network core
    No room.
    ");
    assert_snapshot!(create(&Arc::default(), Mood::Panics, json!({"name": "core"})).await, @"
    no object
    warning: Networks are slow
    error: The provider crashed while creating landform_network
    the network core fell over
    This is a bug in the provider, which should be reported to its developers.
    ");
}

#[tokio::test]
async fn a_create_that_fails_halfway_leaves_its_checkpoint_without_unknowns() {
    let config = json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}}});
    assert_snapshot!(create(&Arc::default(), Mood::FailsHalfway, config.clone()).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "incomplete"
    subnets = {"a" = {cidr = "10.0.0.0/24", public = false}}
    zone = "z1"
    warning: Networks are slow
    error: creating network core
    The subnets do not fit.
    "#);
    let panicked = create(&Arc::default(), Mood::PanicsHalfway, config).await;
    assert_snapshot!(panicked, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "incomplete"
    subnets = {"a" = {cidr = "10.0.0.0/24", public = false}}
    zone = "z1"
    warning: Networks are slow
    error: The provider crashed while creating landform_network
    the network core fell over
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn an_update_that_fails_keeps_the_prior_state_or_the_checkpoint() {
    assert_snapshot!(update(Mood::Fails).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    zone = "z1"
    error: creating network core
    No room.
    "#);
    assert_snapshot!(update(Mood::Panics).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    zone = "z1"
    error: The provider crashed while updating landform_network
    the network core fell over
    This is a bug in the provider, which should be reported to its developers.
    "#);
    assert_snapshot!(update(Mood::FailsHalfway).await, @r#"
    id = "net-core"
    name = "core"
    revision = 2
    size = 4
    status = "incomplete"
    zone = "z1"
    error: creating network core
    The subnets do not fit.
    "#);
}

#[tokio::test]
async fn a_delete_that_fails_keeps_the_prior_state_or_the_checkpoint() {
    assert_snapshot!(delete(Mood::Well).await, @"no object");
    assert_snapshot!(delete(Mood::Fails).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    subnets = {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}}
    zone = "z1"
    error: deleting network core
    It is in use.
    "#);
    assert_snapshot!(delete(Mood::Panics).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    subnets = {"a" = {cidr = "10.0.0.0/24", id = "subnet-a", public = false}}
    zone = "z1"
    error: The provider crashed while deleting landform_network
    deleting fell over
    This is a bug in the provider, which should be reported to its developers.
    "#);
    assert_snapshot!(delete(Mood::FailsHalfway).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    zone = "z1"
    error: deleting network core
    It is in use.
    "#);
}

#[tokio::test]
async fn a_result_that_is_not_what_was_planned_is_named_and_kept() {
    assert_snapshot!(create(&Arc::default(), Mood::ChangesTheSize, json!({"name": "core"})).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 99
    status = "ready"
    zone = "z1"
    warning: Networks are slow
    error: The result of creating landform_network is not what was planned (at size)
    "size": it was planned as 3, and now it is 99.
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn an_unknown_value_in_a_result_is_named_and_saved_as_null() {
    let world = Arc::new(World::default());
    let terraform = start(&world).await;
    let mut planned = terraform.plan(NETWORK, &Json::Null, &json!({"name": "core"})).await;
    let crate::cty::Value::Object(fields) = &mut planned.planned else { panic!("an object") };
    fields.insert("revision".to_owned(), crate::cty::Value::unknown());
    world.set_mood(Mood::ForgetsTheRevision);
    assert_snapshot!(terraform.apply(&planned).await, @r#"
    id = "net-core"
    name = "core"
    size = 3
    status = "ready"
    zone = "z1"
    warning: Networks are slow
    error: The result of creating landform_network has an unknown value (at revision)
    "revision": no value was given.
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn a_write_only_value_reaches_the_call_and_not_the_state() {
    let world = Arc::new(World::default());
    let applied = create(&world, Mood::Well, json!({"name": "core", "token": "t0p"})).await;
    assert_eq!(world.calls(), ["create core with token t0p"]);
    assert!(!format!("{applied:?}").contains("t0p"), "{applied:?}");
}

#[tokio::test]
async fn a_stop_ends_the_call_and_not_the_server() {
    let world = Arc::new(World::default());
    let terraform = Arc::new(start(&world).await);
    let planned = terraform.plan(NETWORK, &Json::Null, &json!({"name": "core"})).await;
    world.set_mood(Mood::WaitsForStop);
    let applying = tokio::spawn({
        let terraform = Arc::clone(&terraform);
        async move { terraform.apply(&planned).await }
    });
    while world.networks.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(!applying.is_finished());
    terraform.stop().await;
    assert_snapshot!(applying.await.unwrap(), @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "incomplete"
    zone = "z1"
    warning: Networks are slow
    error: creating network core
    Interrupted.
    "#);

    // The server goes on, and the next run of Terraform is not stopped from the start.
    world.set_mood(Mood::Well);
    assert!(terraform.configure(json!({})).await.is_empty());
    let planned = terraform.plan(NETWORK, &Json::Null, &json!({"name": "edge"})).await;
    assert!(!terraform.apply(&planned).await.diagnostics.has_errors());
    world.set_mood(Mood::WaitsForStop);
    let planned = terraform.plan(NETWORK, &Json::Null, &json!({"name": "third"})).await;
    let waiting = tokio::time::timeout(Duration::from_millis(50), terraform.apply(&planned)).await;
    assert!(waiting.is_err(), "the renewed token is not cancelled");
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_still_ends_by_itself() {
    let world = Arc::new(World::default());
    let terraform = start(&world).await;
    let planned = terraform.plan(NETWORK, &Json::Null, &json!({"name": "core"})).await;
    world.set_mood(Mood::WaitsForStop);
    assert!(tokio::time::timeout(Duration::from_millis(50), terraform.apply(&planned)).await.is_err());
    assert_eq!(world.networks.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn without_a_client_nothing_is_begun_and_nothing_is_lost() {
    let world = Arc::new(World::default());
    let terraform = Terraform::start(provider(&world));
    let planned = terraform.plan_destroy(NETWORK, &ready(json!({}))).await;
    assert_snapshot!(terraform.apply(&planned).await, @r#"
    id = "net-core"
    name = "core"
    revision = 1
    size = 3
    status = "ready"
    zone = "z1"
    error: Cannot work on landform_network: the provider is not configured
    Terraform has not configured the provider.
    "#);
    terraform.configure(json!({"region": UNKNOWN})).await;
    assert_snapshot!(terraform.apply(&planned).await.diagnostics, @"
    error: Cannot work on landform_network: the provider is not configured
    Parts of the provider's configuration are known only after apply. Give it values that are known during plan.
    ");
    assert_eq!(world.calls(), [""; 0]);
}
