//! Every write fails once before and once after it was executed, and the process is killed there.

use super::{TYPE, cloud, policies, process, with, workloads};
use landform_cloud::ErrorKind;
use landform_framework::testing::{Instance, Replacement};
use landform_test_cloud::{Fault, InProcessCloud, When, is_write};
use serde_json::{Value as Json, json};

/// The set after a change: other guardrails, other targets, one document fewer and one more.
fn changed() -> Json {
    with(
        workloads(),
        json!({ "targets": ["Workloads/NonProd", "Sandbox"], "enable": ["deny-root-user", "deny-iam-users"], "parameters": null, "limits": { "scp_bytes": 700 }, "tags": { "team": "core" } }),
    )
}

fn writes(cloud: &InProcessCloud) -> u32 {
    let writes = cloud.take_calls().iter().filter(|call| is_write(call.operation)).count();
    u32::try_from(writes).unwrap()
}

/// How the organization looks when all went well.
async fn expected() -> (Vec<String>, Vec<String>, [u32; 3]) {
    let cloud = cloud();
    let mut set = Instance::new(TYPE);
    set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
    let (first, create) = (policies(&cloud), writes(&cloud));
    set.apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
    let (second, update) = (policies(&cloud), writes(&cloud));
    set.destroy(&process(&cloud).await, &process(&cloud).await).await;
    (first, second, [create, update, writes(&cloud)])
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_write_is_resumed() {
    let (expected, _, [writes, ..]) = expected().await;
    for replacement in [Replacement::DestroyThenCreate, Replacement::CreateThenDestroy] {
        for kind in [ErrorKind::Other, ErrorKind::Ambiguous] {
            for (nth, when) in (1..=writes).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
                let what = format!("write {nth} {when:?} {kind:?} {replacement:?}");
                let cloud = cloud();
                let mut set = Instance { replacement, ..Instance::new(TYPE) };
                cloud.inject(Fault { operation: None, nth, times: 1, when, kind });
                let failed = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
                cloud.heal();
                let before = policies(&cloud);
                if failed.has_errors() {
                    assert_eq!(set.state.is_some(), set.tainted, "{what}");
                    let said = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
                    assert!(!said.has_errors(), "{what}: {said}");
                }
                let deleted =
                    cloud.take_calls().iter().filter(|call| call.operation == "DeletePolicy").count();
                assert_eq!((policies(&cloud), deleted), (expected.clone(), 0), "{what}: {before:?}");
                assert_eq!(
                    set.plan(&process(&cloud).await, &workloads()).await.to_string(),
                    "no change",
                    "{what}"
                );
                let destroyed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
                assert!(!destroyed.has_errors() && policies(&cloud).is_empty(), "{what}: {destroyed}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_and_a_deletion_that_fail_at_any_write_are_finished() {
    let (_, expected, [_, updates, deletes]) = expected().await;
    for (nth, when) in (1..=updates).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
        let what = format!("write {nth} {when:?}");
        let cloud = cloud();
        let mut set = super::made(&cloud, workloads()).await;
        cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
        let failed = set.apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
        assert!(failed.has_errors() && !set.tainted, "{what}: {failed}");
        assert_eq!(set.state.as_ref().unwrap()["status"], json!("degraded"), "{what}");
        cloud.heal();
        let said = set.apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
        assert!(!said.has_errors(), "{what}: {said}");
        assert_eq!(policies(&cloud), expected, "{what}");
        assert_eq!(set.plan(&process(&cloud).await, &changed()).await.to_string(), "no change", "{what}");
    }
    for (nth, when) in (1..=deletes).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
        let cloud = cloud();
        let mut set = super::made(&cloud, changed()).await;
        cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
        let failed = set.destroy(&process(&cloud).await, &process(&cloud).await).await;
        assert!(failed.to_string().contains("destroy again to go on"), "{failed}");
        cloud.heal();
        set.destroy(&process(&cloud).await, &process(&cloud).await).await;
        assert!(policies(&cloud).is_empty() && set.state.is_none(), "{nth} {when:?}: {:?}", policies(&cloud));
    }
}

/// A change that failed half-way is taken back as well as finished.
#[tokio::test(start_paused = true)]
async fn a_failed_update_can_be_taken_back() {
    let (expected, _, [_, updates, _]) = expected().await;
    for nth in 1..=updates {
        let cloud = cloud();
        let mut set = super::made(&cloud, workloads()).await;
        cloud.inject(Fault { operation: None, nth, times: 1, when: When::After, kind: ErrorKind::Other });
        set.apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
        cloud.heal();
        let said = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
        assert!(!said.has_errors(), "{nth}: {said}");
        assert_eq!(policies(&cloud), expected, "{nth}");
        let tags =
            cloud.organization_world(|world| world.tags.values().any(|tags| tags.contains_key("team")));
        assert!(!tags, "{nth}");
    }
}

/// A killed process answers nothing: Terraform keeps the state that it had.
#[tokio::test(start_paused = true)]
async fn a_kill_at_any_write_loses_nothing_and_doubles_nothing() {
    let (first, second, [creates, updates, deletes]) = expected().await;
    for (nth, when) in (1..=creates).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
        let cloud = cloud();
        cloud.kill_at(nth, when);
        let mut set = Instance::new(TYPE);
        set.clone().apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
        assert!(cloud.is_dead());
        cloud.revive();
        let said = set.apply(&process(&cloud).await, &process(&cloud).await, &workloads()).await;
        assert!(!said.has_errors(), "{nth} {when:?}: {said}");
        assert_eq!(policies(&cloud), first, "{nth} {when:?}");
    }
    for (nth, when) in (1..=updates).flat_map(|nth| [(nth, When::Before), (nth, When::After)]) {
        let cloud = cloud();
        let mut set = super::made(&cloud, workloads()).await;
        cloud.kill_at(nth, when);
        set.clone().apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
        cloud.revive();
        let said = set.apply(&process(&cloud).await, &process(&cloud).await, &changed()).await;
        assert!(!said.has_errors(), "{nth} {when:?}: {said}");
        assert_eq!(policies(&cloud), second, "{nth} {when:?}");
    }
    for nth in 1..=deletes {
        let cloud = cloud();
        let mut set = super::made(&cloud, changed()).await;
        cloud.kill_at(nth, When::After);
        set.clone().destroy(&process(&cloud).await, &process(&cloud).await).await;
        cloud.revive();
        set.destroy(&process(&cloud).await, &process(&cloud).await).await;
        assert!(policies(&cloud).is_empty(), "{nth}: {:?}", policies(&cloud));
    }
}
