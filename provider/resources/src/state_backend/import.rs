//! Imports a state backend by its bucket, which must carry the tags of this stack, as one does whose state was lost.

use super::desired::alias;
use super::model::{StateBackend, StateEncryption, status};
use crate::client::{Landform, failure};
use landform_cloud::state_storage::Encryption;
use landform_cloud::{CloudError, Tags, Target};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::ownership::{RESOURCE_TAG, STACK_TAG, TAG_PREFIX};
use landform_model::{BucketName, ResourceName};

/// Reads the backend that `id` names: `BUCKET`, or `ACCOUNT/REGION/BUCKET` outside the provider's own.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<StateBackend, Diagnostics> {
    let wrong = |why: String| Diagnostic::error("Invalid import id", why);
    let (target, bucket) = match id.split('/').collect::<Vec<_>>().as_slice() {
        [bucket] => (client.target(None, None).await?, *bucket),
        [account, region, bucket] => {
            let account = account.parse().map_err(|error| wrong(format!("{error}.")))?;
            let region = region.parse().map_err(|error| wrong(format!("{error}.")))?;
            (Target { account, region }, *bucket)
        }
        _ => return Err(wrong(format!("\"{id}\" is neither `BUCKET` nor `ACCOUNT/REGION/BUCKET`.")).into()),
    };
    let bucket = bucket.parse().map_err(|error| wrong(format!("{error}.")))?;
    by_name(client, target, bucket).await
}

/// Reads the backend of this bucket.
pub(super) async fn by_name(
    client: &Landform,
    target: Target,
    name: BucketName,
) -> Result<StateBackend, Diagnostics> {
    let doing = format!("Importing state backend {name}");
    let failed = |error: CloudError| failure(&doing, &error, "Nothing was imported.");
    let storage = client.state_storage(&target).await.map_err(failed)?;
    let bucket = storage.bucket(&name).await.map_err(failed)?;
    let bucket = bucket
        .ok_or_else(|| Diagnostic::error(&*doing, format!("There is no bucket {name} in {target}.")))?;
    let ours = bucket.tags.get(STACK_TAG).is_some_and(|stack| *stack == client.stack().to_string());
    let resource = bucket.tags.get(RESOURCE_TAG).filter(|_| ours);
    let resource: Option<ResourceName> =
        resource.and_then(|it| it.strip_prefix("state_backend/")).and_then(|it| it.parse().ok());
    let resource = resource.ok_or_else(|| {
        let text =
            format!("The bucket does not carry the tags of a state backend of stack \"{}\".", client.stack());
        Diagnostic::error(&*doing, text)
    })?;
    let key = storage.key_of_alias(&alias(&name)).await.map_err(failed)?;
    let encryption = match (&bucket.encryption, &key) {
        (Encryption::S3, None) => StateEncryption::S3,
        _ => StateEncryption::Kms,
    };
    let tags = own_tags(&bucket.tags, &client.with_default_tags(&Tags::new()));
    Ok(StateBackend {
        account_id: Value::Known(Text(target.account)),
        region: Value::Known(Text(target.region)),
        name: Value::Known(Text(resource)),
        bucket: Value::Known(Text(name)),
        encryption: Value::Known(Text(encryption)),
        noncurrent_version_days: Value::Known(bucket.noncurrent_days.unwrap_or(90).into()),
        tls_only: Value::Known(bucket.policy.is_some()),
        force_destroy: Value::Known(false),
        deletion_protection: Value::Known(true),
        key_deletion_days: Value::Known(30),
        tags: (!tags.is_empty()).then_some(tags).into(),
        allow_replace: Value::Null,
        timeouts: Value::Null,
        bucket_arn: Value::Unknown,
        kms_key_alias: Value::Unknown,
        kms_key_arn: Value::Unknown,
        backend_hcl: Value::Unknown,
        stack: Value::Known(Text(client.stack().clone())),
        status: Value::Known(status::READY.to_owned()),
        drift: Value::Known(Vec::new()),
    })
}

/// The user's own tags.
fn own_tags(all: &Tags, defaults: &Tags) -> Tags {
    let own = |(key, value): &(&String, &String)| {
        !key.starts_with(TAG_PREFIX) && defaults.get(*key) != Some(*value)
    };
    all.iter().filter(own).map(|(key, value)| (key.clone(), value.clone())).collect()
}
