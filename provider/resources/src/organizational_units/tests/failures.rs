//! Every write of a create, an update and a destroy fails once before and once after it was executed, and the process is killed
//! there; the next apply finishes it.

use super::*;
use landform_cloud::ErrorKind;
use landform_test_cloud::{Fault, When, is_write};

fn changed() -> Json {
    json!({
        "units": {
            "Safety": { "renamed_from": "Security" },
            "Workloads/Prod": { "tags": { "data": "none" } },
            "Workloads/Test": {},
        },
        "tags": { "team": "cloud" },
    })
}

fn writes(cloud: &InProcessCloud) -> u32 {
    let calls = cloud.take_calls();
    u32::try_from(calls.iter().filter(|call| is_write(call.operation)).count()).unwrap()
}

fn all_tags(cloud: &InProcessCloud) -> Vec<String> {
    cloud.organization_world(|world| {
        let path = |id: &str| id.parse().map(|parent| world.path_of(&parent)).unwrap_or_default();
        let mut all: Vec<String> =
            world.tags.iter().map(|(id, tags)| format!("{} {tags:?}", path(id))).collect();
        all.sort();
        all
    })
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Fails(When, ErrorKind),
    Dies(When),
}

const WAYS: [Way; 4] = [
    Way::Fails(When::Before, ErrorKind::Denied),
    Way::Fails(When::After, ErrorKind::Ambiguous),
    Way::Dies(When::Before),
    Way::Dies(When::After),
];

fn strike(cloud: &InProcessCloud, nth: u32, way: Way) {
    match way {
        Way::Fails(when, kind) => cloud.inject(Fault { operation: None, nth, times: 1, when, kind }),
        Way::Dies(when) => cloud.kill_at(nth, when),
    }
}

fn mend(cloud: &InProcessCloud) {
    cloud.heal();
    cloud.revive();
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_or_dies_at_any_write_is_finished_by_the_next() {
    let whole = cloud();
    made(&whole, &workloads()).await;
    let (expected, count) = (all_tags(&whole), writes(&whole));
    assert!(count >= 4);
    for nth in 1..=count {
        for way in WAYS {
            let cloud = cloud();
            let mut tree = Instance::new(TYPE);
            strike(&cloud, nth, way);
            let failed = apply(&cloud, &mut tree, &workloads()).await;
            if cloud.is_dead() {
                // Terraform never gets the answer of a process that died.
                tree = Instance::new(TYPE);
            } else if matches!(way, Way::Fails(When::Before, _)) {
                assert!(failed.has_errors(), "{nth} {way:?}");
            }
            mend(&cloud);
            let before = units(&cloud);
            let next = apply(&cloud, &mut tree, &workloads()).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert_eq!(all_tags(&cloud), expected, "{nth} {way:?}");
            assert!(before.iter().all(|unit| units(&cloud).contains(unit)), "{nth} {way:?}");
            assert_eq!(plan(&cloud, &mut tree, &workloads()).await, "no change", "{nth} {way:?}");
            assert!(!tree.tainted);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn so_is_an_update() {
    let whole = cloud();
    let mut tree = made(&whole, &workloads()).await;
    writes(&whole);
    apply(&whole, &mut tree, &changed()).await;
    let (expected, count) = (all_tags(&whole), writes(&whole));
    assert!(count >= 5, "{count}");
    for nth in 1..=count {
        for way in WAYS {
            let cloud = cloud();
            let mut tree = made(&cloud, &workloads()).await;
            let prior = tree.clone();
            strike(&cloud, nth, way);
            apply(&cloud, &mut tree, &changed()).await;
            if cloud.is_dead() {
                tree = prior;
            }
            mend(&cloud);
            let next = apply(&cloud, &mut tree, &changed()).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert_eq!(all_tags(&cloud), expected, "{nth} {way:?}");
            assert_eq!(plan(&cloud, &mut tree, &changed()).await, "no change", "{nth} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn so_is_a_destroy() {
    for nth in 1..=4 {
        for way in WAYS {
            let cloud = cloud();
            let mut tree = made(&cloud, &workloads()).await;
            let prior = tree.clone();
            strike(&cloud, nth, way);
            let failed = tree.destroy(&process(&cloud).await, &process(&cloud).await).await;
            if cloud.is_dead() {
                tree = prior;
            } else {
                assert!(failed.has_errors() && tree.state.is_some(), "{nth} {way:?}");
            }
            mend(&cloud);
            let next = tree.destroy(&process(&cloud).await, &process(&cloud).await).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert!(units(&cloud).is_empty(), "{nth} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_configuration_that_changes_after_a_failed_create_is_what_is_made() {
    let cloud = cloud();
    let mut tree = Instance::new(TYPE);
    strike(&cloud, 3, WAYS[0]);
    assert!(apply(&cloud, &mut tree, &workloads()).await.has_errors());
    mend(&cloud);
    let next = apply(&cloud, &mut tree, &json!({ "units": { "Workloads/Test": {} } })).await;
    assert!(!next.has_errors(), "{next}");
    assert_eq!(units(&cloud), ["Workloads", "Workloads/Test"]);
}

/// AWS refuses a second write that comes meanwhile, and calls that come too fast.
#[tokio::test(start_paused = true)]
async fn what_aws_refuses_for_now_is_tried_again() {
    for kind in [ErrorKind::Throttled, ErrorKind::NotReady] {
        let cloud = cloud();
        let mut tree = Instance::new(TYPE);
        cloud.inject(Fault { operation: None, nth: 1, times: 3, when: When::Before, kind });
        let diagnostics = apply(&cloud, &mut tree, &workloads()).await;
        assert!(diagnostics.is_empty(), "{kind:?}: {diagnostics}");
    }
}
