//! A create that fails half-way is continued: every row of the rules, through the life of an instance.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};

use super::toy::{Mood, World, start};
use crate::Diagnostics;
use crate::testing::{Instance, Replacement};

/// A network, the world it is in, and the runs of Terraform on it: each plans in one process and applies in another.
struct Life {
    world: Arc<World>,
    instance: Instance,
}

impl Life {
    /// A network whose create failed half-way.
    async fn that_failed(config: &Json) -> Life {
        let mut life = Life { world: Arc::default(), instance: Instance::new("landform_network") };
        let diagnostics = life.apply(Mood::FailsHalfway, config).await;
        assert!(diagnostics.has_errors());
        assert!(life.instance.tainted);
        assert_eq!(life.world.calls(), ["create core"]);
        life
    }

    async fn apply(&mut self, mood: Mood, config: &Json) -> Diagnostics {
        let (planning, applying) = (start(&self.world).await, start(&self.world).await);
        self.world.set_mood(mood);
        self.instance.apply(&planning, &applying, config).await
    }

    async fn destroy(&mut self) -> Diagnostics {
        let (planning, applying) = (start(&self.world).await, start(&self.world).await);
        self.world.set_mood(Mood::Well);
        self.instance.destroy(&planning, &applying).await
    }

    fn status(&self) -> &str {
        self.instance.state.as_ref().and_then(|state| state["status"].as_str()).unwrap_or("no object")
    }
}

fn core() -> Json {
    json!({"name": "core"})
}

