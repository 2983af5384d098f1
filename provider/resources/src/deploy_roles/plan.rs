//! Plans the roles: everything but whose the OIDC providers are follows from the configuration. Makes no write call.

use super::desired::{Desired, Unwanted, issuers};
use super::look::look;
use super::model::{DeployRoles, status};
use super::reconcile::{conflicting, refused};
use super::state::outputs;
use crate::client::{Landform, failure};
use landform_framework::{Diagnostics, Path, Plan, Text, Value};
use landform_model::limits::TRUST_POLICY_CHARACTERS;

/// Fills the planned roles.
pub(super) async fn plan(plan: &mut Plan<'_, Landform, DeployRoles>) {
    if let Ok(name) = "deploy".parse() {
        plan.fill(|it| &mut it.name, Text(name));
    }
    if let (Ok(plan_role), Ok(apply_role)) = ("landform-plan".parse(), "landform-apply".parse()) {
        plan.fill(|it| &mut it.plan_role, Text(plan_role));
        plan.fill(|it| &mut it.apply_role, Text(apply_role));
    }
    plan.planned.status = Value::Known(status::READY.to_owned());
    plan.planned.drift = Value::Known(Vec::new());
    super::validate::validate(&plan.planned, &mut plan.diagnostics);
    let stack = plan.client().map(|client| client.stack().clone());
    if let Some(stack) = stack {
        plan.planned.stack = Value::Known(Text(stack));
    }
    match sketch(plan).await {
        Ok(Some((desired, problems))) => {
            outputs(&mut plan.planned, &desired);
            shared(plan);
            long_trust(plan, &desired);
            plan.diagnostics.extend(problems);
        }
        Ok(None) => unknown(&mut plan.planned),
        Err(problems) => {
            unknown(&mut plan.planned);
            // A trust that validation has refused already is not refused twice.
            if !plan.diagnostics.has_errors() {
                plan.diagnostics.extend(problems);
            }
        }
    }
}

/// What is desired, and what is in the way of a create; none while something is unknown.
async fn sketch(
    plan: &Plan<'_, Landform, DeployRoles>,
) -> Result<Option<(Desired, Diagnostics)>, Diagnostics> {
    let (Some(client), Some(account)) = (plan.client(), plan.planned.account_id.known()) else {
        return Ok(None);
    };
    let target = client.global_target(account.0.clone()).await?;
    let desired =
        match Desired::new(&plan.planned, target.region.partition(), |tags| client.with_default_tags(tags)) {
            Ok(desired) => desired,
            Err(Unwanted::Unknown) => return Ok(None),
            Err(unwanted) => return Err(refused(&plan.planned, &unwanted).into()),
        };
    // Where there is a state, the refresh has looked already.
    let problems = match plan.prior {
        Some(_) => Diagnostics::default(),
        None => {
            let seen = async { look(client.iam(&target).await?.as_ref(), &desired).await }.await;
            let seen = seen.map_err(|error| failure("Looking for deploy roles", &error, ""))?;
            conflicting(&desired, &seen).err().unwrap_or_default()
        }
    };
    Ok(Some((desired, problems)))
}

/// Whose the providers are is known as long as the issuers stay the same.
fn shared(plan: &mut Plan<'_, Landform, DeployRoles>) {
    let same = plan.prior.filter(|prior| issuers(prior) == issuers(&plan.planned));
    plan.planned.shared_oidc_providers = match same {
        Some(prior) if prior.shared_oidc_providers.is_known() => prior.shared_oidc_providers.clone(),
        _ if issuers(&plan.planned).is_empty() => Value::Known(Vec::new()),
        _ => Value::Unknown,
    };
}

fn long_trust(plan: &mut Plan<'_, Landform, DeployRoles>, desired: &Desired) {
    for (which, wish) in &desired.roles {
        let length = wish.settings.trust.as_str().len();
        if length > TRUST_POLICY_CHARACTERS.value {
            let detail = format!(
                "It has {length} characters. AWS takes {} unless the account's quota has been raised: name fewer subjects and roles.",
                TRUST_POLICY_CHARACTERS.value
            );
            let path = Path::root().attribute("trust");
            plan.diagnostics.warning_at(path, format!("The trust policy of the {which} is long"), detail);
        }
    }
}

fn unknown(planned: &mut DeployRoles) {
    for output in [
        &mut planned.plan_role_arn,
        &mut planned.apply_role_arn,
        &mut planned.boundary_arn,
        &mut planned.plan_trust_policy,
        &mut planned.apply_trust_policy,
    ] {
        *output = Value::Unknown;
    }
    planned.oidc_provider_arns = Value::Unknown;
    planned.shared_oidc_providers = Value::Unknown;
}
