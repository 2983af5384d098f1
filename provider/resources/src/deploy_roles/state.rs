//! What state says of what exists.

use super::desired::{Desired, Which};
use super::look::Seen;
use super::model::DeployRoles;
use landform_framework::Value;
use landform_model::Arn;

/// The model with everything that is computed.
pub(super) fn observed(
    like: &DeployRoles,
    desired: &Desired,
    seen: &Seen,
    status: &str,
    drift: Vec<String>,
) -> DeployRoles {
    let mut model = like.clone();
    outputs(&mut model, desired);
    let shared =
        desired.providers.keys().filter(|issuer| seen.providers.get(*issuer).is_some_and(|it| !it.ours));
    model.shared_oidc_providers = Value::Known(shared.map(ToString::to_string).collect());
    model.status = Value::Known(status.to_owned());
    model.drift = Value::Known(drift);
    model
}

/// What follows from the configuration alone.
pub(super) fn outputs(model: &mut DeployRoles, desired: &Desired) {
    let arn = |which: Which| {
        let wish = desired.roles.get(&which)?;
        Some(desired.place.arn(&format!("role/{}", wish.name))?.to_string())
    };
    let trust = |which: Which| desired.roles.get(&which).map(|wish| wish.settings.trust.to_string());
    model.plan_role_arn = arn(Which::Plan).into();
    model.apply_role_arn = arn(Which::Apply).into();
    model.plan_trust_policy = trust(Which::Plan).into();
    model.apply_trust_policy = trust(Which::Apply).into();
    let boundary = desired.boundary.as_ref().and_then(|_| desired.boundary_arn());
    model.boundary_arn = boundary.as_ref().map(Arn::to_string).into();
    let providers = desired
        .providers
        .keys()
        .filter_map(|issuer| Some((issuer.to_string(), desired.place.provider(issuer)?.to_string())));
    model.oidc_provider_arns = Value::Known(providers.collect());
}

/// The name, for messages.
pub(super) fn name(model: &DeployRoles) -> String {
    model.name.known().map(|name| name.0.to_string()).unwrap_or_default()
}
