//! Every write fails once before and once after it was executed, and the process is killed there; the next apply finishes it.

use super::*;
use landform_cloud::ErrorKind;
use landform_test_cloud::{Fault, When, is_write};

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

fn config() -> Json {
    json!({
        "policy_types": ["SERVICE_CONTROL_POLICY", "SECURITYHUB_POLICY"],
        "trusted_services": ["sso.amazonaws.com"],
    })
}

fn writes(cloud: &InProcessCloud) -> u32 {
    let calls = cloud.take_calls();
    u32::try_from(calls.iter().filter(|call| is_write(call.operation)).count()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_or_dies_at_any_write_is_finished_by_the_next() {
    let good = cloud();
    apply(&good, &mut Instance::new(TYPE), &config()).await;
    let (expected, count) = (on(&good), writes(&good));
    assert!(count >= 6, "{count}");
    for nth in 1..=count {
        for way in WAYS {
            let cloud = cloud();
            let mut it = Instance::new(TYPE);
            strike(&cloud, nth, way);
            apply(&cloud, &mut it, &config()).await;
            if cloud.is_dead() {
                it = Instance::new(TYPE);
            }
            cloud.heal();
            cloud.revive();
            let next = apply(&cloud, &mut it, &config()).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert_eq!(on(&cloud), expected, "{nth} {way:?}");
            assert_eq!(plan(&cloud, &mut it, &config()).await, "no change", "{nth} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_that_fails_at_any_write_still_takes_away_what_was_there() {
    let less = json!({ "policy_types": ["SERVICE_CONTROL_POLICY"] });
    let good = cloud();
    let mut it = Instance::new(TYPE);
    apply(&good, &mut it, &config()).await;
    good.take_calls();
    apply(&good, &mut it, &less).await;
    let (expected, count) = (on(&good), writes(&good));
    for nth in 1..=count {
        for way in WAYS {
            let cloud = cloud();
            let mut it = Instance::new(TYPE);
            apply(&cloud, &mut it, &config()).await;
            let before = it.state.clone();
            strike(&cloud, nth, way);
            apply(&cloud, &mut it, &less).await;
            if cloud.is_dead() {
                it.state = before;
            }
            cloud.heal();
            cloud.revive();
            let next = apply(&cloud, &mut it, &less).await;
            assert!(!next.has_errors(), "{nth} {way:?}: {next}");
            assert_eq!(on(&cloud), expected, "{nth} {way:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_aws_refuses_for_now_is_sent_again() {
    let cloud = cloud();
    for kind in [ErrorKind::NotReady, ErrorKind::Throttled] {
        let operation = Some("EnablePolicyType");
        cloud.inject(Fault { operation, nth: 1, times: 3, when: When::Before, kind });
    }
    let made = apply(&cloud, &mut Instance::new(TYPE), &config()).await;
    assert!(made.is_empty(), "{made}");
}
