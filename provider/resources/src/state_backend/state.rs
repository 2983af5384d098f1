//! What state says of what exists.

use super::desired::Desired;
use super::model::StateBackend;
use landform_cloud::state_storage::Key;
use landform_framework::Value;

/// The model with everything that is computed.
pub(super) fn observed(
    like: &StateBackend,
    desired: &Desired,
    key: Option<&Key>,
    status: &str,
    drift: Vec<String>,
) -> StateBackend {
    let mut model = like.clone();
    outputs(&mut model, desired);
    let key = key.filter(|_| desired.has_key).map(|key| key.arn.to_string());
    model.backend_hcl = match (desired.has_key, &key) {
        (true, None) => Value::Null,
        (_, key) => Value::Known(backend_hcl(desired, key.as_deref())),
    };
    model.kms_key_arn = key.into();
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// What follows from the configuration alone.
pub(super) fn outputs(model: &mut StateBackend, desired: &Desired) {
    let partition = desired.target.region.partition();
    model.bucket_arn = Value::Known(format!("arn:{partition}:s3:::{}", desired.bucket));
    model.kms_key_alias = desired.has_key.then(|| desired.alias()).into();
}

/// <https://developer.hashicorp.com/terraform/language/backend/s3>. All values are names without quotes and templates.
pub(super) fn backend_hcl(desired: &Desired, key: Option<&str>) -> String {
    let mut lines = vec![
        format!("bucket       = \"{}\"", desired.bucket),
        format!("key          = \"{}/terraform.tfstate\"", desired.owner.stack),
        format!("region       = \"{}\"", desired.target.region),
        "encrypt      = true".to_owned(),
    ];
    lines.extend(key.map(|key| format!("kms_key_id   = \"{key}\"")));
    lines.push("use_lockfile = true".to_owned());
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    format!("terraform {{\n  backend \"s3\" {{\n{lines}  }}\n}}\n")
}

/// The name, for messages.
pub(super) fn name(model: &StateBackend) -> String {
    model.bucket.known().map(|bucket| bucket.0.to_string()).unwrap_or_default()
}
