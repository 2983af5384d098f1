//! A create, an update and a delete that fail at any call, before or after it is executed, and then go on.

use super::{Process, both, other};
use landform_cloud::ErrorKind;
use landform_test_cloud::{Call, Fault, When, is_write};

const WAYS: [(When, ErrorKind); 3] =
    [(When::Before, ErrorKind::Denied), (When::After, ErrorKind::Ambiguous), (When::After, ErrorKind::Other)];

fn writes(calls: &[Call]) -> u32 {
    u32::try_from(calls.iter().filter(|call| is_write(call.operation)).count()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_call_is_finished_by_the_next_and_nothing_is_made_twice() {
    let whole = Process::new();
    let expected_state = whole.create(both()).await.unwrap();
    let expected = whole.world(|iam| iam.clone());
    let count = writes(&whole.cloud.take_calls());
    assert_eq!(count, 8);
    for nth in 1..=count {
        for (when, kind) in WAYS {
            let what = format!("write {nth} fails {when:?} with {kind:?}");
            let process = Process::new();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind });
            let _ = process.create(both()).await;
            process.cloud.heal();
            let next = Process::over(process.cloud.clone());
            next.cloud.take_calls();
            let state = next.create(both()).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(state, expected_state, "{what}");
            assert_eq!(next.world(|iam| iam.clone()), expected, "{what}");
            let calls = next.cloud.take_calls();
            let lost: Vec<&Call> = calls.iter().filter(|it| it.operation.starts_with("De")).collect();
            assert!(lost.is_empty(), "{what}: {lost:?}");
            assert_eq!(next.read(state.clone()).await.unwrap().unwrap(), state, "{what}");
            next.delete(state).await.unwrap();
            assert!(next.parts().is_empty(), "{what}: {:?}", next.parts());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_well_in_the_same_apply() {
    for operation in ["CreateRole", "CreatePolicy", "CreateOpenIDConnectProvider"] {
        let process = Process::new();
        let (when, kind) = (When::After, ErrorKind::Ambiguous);
        process.cloud.inject(Fault { operation: Some(operation), nth: 1, times: 1, when, kind });
        process.create(both()).await.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(process.parts().len(), 4);
    }
}

/// IAM answers for seconds that a role is not there which it has just made.
#[tokio::test(start_paused = true)]
async fn a_new_role_that_is_not_seen_yet_is_waited_for() {
    let process = Process::new();
    process.world(|iam| iam.new_role_unseen_for = 3);
    let state = process.create(both()).await.unwrap();
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    assert_eq!(process.parts().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_update_that_fails_at_any_call_is_finished_by_the_next() {
    for (before, after) in [(both(), other()), (other(), both())] {
        let whole = Process::new();
        let state = whole.create(before.clone()).await.unwrap();
        whole.cloud.take_calls();
        let expected_state = whole.update(state, after.clone()).await.unwrap();
        let expected = whole.world(|iam| (iam.inventory(), iam.roles.clone()));
        for nth in 1..=writes(&whole.cloud.take_calls()) {
            for (when, kind) in WAYS {
                let what = format!("write {nth} fails {when:?} with {kind:?}");
                let process = Process::new();
                let state = process.create(before.clone()).await.unwrap();
                process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind });
                let _ = process.update(state.clone(), after.clone()).await;
                process.cloud.heal();
                let state =
                    process.update(state, after.clone()).await.unwrap_or_else(|e| panic!("{what}: {e}"));
                assert_eq!(state, expected_state, "{what}");
                let now = process.world(|iam| (iam.inventory(), iam.roles.clone()));
                assert_eq!(now, expected, "{what}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_delete_that_fails_at_any_call_is_finished_by_the_next() {
    let whole = Process::new();
    let state = whole.create(both()).await.unwrap();
    whole.cloud.take_calls();
    whole.delete(state).await.unwrap();
    for nth in 1..=writes(&whole.cloud.take_calls()) {
        for when in [When::Before, When::After] {
            let process = Process::new();
            let state = process.create(both()).await.unwrap();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
            let error = process.delete(state.clone()).await.unwrap_err().to_string();
            assert!(error.contains("destroy again to go on"), "{error}");
            process.cloud.heal();
            process.delete(state).await.unwrap();
            assert!(process.parts().is_empty(), "delete {nth} {when:?}: {:?}", process.parts());
        }
    }
}
