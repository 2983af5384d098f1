//! Plans a baseline: what is in force already stays in the plan, what changes is known after apply. Asks at most whose the credentials are.

use super::model::{AccountBaseline, DefaultVpcMode, status};
use super::state::{account, stays};
use crate::client::{Landform, failure};
use landform_framework::{Diagnostics, Path, Plan, Text, Value};
use std::collections::BTreeMap;

/// Where `drift` speaks of the whole account.
const ACCOUNT: &str = "account";

pub(super) async fn plan(plan: &mut Plan<'_, Landform, AccountBaseline>) {
    account_id(plan).await;
    regions(plan).await;
    let (prior, planned) = (plan.prior, &mut plan.planned);
    planned.status = Value::Known(status::READY.to_owned());
    planned.drift = Value::Known(Vec::new());
    planned.account_settings = match prior {
        Some(prior) if prior.account_settings.is_known() && stays(prior, planned, ACCOUNT) => {
            prior.account_settings.clone()
        }
        _ => Value::Unknown,
    };
    planned.settings = settings(prior, planned);
    cautions(prior, &plan.planned, &mut plan.diagnostics);
}

/// The configuration's, else that of the credentials.
async fn account_id(plan: &mut Plan<'_, Landform, AccountBaseline>) {
    if !plan.is_open(|it| &mut it.account_id) {
        return;
    }
    let Some(client) = plan.client() else { return };
    match client.account().await {
        Ok(account) => plan.fill(|it| &mut it.account_id, Text(account)),
        Err(error) => plan.diagnostics.extend(failure("Finding the account of the credentials", &error, "")),
    }
}

/// The configuration's, else the provider's.
async fn regions(plan: &mut Plan<'_, Landform, AccountBaseline>) {
    if !plan.config.regions.is_null() {
        return;
    }
    let Some(client) = plan.client() else { return plan.compute(|it| &mut it.regions, Value::Unknown) };
    match client.region().await {
        Some(region) => plan.compute(|it| &mut it.regions, Value::Known([Text(region)].into())),
        None => plan.diagnostics.error_at(
            Path::root().attribute("regions"),
            "No regions",
            "Set `regions`, or `region` in the provider block, or AWS_REGION in the environment.",
        ),
    }
}

fn settings(
    prior: Option<&AccountBaseline>,
    planned: &AccountBaseline,
) -> Value<BTreeMap<String, Value<super::model::RegionSettings>>> {
    let Some(regions) = planned.regions.known() else { return Value::Unknown };
    let of = |name: &str| {
        let prior = prior.filter(|prior| stays(prior, planned, name));
        let known = prior.and_then(|prior| prior.settings.known()?.get(name).cloned());
        known.filter(Value::is_known).unwrap_or(Value::Unknown)
    };
    Value::Known(regions.iter().map(|region| (region.to_string(), of(region.as_str()))).collect())
}

/// What the user may not expect; only where the plan is what brings it about.
fn cautions(prior: Option<&AccountBaseline>, planned: &AccountBaseline, diagnostics: &mut Diagnostics) {
    // An account that the same plan makes has no number yet.
    let (whose, begins) = match account(planned) {
        "" => ("the new account".to_owned(), "The new account".to_owned()),
        number => (format!("account {number}"), format!("Account {number}")),
    };
    let absent =
        |model: &AccountBaseline| model.default_vpc.known().is_some_and(|it| it.0 == DefaultVpcMode::Absent);
    if absent(planned) && !prior.is_some_and(absent) {
        diagnostics.warning_at(
            Path::root().attribute("default_vpc"),
            format!("Default VPCs of {whose} are deleted"),
            "Those in `regions` go, with their subnets and internet gateways, unless a network interface is in them. To keep them, \
             set `default_vpc = \"ignore\"`.",
        );
    }
    if prior.is_none() && planned.budget.is_null() {
        diagnostics.warning_at(
            Path::root().attribute("budget"),
            format!("{begins} has no budget"),
            "Nobody is told of its costs. Set `budget` to have AWS tell somebody.",
        );
    }
}
