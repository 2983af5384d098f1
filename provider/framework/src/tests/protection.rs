//! What objects to being destroyed is not destroyed by a replacement either, whoever asks for it.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{World, start};
use crate::Diagnostics;
use crate::testing::Instance;

const NETWORK: &str = "landform_network";

fn in_zone(zone: &str, labels: &[&str]) -> Json {
    json!({"name": "core", "zone": zone, "labels": labels})
}

/// A protected network in zone z1.
async fn protected(world: &Arc<World>) -> Instance {
    let mut network = Instance::new(NETWORK);
    let diagnostics = apply(world, &mut network, &in_zone("z1", &["protected"])).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    world.calls();
    network
}

async fn apply(world: &Arc<World>, network: &mut Instance, config: &Json) -> Diagnostics {
    network.apply(&start(world).await, &start(world).await, config).await
}

#[tokio::test]
async fn the_plan_of_a_replacement_is_refused() {
    let world = Arc::default();
    let mut network = protected(&world).await;
    assert_snapshot!(network.plan(&start(&world).await, &in_zone("z2", &["protected"])).await, @r#"
    error: The network is protected (at zone)
    Remove the label first.
    The object would be destroyed and made again, to change "zone".
    "#);
    // What is protected is the object that exists, not the one that is planned.
    assert!(network.plan(&start(&world).await, &in_zone("z2", &[])).await.diagnostics.has_errors());
    let diagnostics = apply(&world, &mut network, &in_zone("z1", &[])).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    let diagnostics = apply(&world, &mut network, &in_zone("z2", &[])).await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(world.calls(), ["update core", "delete core", "create core"]);
}

#[tokio::test]
async fn a_replacement_on_request_is_refused_before_anything_is_deleted() {
    let world = Arc::default();
    let mut network = protected(&world).await;
    network.taint();
    let diagnostics = apply(&world, &mut network, &in_zone("z1", &["protected"])).await;
    assert_snapshot!(diagnostics, @r#"
    error: The network is protected
    Remove the label first.
    "#);
    assert_eq!(world.calls(), Vec::<String>::new());
    assert_eq!(network.state.as_ref().unwrap()["status"], "ready");
}
