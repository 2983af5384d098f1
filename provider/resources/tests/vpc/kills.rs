//! A create that fails at any write call, through Terraform's whole sequence: tainted, planned as a replacement, resumed.

use super::{TYPE, cloud, process, target, two_zones, with};
use landform_cloud::ErrorKind;
use landform_framework::testing::{Instance, Replacement};
use landform_test_cloud::{Fault, InProcessCloud, When, is_write};
use serde_json::json;

fn inventory(cloud: &InProcessCloud) -> Vec<String> {
    cloud.world(&target(), |world| world.inventory())
}

fn deletes(cloud: &InProcessCloud) -> usize {
    let words = ["Delete", "Release", "Detach", "Disassociate"];
    cloud.take_calls().iter().filter(|call| words.iter().any(|word| call.operation.starts_with(word))).count()
}

async fn fail_and_resume(nth: u32, when: When, replacement: Replacement) {
    let what = format!("write {nth} fails {when:?}, {replacement:?}");
    let cloud = cloud();
    let mut network = Instance { replacement, ..Instance::new(TYPE) };
    cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
    let failed = network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    assert!(failed.has_errors(), "{what}");
    cloud.heal();
    let before = inventory(&cloud);
    // The one object that state cannot know is a VPC whose answer was lost: it is found by its tags all the same.
    let recorded = network.state.is_some();
    assert_eq!(recorded, network.tainted, "{what}");
    cloud.take_calls();
    let resumed = network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    assert!(!resumed.has_errors(), "{what}: {resumed}");
    assert_eq!(resumed.to_string().contains("Resuming the creation"), recorded, "{what}: {resumed}");
    assert_eq!(deletes(&cloud), 0, "{what}");
    let after = inventory(&cloud);
    assert!(before.iter().all(|object| after.contains(object)), "{what}: {before:?} {after:?}");
    assert_eq!(network.plan(&process(&cloud).await, &two_zones()).await.to_string(), "no change", "{what}");
    assert!(!network.tainted && network.deposed.is_empty(), "{what}");
    let destroyed = network.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(!destroyed.has_errors(), "{what}: {destroyed}");
    assert!(inventory(&cloud).is_empty(), "{what}: {:?}", inventory(&cloud));
}

async fn writes_of_a_create() -> u32 {
    let cloud = cloud();
    Instance::new(TYPE).apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    let writes = cloud.take_calls().iter().filter(|call| is_write(call.operation)).count();
    u32::try_from(writes).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_write_is_resumed() {
    for nth in 1..=writes_of_a_create().await {
        for when in [When::Before, When::After] {
            fail_and_resume(nth, when, Replacement::DestroyThenCreate).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn so_is_one_with_create_before_destroy() {
    for nth in 1..=writes_of_a_create().await {
        for when in [When::Before, When::After] {
            fail_and_resume(nth, when, Replacement::CreateThenDestroy).await;
        }
    }
}

/// A crash between the halves of `create_before_destroy` leaves the same objects twice in state: complete, and as the deposed
/// beginning. Destroying the second entry must not take the first one's objects.
#[tokio::test(start_paused = true)]
async fn a_deposed_beginning_does_not_take_the_finished_network_with_it() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    let mut beginning = network.clone();
    beginning.state.as_mut().unwrap()["status"] = json!("incomplete");
    beginning.tainted = true;
    let before = inventory(&cloud);
    let refused = beginning.destroy(&process(&cloud).await, &process(&cloud).await).await.to_string();
    assert!(refused.contains("was finished since") && refused.contains("terraform state rm"), "{refused}");
    assert_eq!(inventory(&cloud), before);
    assert!(beginning.state.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_failed_create_stays_in_state_when_the_configuration_no_longer_fits_it() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let operation = Some("CreateNatGateway");
    cloud.inject(Fault { operation, nth: 1, times: 9, when: When::Before, kind: ErrorKind::Quota });
    network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    cloud.heal();
    let elsewhere = with(two_zones(), json!({ "azs": { "a": "use1-az1", "b": "use1-az3" } }));
    let refused = network.apply(&process(&cloud).await, &process(&cloud).await, &elsewhere).await.to_string();
    assert!(refused.contains("subnet private/b") && refused.contains("use1-az3"), "{refused}");
    assert_eq!(network.state.as_ref().map(|state| state["status"].clone()), Some(json!("incomplete")));
    let destroyed = network.destroy(&process(&cloud).await, &process(&cloud).await).await;
    assert!(!destroyed.has_errors(), "{destroyed}");
    assert!(inventory(&cloud).is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_update_that_fails_half_way_still_takes_away_the_tags_that_are_gone() {
    let cloud = cloud();
    let mut network = Instance::new(TYPE);
    let tagged = with(two_zones(), json!({ "tags": { "team": "core" } }));
    network.apply(&process(&cloud).await, &process(&cloud).await, &tagged).await;
    let operation = Some("DeleteTags");
    cloud.inject(Fault { operation, nth: 3, times: 99, when: When::Before, kind: ErrorKind::Denied });
    let failed = network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    assert!(failed.has_errors() && !network.tainted, "{failed}");
    cloud.heal();
    let mended = network.apply(&process(&cloud).await, &process(&cloud).await, &two_zones()).await;
    assert!(!mended.has_errors(), "{mended}");
    let left =
        cloud.world(&target(), |world| world.subnets.iter().any(|subnet| subnet.tags.contains_key("team")));
    assert!(!left);
    assert_eq!(network.plan(&process(&cloud).await, &two_zones()).await.to_string(), "no change");
}
