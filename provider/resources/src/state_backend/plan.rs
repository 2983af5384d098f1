//! Plans the backend: everything but the ARN of a new key follows from the configuration. Makes no write call.

use super::desired::{Desired, default_bucket};
use super::look::look;
use super::model::{StateBackend, StateEncryption, status};
use super::reconcile::conflicting;
use super::state::{backend_hcl, outputs};
use crate::client::{Landform, failure};
use landform_framework::{Diagnostics, Path, Plan, Text, Value};
use landform_model::BucketName;

/// Fills the planned backend.
pub(super) async fn plan(plan: &mut Plan<'_, Landform, StateBackend>) {
    crate::place::place(plan, |it| &mut it.account_id, |it| &mut it.region).await;
    if let Ok(name) = "state".parse() {
        plan.fill(|it| &mut it.name, Text(name));
    }
    bucket_name(plan);
    plan.planned.status = Value::Known(status::READY.to_owned());
    plan.planned.drift = Value::Known(Vec::new());
    let stack = plan.client().map(|client| client.stack().clone());
    if let Some(stack) = stack {
        plan.planned.stack = Value::Known(Text(stack));
    }
    match sketch(plan).await {
        Ok(Some((desired, problems))) => {
            outputs(&mut plan.planned, &desired);
            key(plan, &desired);
            plan.diagnostics.extend(problems);
        }
        Ok(None) => unknown(&mut plan.planned),
        Err(problems) => {
            unknown(&mut plan.planned);
            plan.diagnostics.extend(problems);
        }
    }
}

/// The default name of the bucket, where it is one that S3 takes.
fn bucket_name(plan: &mut Plan<'_, Landform, StateBackend>) {
    if !plan.is_open(|it| &mut it.bucket) {
        return;
    }
    let Some(name) = default_bucket(&plan.planned) else { return };
    match name.parse::<BucketName>() {
        Ok(name) => plan.fill(|it| &mut it.bucket, Text(name)),
        Err(error) => {
            let detail = format!("{error}. Name the bucket yourself, or give the resource a shorter name.");
            plan.diagnostics.error_at(Path::root().attribute("bucket"), "No name for the bucket", detail);
        }
    }
}

/// What is desired, and what is in the way of a create; none while something is unknown.
async fn sketch(
    plan: &Plan<'_, Landform, StateBackend>,
) -> Result<Option<(Desired, Diagnostics)>, Diagnostics> {
    let Some(client) = plan.client() else { return Ok(None) };
    let Some(desired) = Desired::new(&plan.planned, |tags| client.with_default_tags(tags)) else {
        return Ok(None);
    };
    // Where there is a state, the refresh has looked already.
    if plan.prior.is_some() {
        return Ok(Some((desired, Diagnostics::default())));
    }
    let seen = async { look(client.state_storage(&desired.target).await?.as_ref(), &desired).await }.await;
    let seen = seen.map_err(|error| failure("Looking for the state backend", &error, ""))?;
    let problems = conflicting(&desired, &seen).err().unwrap_or_default();
    Ok(Some((desired, problems)))
}

/// The key stays as it is; one that is new has no ARN yet.
fn key(plan: &mut Plan<'_, Landform, StateBackend>, desired: &Desired) {
    let prior = plan.prior.and_then(|prior| prior.kms_key_arn.known().cloned());
    let planned = &mut plan.planned;
    (planned.kms_key_arn, planned.backend_hcl) = match (desired.has_key, prior) {
        (false, _) => (Value::Null, Value::Known(backend_hcl(desired, None))),
        (true, Some(arn)) if planned.drift_is_empty_of_key(plan.prior) => {
            let hcl = backend_hcl(desired, Some(&arn));
            (Value::Known(arn), Value::Known(hcl))
        }
        (true, _) => (Value::Unknown, Value::Unknown),
    };
}

fn unknown(planned: &mut StateBackend) {
    planned.bucket_arn = Value::Unknown;
    planned.kms_key_alias = match planned.encryption.known() {
        Some(encryption) if encryption.0 == StateEncryption::S3 => Value::Null,
        _ => Value::Unknown,
    };
    planned.kms_key_arn = Value::Unknown;
    planned.backend_hcl = Value::Unknown;
}

impl StateBackend {
    /// Whether the key of `prior` is there: a plan that makes another cannot know its ARN.
    fn drift_is_empty_of_key(&self, prior: Option<&StateBackend>) -> bool {
        let drift = prior.and_then(|prior| prior.drift.known());
        !drift.is_some_and(|steps| steps.iter().any(|step| step == "create key"))
    }
}
