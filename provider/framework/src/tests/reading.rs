//! Refresh, upgrade, import and data sources.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{Mood, World, provider, ready, start};
use crate::testing::{Terraform, UNKNOWN, to_json};

const NETWORK: &str = "landform_network";

/// A process and a world with the network `core` in it.
async fn with_core() -> (Arc<World>, Terraform<Arc<World>>, crate::cty::Value) {
    let world = Arc::new(World::default());
    let terraform = start(&world).await;
    let config = json!({"name": "core", "router": "FD00::0001"});
    let planned = terraform.plan(NETWORK, &Json::Null, &config).await;
    let applied = terraform.apply(&planned).await;
    assert!(!applied.diagnostics.has_errors(), "{}", applied.diagnostics);
    (world, terraform, applied.state)
}

#[tokio::test]
async fn an_object_that_did_not_change_reads_as_it_was_spelling_included() {
    let (_, terraform, state) = with_core().await;
    let read = terraform.read(NETWORK, &state).await;
    assert_eq!(read.state, state);
    assert_eq!(to_json(&read.state)["router"], "FD00::0001");
}

#[tokio::test]
async fn an_object_that_is_gone_is_null() {
    let (world, terraform, state) = with_core().await;
    world.networks.lock().unwrap().clear();
    let read = terraform.read(NETWORK, &state).await;
    assert!(read.state.is_null() && read.diagnostics.is_empty());
}

#[tokio::test]
async fn a_read_that_fails_keeps_the_state() {
    let (world, terraform, state) = with_core().await;
    for mood in [Mood::Fails, Mood::Panics, Mood::ForgetsTheRevision] {
        world.set_mood(mood);
        let read = terraform.read(NETWORK, &state).await;
        assert_eq!(read.state, state, "{mood:?}");
        assert!(read.diagnostics.has_errors(), "{mood:?}");
    }
    assert_snapshot!(terraform.read(NETWORK, &state).await.diagnostics, @r#"
    error: The result of reading landform_network has an unknown value (at revision)
    "revision": no value was given.
    This is a bug in the provider, which should be reported to its developers.
    "#);
}

#[tokio::test]
async fn a_write_only_value_that_a_read_returns_is_not_stored() {
    let (world, terraform, state) = with_core().await;
    world.networks.lock().unwrap().get_mut("core").unwrap().token = crate::Value::from("t0p");
    let read = terraform.read(NETWORK, &state).await;
    assert_eq!((read.state, read.diagnostics.len()), (state, 0));
    assert!(to_json(&terraform.import(NETWORK, "core").await.state)["token"].is_null());
}

#[tokio::test]
async fn while_the_provider_configuration_is_unknown_nothing_is_read() {
    let (world, terraform, state) = with_core().await;
    world.networks.lock().unwrap().clear();
    assert!(terraform.configure(json!({"region": UNKNOWN})).await.is_empty());
    let read = terraform.read(NETWORK, &state).await;
    assert_eq!((read.state, read.diagnostics.len()), (state, 0));
}

#[tokio::test]
async fn a_state_of_this_version_may_lack_attributes_and_have_others() {
    let terraform = start(&Arc::default()).await;
    let state =
        json!({"name": "core", "size": 3, "gone": [1], "subnets": {"a": {"cidr": "10.0.0.0/24", "old": 1}}});
    assert_snapshot!(terraform.upgrade(NETWORK, 2, &state).await, @r#"
    name = "core"
    size = 3
    subnets = {"a" = {cidr = "10.0.0.0/24"}}
    "#);
}

#[tokio::test]
async fn an_older_state_is_rewritten_and_a_newer_one_refused() {
    let terraform = start(&Arc::default()).await;
    assert_snapshot!(terraform.upgrade(NETWORK, 1, &json!({"title": "core"})).await, @r#"name = "core""#);
    assert_snapshot!(terraform.upgrade(NETWORK, 0, &json!({"title": "core"})).await, @"
    no object
    error: Too old
    ");
    assert_snapshot!(terraform.upgrade(NETWORK, 3, &json!({"name": "core"})).await, @"
    no object
    error: The state of this landform_network was written by a newer provider
    It has schema version 3, and this provider knows versions up to 2. Upgrade the provider: raise its version in required_providers and run terraform init -upgrade.
    ");
    assert_snapshot!(terraform.upgrade(NETWORK, 2, &json!({"name": ["core"]})).await, @"
    no object
    error: Cannot read the state of this landform_network
    name: a string is required.
    ");
}

#[tokio::test]
async fn an_import_gives_the_object_or_says_why_not() {
    let (_, terraform, state) = with_core().await;
    let imported = terraform.import(NETWORK, "core").await;
    // The import knows nothing of how the configuration is spelled.
    assert_eq!(to_json(&imported.state)["id"], to_json(&state)["id"]);
    assert_snapshot!(terraform.import(NETWORK, "edge").await, @"
    no object
    error: There is no network edge
    ");
    assert_snapshot!(terraform.import(NETWORK, "").await, @"
    no object
    error: Nothing to import a landform_network by
    Give the id of an existing object; import by identity is not supported.
    ");
}

#[tokio::test]
async fn a_data_source_gets_defaults_and_gives_results() {
    let (_, terraform, _) = with_core().await;
    assert_snapshot!(terraform.data("landform_count", json!({"prefix": "co"})).await, @r#"
    count_of = 1
    plus = 0
    prefix = "co"
    "#);
    assert_snapshot!(terraform.data("landform_count", json!({"prefix": "x", "plus": 2})).await, @r#"
    count_of = 2
    plus = 2
    prefix = "x"
    "#);
}

#[tokio::test]
async fn a_data_source_that_goes_wrong_says_so() {
    let (world, terraform, _) = with_core().await;
    assert_snapshot!(terraform.data("landform_count", json!({"plus": -1})).await, @r#"
    no object
    error: Invalid value for "plus" (at plus)
    It must not be negative.
    "#);
    world.set_mood(Mood::Panics);
    assert_snapshot!(terraform.data("landform_count", json!({})).await, @"
    no object
    error: The provider crashed while reading landform_count
    counting fell over
    This is a bug in the provider, which should be reported to its developers.
    ");
    world.set_mood(Mood::ForgetsTheRevision);
    assert_snapshot!(terraform.data("landform_count", json!({})).await, @r#"
    plus = 0
    error: The result of reading landform_count has an unknown value (at count_of)
    "count_of": no value was given.
    This is a bug in the provider, which should be reported to its developers.
    "#);
    world.set_mood(Mood::ChangesTheSize);
    assert_snapshot!(terraform.data("landform_count", json!({"prefix": "a"})).await, @r#"
    plus = 0
    prefix = "other"
    error: The plan of landform_count is not valid (at prefix)
    "prefix": the plan has "other", but the configuration has "a".
    This is a bug in the provider, which should be reported to its developers.
    "#);
    let unconfigured = Terraform::start(provider(&world));
    assert_snapshot!(unconfigured.data("landform_count", json!({})).await, @"
    no object
    error: Cannot work on landform_count: the provider is not configured
    Terraform has not configured the provider.
    ");
}

#[tokio::test]
async fn a_model_that_is_ready_decodes_to_itself() {
    let terraform = start(&Arc::default()).await;
    let upgraded = terraform.upgrade(NETWORK, 2, &ready(json!({}))).await;
    assert!(upgraded.diagnostics.is_empty());
    let planned = terraform.plan(NETWORK, &to_json(&upgraded.state), &json!({"name": "core"})).await;
    assert_eq!(planned.planned, upgraded.state);
}
