//! A create and a delete that fail at any call, before or after it is executed, and then go on.

use super::{BUCKET, Process, backend};
use landform_cloud::ErrorKind;
use landform_test_cloud::{Call, Fault, When, is_write};

const WAYS: [(When, ErrorKind); 3] =
    [(When::Before, ErrorKind::Denied), (When::After, ErrorKind::Ambiguous), (When::After, ErrorKind::Other)];

fn writes(calls: &[Call]) -> u32 {
    u32::try_from(calls.iter().filter(|call| is_write(call.operation)).count()).unwrap()
}

fn keys(parts: &[String]) -> Vec<&String> {
    parts.iter().filter(|it| it.starts_with("key ")).collect()
}

async fn fail_at_every_write(drops_tags: bool) {
    let new = || {
        let process = Process::new();
        process.world(|world| world.drops_tags = drops_tags);
        process
    };
    let whole = new();
    whole.create(backend()).await.unwrap();
    let expected = whole.parts().len();
    let count = writes(&whole.cloud.take_calls());
    assert!(count >= 9, "{count}");
    for nth in 1..=count {
        for (when, kind) in WAYS {
            let what = format!("write {nth} fails {when:?} with {kind:?}");
            let process = new();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind });
            let _ = process.create(backend()).await;
            process.cloud.heal();
            let before = process.parts();
            let next = Process::over(process.cloud.clone());
            next.cloud.take_calls();
            let state = next.create(backend()).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            let after = next.parts();
            assert_eq!(after.len(), expected, "{what}: {after:?}");
            assert!(keys(&before).iter().all(|key| keys(&after).contains(key)), "{what}");
            let calls = next.cloud.take_calls();
            let lost: Vec<&Call> = calls.iter().filter(|it| it.operation.starts_with("Delete")).collect();
            assert!(lost.is_empty(), "{what}: {lost:?}");
            let found = next.world(|world| world.buckets[BUCKET].bucket.clone());
            assert!(found.versioned && found.public_access_blocked && found.ownership_enforced, "{what}");
            assert_eq!(next.read(state.clone()).await.unwrap().unwrap(), state, "{what}");
            next.delete(state).await.unwrap();
            assert!(next.parts().is_empty(), "{what}: {:?}", next.parts());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_that_fails_at_any_call_is_finished_by_the_next_and_nothing_is_made_twice() {
    fail_at_every_write(false).await;
}

/// Where S3 takes no tags with the create, an empty bucket of our name without any tag is what we left.
#[tokio::test(start_paused = true)]
async fn so_is_one_where_buckets_get_their_tags_later() {
    fail_at_every_write(true).await;
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_ends_well_in_the_same_apply() {
    for operation in ["CreateKey", "CreateBucket"] {
        let process = Process::new();
        let (when, kind) = (When::After, ErrorKind::Ambiguous);
        process.cloud.inject(Fault { operation: Some(operation), nth: 1, times: 1, when, kind });
        process.create(backend()).await.unwrap_or_else(|error| panic!("{operation}: {error}"));
        assert_eq!(process.parts().len(), 3, "{operation}: {:?}", process.parts());
    }
}

#[tokio::test(start_paused = true)]
async fn a_delete_that_fails_at_any_call_is_finished_by_the_next() {
    let whole = Process::new();
    let state = whole.create(backend()).await.unwrap();
    whole.cloud.take_calls();
    whole.delete(state).await.unwrap();
    for nth in 1..=writes(&whole.cloud.take_calls()) {
        for when in [When::Before, When::After] {
            let process = Process::new();
            let state = process.create(backend()).await.unwrap();
            process.cloud.inject(Fault { operation: None, nth, times: 1, when, kind: ErrorKind::Other });
            let error = process.delete(state.clone()).await.unwrap_err().to_string();
            assert!(error.contains("destroy again to go on"), "{error}");
            process.cloud.heal();
            process.delete(state).await.unwrap();
            assert!(process.parts().is_empty(), "delete {nth} {when:?}: {:?}", process.parts());
        }
    }
}
