//! What is made, changed, mended, refused and taken away.

use super::*;
use landform_cloud::state_storage::{Bucket, Encryption, ObjectVersion};
use landform_test_cloud::InMemoryBucket;

fn version(key: &str) -> ObjectVersion {
    ObjectVersion { key: key.into(), version: "v1".into() }
}

#[tokio::test(start_paused = true)]
async fn the_backend_is_what_the_configuration_says() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    let (bucket, key) = process.world(|world| (world.buckets[BUCKET].bucket.clone(), world.keys[0].clone()));
    assert_eq!(
        process.parts(),
        [
            format!("bucket {BUCKET} bucket"),
            format!("key {} key", key.id),
            format!("alias/{BUCKET} {} -", key.id)
        ]
    );
    assert!(key.rotates && bucket.versioned && bucket.public_access_blocked && bucket.ownership_enforced);
    assert_eq!(bucket.encryption, Encryption::Kms(key.arn.to_string()));
    assert_eq!(bucket.noncurrent_days, Some(90));
    assert!(bucket.policy.unwrap().unwrap().as_str().contains("aws:SecureTransport"));
    assert_eq!((bucket.tags["team"].as_str(), key.tags["team"].as_str()), ("platform", "platform"));
    let expected = format!(
        "terraform {{\n  backend \"s3\" {{\n    bucket       = \"{BUCKET}\"\n    key          = \"test/terraform.tfstate\"\n    \
         region       = \"us-east-1\"\n    encrypt      = true\n    kms_key_id   = \"{}\"\n    use_lockfile = true\n  }}\n}}\n",
        key.arn
    );
    assert_eq!(state.backend_hcl, Value::Known(expected));
    assert_eq!(state.bucket_arn, Value::Known(format!("arn:aws:s3:::{BUCKET}")));
}

#[tokio::test(start_paused = true)]
async fn a_backend_with_s3s_own_keys_makes_none() {
    let process = Process::new();
    let model = StateBackend { encryption: Value::Known(Text(StateEncryption::S3)), ..backend() };
    let state = process.create(model).await.unwrap();
    assert_eq!(process.parts(), [format!("bucket {BUCKET} bucket")]);
    assert_eq!((&state.kms_key_arn, &state.kms_key_alias), (&Value::Null, &Value::Null));
    assert!(!state.backend_hcl.known().unwrap().contains("kms_key_id"));
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_changes_is_changed_and_what_somebody_changes_is_mended() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    let whole = process.world(|world| world.clone());
    let other = StateBackend {
        tls_only: Value::Known(false),
        noncurrent_version_days: Value::Known(7),
        tags: Value::Null,
        ..backend()
    };
    let state = process.update(state, other).await.unwrap();
    let bucket = process.world(|world| world.buckets[BUCKET].bucket.clone());
    assert_eq!((bucket.policy, bucket.noncurrent_days, bucket.tags.get("team")), (None, Some(7), None));
    let state = process.update(state, backend()).await.unwrap();
    assert_eq!(process.world(|world| world.clone()), whole);
    process.world(|world| {
        let bucket = &mut world.buckets.get_mut(BUCKET).unwrap().bucket;
        *bucket = Bucket { region: bucket.region.clone(), tags: bucket.tags.clone(), ..Bucket::default() };
        world.keys[0].rotates = false;
        world.aliases.clear();
    });
    let drifted = process.read(state).await.unwrap().unwrap();
    assert_eq!(drifted.status, Value::Known("drifted".into()));
    assert_eq!(drifted.drift.known().unwrap().len(), 8, "{:?}", drifted.drift);
    process.update(drifted, backend()).await.unwrap();
    assert_eq!(process.world(|world| world.clone()), whole);
}

#[tokio::test(start_paused = true)]
async fn a_bucket_with_states_is_not_destroyed_and_they_are_named() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    process.world(|world| {
        let bucket = world.buckets.get_mut(BUCKET).unwrap();
        bucket.versions = ["prod/network.tfstate", "prod/network.tfstate.tflock"].map(version).into();
    });
    let before = process.world(|world| world.clone());
    let error = process.delete(state.clone()).await.unwrap_err().to_string();
    assert!(error.contains("holds prod/network.tfstate, as they are"), "{error}");
    assert_eq!(process.world(|world| world.clone()), before);
    let forced = StateBackend { force_destroy: Value::Known(true), ..backend() };
    let forced = process.update(state, forced).await.unwrap();
    process.delete(forced).await.unwrap();
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_locks_leave_behind_is_in_nobodys_way() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    process.world(|world| {
        world.buckets.get_mut(BUCKET).unwrap().versions = vec![version("prod/network.tfstate.tflock")];
    });
    process.delete(state).await.unwrap();
    assert!(process.parts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn buckets_of_others_are_refused_and_stay() {
    let others: [fn(&mut StateStorageWorld); 3] = [
        |world| {
            world.taken.insert(BUCKET.parse().unwrap());
        },
        |world| {
            let tags = [("owner".to_owned(), "somebody".to_owned())].into();
            let bucket = Bucket { region: "us-east-1".into(), tags, ..Bucket::default() };
            world.buckets.insert(BUCKET.parse().unwrap(), InMemoryBucket { bucket, versions: vec![] });
        },
        |world| {
            let bucket = Bucket { region: "us-east-1".into(), ..Bucket::default() };
            let versions = vec![version("photo.jpg")];
            world.buckets.insert(BUCKET.parse().unwrap(), InMemoryBucket { bucket, versions });
        },
    ];
    for other in others {
        let process = Process::new();
        process.world(other);
        let before = process.world(|world| world.clone());
        let error = process.create(backend()).await.unwrap_err().to_string();
        assert!(error.contains("a name is taken") && error.contains("Nothing was changed"), "{error}");
        assert_eq!(process.world(|world| world.clone()), before);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_states_need_is_not_renewed_behind_their_back() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    process.world(|world| world.keys[0].is_leaving = true);
    let error = process.update(state, backend()).await.unwrap_err().to_string();
    assert!(error.contains("cancel-key-deletion"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_backend_is_made_again_while_its_old_key_is_still_leaving() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    process.delete(state).await.unwrap();
    let state = process.create(backend()).await.unwrap();
    assert_eq!(process.read(state.clone()).await.unwrap().unwrap(), state);
    process.world(|world| assert_eq!(world.keys.iter().filter(|key| key.is_leaving).count(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_backend_whose_state_was_lost_is_imported_as_it_is() {
    let process = Process::new();
    let state = process.create(backend()).await.unwrap();
    let found = StateBackendResource.import(&process.call(), BUCKET).await.unwrap();
    let found = process.read(found).await.unwrap().unwrap();
    // An import is protected until an apply says otherwise.
    assert_eq!(found, StateBackend { deletion_protection: Value::Known(true), ..state });
    for (id, expected) in
        [("none-of-ours", "There is no bucket"), ("a/b", "neither"), ("A_B", "not an S3 bucket name")]
    {
        let error = StateBackendResource.import(&process.call(), id).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{id}: {error}");
    }
}
