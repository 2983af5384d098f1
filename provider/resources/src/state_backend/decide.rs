//! From what must be and what is to the steps between them. Pure.

use super::desired::{Desired, bucket_child, key_child};
use super::look::Seen;
use super::steps::Step;
use landform_cloud::Tags;
use landform_cloud::state_storage::{Bucket, Encryption, Key};

/// What leads from `seen` to `desired`.
pub(super) fn decide(desired: &Desired, seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    if desired.has_key {
        key(desired, seen, &mut steps);
    }
    match &seen.bucket {
        Some(found) => bucket(desired, seen.key.as_ref(), found, &mut steps),
        None => {
            steps.push(Step::CreateBucket);
            // A bucket that is new has none of these for certain.
            bucket_parts(desired, seen.key.as_ref(), &Bucket::default(), &mut steps);
        }
    }
    steps
}

/// What takes everything of ours away.
pub(super) fn remove(seen: &Seen) -> Vec<Step> {
    let mut steps = Vec::new();
    if seen.bucket.is_some() {
        steps.extend([Step::EmptyBucket, Step::DeleteBucket]);
    }
    if seen.key.is_some() {
        steps.push(Step::DeleteKey);
    }
    if seen.has_alias || seen.leaving.is_some() {
        steps.push(Step::DeleteAlias);
    }
    steps
}

fn key(desired: &Desired, seen: &Seen, steps: &mut Vec<Step>) {
    if seen.leaving.is_some() {
        steps.push(Step::FreeAlias);
    }
    match &seen.key {
        None => steps.extend([Step::CreateKey, Step::RotateKey]),
        Some(key) => {
            if !key.rotates {
                steps.push(Step::RotateKey);
            }
            let missing = missing(&desired.tags_of(&key_child()), &key.tags);
            if !missing.is_empty() {
                steps.push(Step::TagKey(missing));
            }
            let gone: Vec<String> =
                desired.retired_tags.iter().filter(|it| key.tags.contains_key(*it)).cloned().collect();
            if !gone.is_empty() {
                steps.push(Step::UntagKey(gone));
            }
        }
    }
    if !seen.has_alias {
        steps.push(Step::CreateAlias);
    }
}

fn bucket(desired: &Desired, key: Option<&Key>, found: &Bucket, steps: &mut Vec<Step>) {
    let wanted = desired.tags_of(&bucket_child());
    let retired = found.tags.keys().any(|it| desired.retired_tags.contains(it));
    if retired || !missing(&wanted, &found.tags).is_empty() {
        let mut all = found.tags.clone();
        all.retain(|it, _| !desired.retired_tags.contains(it));
        all.extend(wanted);
        steps.push(Step::TagBucket(all));
    }
    bucket_parts(desired, key, found, steps);
}

fn bucket_parts(desired: &Desired, key: Option<&Key>, found: &Bucket, steps: &mut Vec<Step>) {
    if !found.public_access_blocked {
        steps.push(Step::BlockPublicAccess);
    }
    if !found.ownership_enforced {
        steps.push(Step::EnforceOwnership);
    }
    if !found.versioned {
        steps.push(Step::Version);
    }
    let encrypted = match &found.encryption {
        Encryption::Kms(named) => key.is_some_and(|key| *named == key.arn.to_string() || *named == key.id),
        Encryption::S3 => !desired.has_key,
        Encryption::Other(_) => false,
    };
    if !encrypted {
        steps.push(Step::Encrypt);
    }
    match (&desired.policy, &found.policy) {
        (Some(wanted), Some(Some(policy))) if wanted == policy => {}
        (Some(_), _) => steps.push(Step::SetPolicy),
        (None, Some(_)) => steps.push(Step::DeletePolicy),
        (None, None) => {}
    }
    if found.noncurrent_days != Some(desired.noncurrent_days) {
        steps.push(Step::SetLifecycle);
    }
}

fn missing(wanted: &Tags, found: &Tags) -> Tags {
    let missing = wanted.iter().filter(|(key, value)| found.get(*key) != Some(value));
    missing.map(|(key, value)| (key.clone(), value.clone())).collect()
}
