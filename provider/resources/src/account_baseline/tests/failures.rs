//! Every call fails, before and after it is executed; the next apply finishes.

use super::*;
use landform_cloud::ErrorKind;
use landform_test_cloud::{Fault, When};

/// The calls of a run as faults that strike each of them.
fn faults(calls: &[Call]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        let nth = calls[..=index].iter().filter(|other| other.operation == call.operation).count();
        for (when, kind) in [(When::Before, ErrorKind::Denied), (When::After, ErrorKind::Ambiguous)] {
            let nth = u32::try_from(nth).unwrap();
            faults.push(Fault { operation: Some(call.operation), nth, times: 1, when, kind });
        }
    }
    faults
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_call_is_finished_by_the_next_with_the_same_result() {
    let whole = cloud_with_keys();
    let mut expected = Instance::new(TYPE);
    let (planning, applying) = (process(&whole).await, process(&whole).await);
    whole.take_calls();
    assert!(!expected.apply(&planning, &applying, &everything()).await.has_errors());
    let calls = whole.take_calls();
    assert!(calls.len() > 50, "{}", calls.len());
    for fault in faults(&calls) {
        let cloud = cloud_with_keys();
        cloud.inject(fault.clone());
        let mut baseline = Instance::new(TYPE);
        let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &everything()).await;
        cloud.heal();
        if said.has_errors() && baseline.state.is_some() {
            assert_eq!(state(&baseline)["status"], "incomplete", "{fault:?}");
        }
        apply(&mut baseline, &cloud, &everything()).await;
        assert_eq!(baseline.state, expected.state, "{fault:?}");
        assert_eq!(everything_in(&cloud), everything_in(&whole), "{fault:?}");
        let plan = baseline.plan(&process(&cloud).await, &everything()).await;
        assert_eq!(plan.prior, plan.planned, "{fault:?}: {plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn so_is_an_update() {
    for (before, after) in [(defaults(), everything()), (everything(), defaults())] {
        let whole = cloud_with_keys();
        let mut expected = applied(&whole, &before).await;
        whole.take_calls();
        apply(&mut expected, &whole, &after).await;
        for fault in
            faults(&whole.take_calls()).into_iter().filter(|fault| is_write(fault.operation.unwrap()))
        {
            let cloud = cloud_with_keys();
            let mut baseline = applied(&cloud, &before).await;
            cloud.inject(fault.clone());
            baseline.apply(&process(&cloud).await, &process(&cloud).await, &after).await;
            cloud.heal();
            apply(&mut baseline, &cloud, &after).await;
            assert_eq!(baseline.state, expected.state, "{fault:?}");
            assert_eq!(everything_in(&cloud), everything_in(&whole), "{fault:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_kill_at_any_write_loses_nothing() {
    let whole = cloud_with_keys();
    applied(&whole, &everything()).await;
    let count = u32::try_from(writes(&whole).len()).unwrap();
    for nth in 1..=count {
        for when in [When::Before, When::After] {
            let cloud = cloud_with_keys();
            cloud.kill_at(nth, when);
            let mut killed = Instance::new(TYPE);
            killed.apply(&process(&cloud).await, &process(&cloud).await, &everything()).await;
            cloud.revive();
            // Terraform never got an answer.
            applied(&cloud, &everything()).await;
            assert_eq!(everything_in(&cloud), everything_in(&whole), "write {nth} {when:?}");
        }
    }
}

/// Each error names account, region and setting; what failed in one region stops no other.
#[tokio::test(start_paused = true)]
async fn one_region_that_fails_stops_no_other_and_no_other_setting() {
    let cloud = cloud();
    let (when, kind) = (When::Before, ErrorKind::Denied);
    cloud.inject(Fault { operation: Some("EnableEbsEncryptionByDefault"), nth: 1, times: 1, when, kind });
    let mut baseline = Instance::new(TYPE);
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &defaults()).await.to_string();
    assert!(
        said.contains(
            "error: Account 210987654321, eu-west-1: could not switch EBS encryption by default on"
        ),
        "{said}"
    );
    assert!(said.contains("Allow this action for the role"), "{said}");
    let worlds = everything_in(&cloud);
    assert_eq!(worlds.iter().map(|it| it.settings.ebs_encryption).collect::<Vec<_>>(), [false, true]);
    assert!(worlds.iter().all(|it| it.settings.images == BlockSharing::New && it.default_vpc.is_none()));
    assert_eq!(state(&baseline)["drift"], json!(["eu-west-1: switch EBS encryption by default on"]));
    // An update that fails is degraded, not incomplete.
    apply(&mut baseline, &cloud, &defaults()).await;
    in_region(&cloud, "us-east-1", |world| world.settings.serial_console = true);
    cloud.inject(Fault { operation: Some("DisableSerialConsoleAccess"), nth: 1, times: 1, when, kind });
    let said = baseline.apply(&process(&cloud).await, &process(&cloud).await, &defaults()).await;
    assert!(said.has_errors());
    assert_eq!(state(&baseline)["status"], "degraded");
    assert_eq!(state(&baseline)["settings"]["us-east-1"]["serial_console"], true);
    apply(&mut baseline, &cloud, &defaults()).await;
}
