//! Where an object is: what a resource leaves out is the provider's own.

use crate::client::Landform;
use landform_framework::{Plan, Text, Value};
use landform_model::{AccountId, Region};

/// Plans account and region where the configuration leaves them out. One that is not known yet is waited for.
pub(crate) async fn place<M: Clone>(
    plan: &mut Plan<'_, Landform, M>,
    account: impl Fn(&mut M) -> &mut Value<Text<AccountId>>,
    region: impl Fn(&mut M) -> &mut Value<Text<Region>>,
) {
    let mut config = plan.config.clone();
    let waits = account(&mut config).is_unknown() || region(&mut config).is_unknown();
    if waits || !(plan.is_open(&account) || plan.is_open(&region)) {
        return;
    }
    let known = (account(&mut plan.planned).known().cloned(), region(&mut plan.planned).known().cloned());
    let Some(client) = plan.client() else { return };
    match client.target(known.0.map(|account| account.0), known.1.map(|region| region.0)).await {
        Ok(target) => {
            plan.fill(account, Text(target.account));
            plan.fill(region, Text(target.region));
        }
        Err(errors) => plan.diagnostics.extend(errors),
    }
}
