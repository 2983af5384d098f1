//! `landform_account_baseline`: the settings of one account in all its governed regions.
//!
//! [`decide`] compares what is [`desired`] with what was [`seen`](look) and gives [`steps`]; [`reconcile`] carries them out, each
//! region for itself.

mod act;
mod decide;
mod desired;
mod identity;
mod import;
mod look;
mod model;
mod permissions;
mod plan;
mod reconcile;
mod rules;
mod seen;
mod state;
mod steps;
#[cfg(test)]
mod tests;

pub use model::{
    AccountBaseline, AccountSettings, Budget, DefaultVpcMode, EbsEncryption, InstanceMetadata,
    PasswordPolicy, RegionSettings,
};

use crate::client::{Landform, failure};
use desired::BUDGET;
use identity::AccountBaselineIdentity;
use landform_framework::docs::Permissions;
use landform_framework::{Context, Diagnostic, Diagnostics, IdentifiedBy, Plan, Resource, Value};
use model::status;
use seen::Seen;
use state::account;

type Call = Context<Landform, AccountBaseline>;

/// The resource `landform_account_baseline`.
pub struct AccountBaselineResource;

#[async_trait::async_trait]
impl Resource for AccountBaselineResource {
    type Client = Landform;
    type Model = AccountBaseline;

    fn name(&self) -> &'static str {
        "account_baseline"
    }

    fn subcategory(&self) -> &'static str {
        "Landing zone"
    }

    fn permissions(&self) -> Permissions {
        permissions::manage()
    }

    fn validate(&self, config: &AccountBaseline, diagnostics: &mut Diagnostics) {
        rules::validate(config, diagnostics);
    }

    async fn plan(&self, plan: &mut Plan<'_, Landform, AccountBaseline>) {
        plan::plan(plan).await;
    }

    async fn plan_destroy(&self, prior: &AccountBaseline, diagnostics: &mut Diagnostics) {
        let budget = if has_budget(prior) { " Only its budget is deleted." } else { "" };
        let text =
            format!("Nothing that protects the account is switched off; Terraform forgets it.{budget}");
        diagnostics.warning(format!("Account {} keeps its settings", account(prior)), text);
    }

    async fn read(&self, cx: &Call, state: AccountBaseline) -> Result<Option<AccountBaseline>, Diagnostics> {
        let desired = state::declared(&state)?;
        let doing = format!("Reading the settings of account {}", desired.account);
        let seen = look::refresh(cx.client(), &desired, &doing).await?;
        warn_of_users(cx, &desired, &seen);
        let drifted = !decide::drift(&desired, &seen).is_empty();
        let now = match state.status.known().map(String::as_str) {
            Some(status::INCOMPLETE) => status::INCOMPLETE,
            _ if !drifted => status::READY,
            Some(status::DEGRADED) => status::DEGRADED,
            _ => status::DRIFTED,
        };
        Ok(Some(state::observed(&state, &desired, &seen, now)))
    }

    async fn create(&self, cx: &Call, planned: AccountBaseline) -> Result<AccountBaseline, Diagnostics> {
        let mut desired = state::declared(&planned)?;
        let mut base = AccountBaseline { account_settings: Value::Null, ..planned.clone() };
        if let Some(begun) = cx.resumed_from() {
            // Terraform has forgotten it by now: an error before the first step must not lose it.
            cx.checkpoint(begun);
            desired.wide.had_budget |= has_budget(begun);
            base.account_settings = begun.account_settings.clone();
        }
        reconcile::carry_out(cx, &desired, &planned, &base, status::INCOMPLETE).await
    }

    async fn update(
        &self,
        cx: &Call,
        prior: AccountBaseline,
        planned: AccountBaseline,
    ) -> Result<AccountBaseline, Diagnostics> {
        let mut desired = state::declared(&planned)?;
        desired.wide.had_budget |= has_budget(&prior);
        let base = AccountBaseline {
            settings: prior.settings,
            account_settings: prior.account_settings,
            ..planned.clone()
        };
        reconcile::carry_out(cx, &desired, &planned, &base, status::DEGRADED).await
    }

    /// Forgets the settings, so that an account that leaves Terraform stays protected.
    async fn delete(&self, cx: &Call, prior: AccountBaseline) -> Result<(), Diagnostics> {
        if !has_budget(&prior) {
            return Ok(());
        }
        let desired = state::declared(&prior)?;
        let Some(home) = look::home(&desired) else { return Ok(()) };
        let doing = format!("Deleting the budget of account {}", desired.account);
        let deleted = async { cx.client().budgets_for_change(&home).await?.delete(BUDGET).await };
        deleted.await.map_err(|error| failure(doing, &error, "The baseline is still in state."))
    }

    async fn import(&self, cx: &Call, id: &str) -> Result<AccountBaseline, Diagnostics> {
        import::by_id(cx.client(), id).await
    }

    fn identified_by(&self) -> Option<IdentifiedBy<Self>> {
        Some(IdentifiedBy::new::<AccountBaselineIdentity>())
    }

    fn identity(&self, model: &AccountBaseline) -> Option<String> {
        model.account_id.known().map(|account| account.to_string())
    }

    fn is_incomplete(&self, model: &AccountBaseline) -> bool {
        model.status.known().is_some_and(|now| now == status::INCOMPLETE)
    }
}

/// Whether there may be a budget of ours.
fn has_budget(model: &AccountBaseline) -> bool {
    let made = model.account_settings.known().is_some_and(|it| it.budget_name.is_known());
    made || model.budget.is_known()
}

/// The apply would refuse to remove a default VPC that is in use; the plan says so.
fn warn_of_users(cx: &Call, desired: &desired::Desired, seen: &Seen) {
    for (region, now) in &seen.regions {
        let Some(vpc) = now.default_vpc.as_ref().filter(|vpc| !vpc.used_by.is_empty()) else { continue };
        let text = format!(
            "{} is used by {}. An apply removes no default VPC that is in use: delete what these belong to, or set `default_vpc = \
             \"ignore\"`.",
            vpc.id,
            vpc.used_by.join(", ")
        );
        let summary = format!("The default VPC of account {} in {region} is in use", desired.account);
        cx.warn(Diagnostic::warning(summary, text));
    }
}