#[tokio::test]
async fn the_next_apply_continues_and_deletes_nothing() {
    let mut life = Life::that_failed(&core()).await;
    let diagnostics = life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!((life.status(), life.instance.tainted), ("ready", false));
    assert_snapshot!(diagnostics, @"
    warning: Resuming the creation of landform_network core
    An earlier apply did not finish creating this object. Terraform shows a replacement, but nothing is destroyed: what exists is kept, and what is missing is created.
    warning: Networks are slow
    ");
    let diagnostics = life.apply(Mood::Well, &core()).await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(life.world.calls(), [""; 0]);
}

#[tokio::test]
async fn a_create_that_fails_again_is_continued_again() {
    let mut life = Life::that_failed(&core()).await;
    life.apply(Mood::FailsHalfway, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert!(life.instance.tainted);
    life.apply(Mood::PanicsHalfway, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!(life.status(), "ready");
}

#[tokio::test]
async fn what_can_be_changed_in_place_may_change_in_between() {
    let mut life = Life::that_failed(&core()).await;
    let config = json!({"name": "core", "size": 9, "subnets": {"a": {"cidr": "10.0.0.0/24"}}});
    life.apply(Mood::Well, &config).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!(life.instance.state.as_ref().unwrap()["size"], 9);
}

#[tokio::test]
async fn another_identity_is_another_object() {
    let mut life = Life::that_failed(&core()).await;
    let diagnostics = life.apply(Mood::Well, &json!({"name": "edge"})).await;
    assert_eq!(life.world.calls(), ["delete core", "create edge"]);
    assert!(!diagnostics.to_string().contains("Resuming"), "{diagnostics}");
}

#[tokio::test]
async fn another_immutable_value_is_another_object() {
    let mut life = Life::that_failed(&json!({"name": "core", "router": "fd00::1"})).await;
    let diagnostics = life.apply(Mood::Well, &json!({"name": "core", "router": "fd00::2"})).await;
    assert_eq!(life.world.calls(), ["delete core", "create core"]);
    assert!(!diagnostics.to_string().contains("Resuming"), "{diagnostics}");

    let mut life =
        Life::that_failed(&json!({"name": "core", "subnets": {"a": {"cidr": "10.0.0.0/24"}}})).await;
    life.apply(Mood::Well, &json!({"name": "core", "subnets": {"a": {"cidr": "10.9.0.0/24"}}})).await;
    assert_eq!(life.world.calls(), ["delete core", "create core"]);
}

#[tokio::test]
async fn another_spelling_of_an_immutable_value_is_the_same_object() {
    let mut life = Life::that_failed(&json!({"name": "core", "router": "fd00::1"})).await;
    life.apply(Mood::Well, &json!({"name": "core", "router": "FD00::0001"})).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
}

#[tokio::test]
async fn a_destroy_really_destroys() {
    let mut life = Life::that_failed(&core()).await;
    let diagnostics = life.destroy().await;
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert_eq!(life.world.calls(), ["delete core"]);
    assert_eq!(life.status(), "no object");
    assert!(life.world.networks.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_complete_object_that_a_person_taints_is_really_replaced() {
    let mut life = Life::that_failed(&core()).await;
    life.apply(Mood::Well, &core()).await;
    life.world.calls();
    life.instance.taint();
    let diagnostics = life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["delete core", "create core"]);
    assert!(!diagnostics.to_string().contains("Resuming"), "{diagnostics}");
}

#[tokio::test]
async fn an_object_that_vanished_meanwhile_is_simply_created() {
    let mut life = Life::that_failed(&core()).await;
    life.world.networks.lock().unwrap().clear();
    let diagnostics = life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["create core"]);
    assert!(!diagnostics.to_string().contains("Resuming"), "{diagnostics}");
}

#[tokio::test]
async fn create_before_destroy_forgets_the_incomplete_object_afterwards() {
    let mut life = Life::that_failed(&core()).await;
    life.instance.replacement = Replacement::CreateThenDestroy;
    life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!((life.status(), life.instance.deposed.len()), ("ready", 0));
    assert!(life.world.networks.lock().unwrap().contains_key("core"));
}

#[tokio::test]
async fn create_before_destroy_that_fails_again_leaves_both_in_state_and_is_continued() {
    let mut life = Life::that_failed(&core()).await;
    life.instance.replacement = Replacement::CreateThenDestroy;
    life.apply(Mood::FailsHalfway, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!(life.instance.deposed.len(), 1);
    life.apply(Mood::FailsHalfway, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    life.apply(Mood::Well, &core()).await;
    assert_eq!(life.world.calls(), ["create core resumed"]);
    assert_eq!((life.status(), life.instance.deposed.len()), ("ready", 0));
    assert!(life.world.networks.lock().unwrap().contains_key("core"));
}

#[tokio::test]
async fn a_destroy_takes_what_is_deposed_too() {
    let mut life = Life::that_failed(&core()).await;
    life.instance.replacement = Replacement::CreateThenDestroy;
    life.apply(Mood::FailsHalfway, &json!({"name": "edge"})).await;
    assert_eq!(life.world.calls(), ["create edge"]);
    let diagnostics = life.destroy().await;
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    assert_eq!(life.world.calls(), ["delete edge", "delete core"]);
    assert_eq!((life.status(), life.instance.deposed.len()), ("no object", 0));
}

#[tokio::test]
async fn create_before_destroy_of_another_identity_really_deletes() {
    let mut life = Life::that_failed(&core()).await;
    life.instance.replacement = Replacement::CreateThenDestroy;
    life.apply(Mood::Well, &json!({"name": "edge"})).await;
    assert_eq!(life.world.calls(), ["create edge", "delete core"]);
}

#[tokio::test]
async fn a_deposed_object_whose_place_was_taken_only_leaves_the_state() {
    let mut life = Life::that_failed(&core()).await;
    let incomplete = life.instance.state.clone().unwrap();
    life.apply(Mood::Well, &core()).await;
    life.world.calls();
    // As after a crash between the two halves: a complete object, and the incomplete one deposed.
    let process = start(&life.world).await;
    for state in [life.instance.state.clone().unwrap(), incomplete.clone()] {
        process.upgrade("landform_network", 2, &state).await;
    }
    let planned = process.plan_destroy("landform_network", &incomplete).await;
    let fresh = start(&life.world).await;
    let applied = fresh.apply(&planned).await;
    assert!(applied.state.is_null() && applied.diagnostics.is_empty());
    assert_eq!(life.world.calls(), [""; 0]);
}

#[tokio::test]
async fn private_data_of_someone_else_delete_for_real() {
    let life = Life::that_failed(&core()).await;
    let process = start(&life.world).await;
    let incomplete = life.instance.state.clone().unwrap();
    let mut planned = process.plan_destroy("landform_network", &incomplete).await;
    for private in [&b""[..], b"{}", br#"{"version":9,"intent":"create"}"#] {
        planned.private = private.to_vec();
        process.apply(&planned).await;
        assert_eq!(life.world.calls(), ["delete core"]);
    }
}

#[tokio::test]
async fn the_private_data_say_what_the_plan_wants() {
    let process = start(&Arc::default()).await;
    let planned = process.plan("landform_network", &Json::Null, &json!({"name": "core", "zone": "z1"})).await;
    let private: Json = serde_json::from_slice(&planned.private).unwrap();
    assert_eq!((&private["intent"], &private["identity"]), (&json!("create"), &json!("core")));
    let digests: Vec<_> = private["immutable"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(digests, ["name", "router", "zone"]);
    assert!(!String::from_utf8(planned.private).unwrap().contains("z1"));
}
