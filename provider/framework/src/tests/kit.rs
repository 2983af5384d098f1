//! The test kit itself: plans without a server, and a server without a socket.

use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value as Json, json};
use tfplugin_proto::wire;
use tonic::{Code, Request};

use super::crates::{Crates, Hall};
use super::toy::{Mood, World, provider};
use crate::testing::{Grpc, Terraform, UNKNOWN, plan_table};
use crate::{Action, ActionContext, Diagnostics, Model, Provider, async_trait, cty};

#[tokio::test]
async fn many_plans_are_one_table() {
    let crate_seven = || json!({"shelf": "first", "label": "glass", "number": 7});
    let rows = [
        ("a create", Json::Null, json!({"shelf": "first"})),
        ("what is computed in the plan", Json::Null, json!({"shelf": "first", "label": "numbered"})),
        ("no change", crate_seven(), json!({"shelf": "first", "label": "glass"})),
        ("an update", crate_seven(), json!({"shelf": "first"})),
        ("a replacement", crate_seven(), json!({"shelf": UNKNOWN, "label": "glass"})),
        ("a destroy", crate_seven(), Json::Null),
    ];
    assert_snapshot!(plan_table(Crates, Some(Arc::new(Hall::default())), rows).await, @r#"
    # a create
    create
    + number = (known after apply)
    + shelf = "first"

    # what is computed in the plan
    create
    + label = "numbered"
    + number = 7
    + shelf = "first"

    # no change
    no change

    # an update
    update
    - label = "glass"

    # a replacement
    replace because of shelf
    ~ shelf = "first" -> (known after apply)

    # a destroy
    destroy
    "#);
}

#[tokio::test]
async fn a_table_shows_what_validators_say() {
    assert_snapshot!(plan_table(super::rules::Doors, None, [("no key", Json::Null, json!({}))]).await, @r#"
    # no key
    error: "key" or "code" is missing
    Set one of them.
    "#);
}

#[tokio::test]
async fn a_table_plans_what_a_server_plans() {
    let config = json!({"shelf": "second", "label": "glass"});
    let prior = json!({"shelf": "first", "number": 7});
    let table = plan_table(Crates, None, [("row", prior.clone(), config.clone())]).await;
    let terraform = Terraform::start(super::crates::provider(&Hall::default()));
    let planned = terraform.plan("landform_crate", &prior, &config).await;
    assert_eq!(table, format!("# row\n{planned}"));
}

async fn configured(world: &Arc<World>) -> Grpc {
    let grpc = Grpc::start(provider(world)).await;
    let ty = provider(world).config_schema().cty_type();
    let config = crate::testing::from_json(&json!({}), &ty);
    let config = wire::DynamicValue { msgpack: cty::encode_msgpack(&config, &ty).unwrap(), json: Vec::new() };
    let request = wire::configure_provider::Request { config: Some(config), ..Default::default() };
    let configured = grpc.client().configure_provider(request).await.unwrap().into_inner();
    assert!(configured.diagnostics.is_empty());
    grpc
}

/// A network with a label of so many bytes.
fn network(bytes: usize) -> wire::DynamicValue {
    let ty = super::toy::Network::schema().cty_type();
    let value = crate::testing::from_json(&json!({"name": "core", "labels": ["x".repeat(bytes)]}), &ty);
    wire::DynamicValue { msgpack: cty::encode_msgpack(&value, &ty).unwrap(), json: Vec::new() }
}

#[tokio::test]
async fn large_messages_go_both_ways() {
    let grpc = configured(&Arc::default()).await;
    let large = network(5 << 20);
    let request = wire::plan_resource_change::Request {
        type_name: "landform_network".to_owned(),
        proposed_new_state: Some(large.clone()),
        config: Some(large),
        ..Default::default()
    };
    let planned = grpc.client().plan_resource_change(request).await.unwrap().into_inner();
    assert!(planned.diagnostics.is_empty());
    assert!(planned.planned_state.unwrap().msgpack.len() > 5 << 20);
    grpc.stop().await;
}

#[tokio::test]
async fn what_is_not_served_has_the_status_that_terraform_expects() {
    let grpc = configured(&Arc::default()).await;
    let status = grpc.client().get_states(wire::get_states::Request::default()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
    grpc.stop().await;
}

/// Counts to three.
#[derive(Clone, Debug, Default, PartialEq, Model)]
struct Nothing {}

struct Count;

#[async_trait]
impl Action for Count {
    type Client = ();
    type Config = Nothing;

    fn name(&self) -> &'static str {
        "count"
    }

    async fn invoke(&self, cx: &ActionContext<()>, _: Nothing) -> Result<(), Diagnostics> {
        for number in 1..=3 {
            cx.progress(number.to_string()).await;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_stream_arrives_event_by_event() {
    use wire::invoke_action::event::Type as Event;
    let provider = Provider::new("landform", |_: Nothing, _| async { Ok(()) }).action(Count);
    let grpc = Grpc::start(provider).await;
    let config = Some(wire::DynamicValue { msgpack: vec![0x80], json: Vec::new() });
    let configure = wire::configure_provider::Request { config: config.clone(), ..Default::default() };
    grpc.client().configure_provider(configure).await.unwrap();
    let request = wire::invoke_action::Request {
        action_type: "landform_count".to_owned(),
        config,
        ..Default::default()
    };
    let mut events = grpc.client().invoke_action(request).await.unwrap().into_inner();
    let mut seen = Vec::new();
    while let Some(event) = events.message().await.unwrap() {
        seen.push(match event.r#type {
            Some(Event::Progress(progress)) => progress.message,
            Some(Event::Completed(completed)) => format!("done, {:?}", completed.diagnostics),
            None => panic!("an empty event"),
        });
    }
    assert_eq!(seen, ["1", "2", "3", "done, []"]);
    drop(events);
    grpc.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_stop_comes_through_beside_a_running_call() {
    let world = Arc::new(World::default());
    let grpc = configured(&world).await;
    let planned = network(1);
    world.set_mood(Mood::WaitsForStop);
    let apply = wire::apply_resource_change::Request {
        type_name: "landform_network".to_owned(),
        planned_state: Some(planned.clone()),
        config: Some(planned),
        ..Default::default()
    };
    let mut client = grpc.client();
    let stop = async {
        while world.networks.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        grpc.client().stop_provider(Request::new(Default::default())).await.unwrap()
    };
    let (applied, _) = tokio::join!(client.apply_resource_change(apply), stop);
    let applied = applied.unwrap().into_inner();
    assert_eq!(applied.diagnostics.last().unwrap().detail, "Interrupted.");
    assert_ne!(applied.new_state.unwrap().msgpack, [0xc0]);
    drop(client);
    grpc.stop().await;
}
