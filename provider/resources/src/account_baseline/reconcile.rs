//! From what is declared to what state will say: every region for itself, and a report of all that failed.

use super::Call;
use super::act::{self, once_usable};
use super::decide;
use super::desired::{Desired, DesiredRegion};
use super::look::{self, REGIONS_AT_ONCE, home, target};
use super::model::{AccountBaseline, status};
use super::seen::Seen;
use super::state::{as_promised, observed};
use crate::client::failure;
use futures_util::stream::{self, StreamExt};
use landform_cloud::{CloudError, ErrorKind, Result, Tags};
use landform_framework::{Diagnostic, Diagnostics};
use landform_model::ownership::{CHILD_TAG, RESOURCE_TAG, ResourceKind, STACK_TAG};
use landform_model::{AccountId, Region, StackName};
use std::sync::{Mutex, PoisonError};

/// One thing that failed, and in which region; none for the whole account.
struct Failed {
    region: Option<Region>,
    what: String,
    error: CloudError,
}

/// One apply.
struct Run<'a> {
    cx: &'a Call,
    desired: &'a Desired,
    base: &'a AccountBaseline,
    unfinished: &'a str,
    seen: Mutex<Seen>,
    failed: Mutex<Vec<Failed>>,
    done: Mutex<usize>,
}

/// Brings the account and each region to what is declared. `base` is what state shall say meanwhile, with status `unfinished`.
pub(super) async fn carry_out(
    cx: &Call,
    desired: &Desired,
    planned: &AccountBaseline,
    base: &AccountBaseline,
    unfinished: &str,
) -> std::result::Result<AccountBaseline, Diagnostics> {
    let run = Run {
        cx,
        desired,
        base,
        unfinished,
        seen: Mutex::default(),
        failed: Mutex::default(),
        done: Mutex::default(),
    };
    run.account().await?;
    let regions: Vec<_> = desired.regions.iter().map(|(name, wanted)| run.region(name, wanted)).collect();
    stream::iter(regions).buffer_unordered(REGIONS_AT_ONCE).collect::<Vec<()>>().await;
    run.finish(planned)
}

impl Run<'_> {
    /// What the account has as a whole goes first: where nothing can be called at all, no region can.
    async fn account(&self) -> std::result::Result<(), Diagnostics> {
        let Some(home) = home(self.desired) else { return Ok(()) };
        let client = self.cx.client();
        let doing = format!("Looking at the settings of account {}", self.desired.account);
        let unchanged = |error: CloudError| failure(&doing, &error, "Nothing was changed.");
        let wide = client.account_wide_for_change(&home).await.map_err(unchanged)?;
        let budgets = client.budgets_for_change(&home).await.map_err(unchanged)?;
        let what = format!("account {}", self.desired.account);
        let look = || look::account(wide.as_ref(), budgets.as_ref(), &self.desired.wide);
        let mut seen = match once_usable(&what, self.cx.stopped(), look).await {
            Ok(seen) => seen,
            Err(error) if matches!(error.kind, ErrorKind::Credentials | ErrorKind::Unreachable) => {
                return Err(unchanged(error));
            }
            Err(error) => {
                self.fail(None, "look at its settings", error);
                return Ok(());
            }
        };
        let steps = decide::in_account(&self.desired.wide, &seen);
        self.note(|all| all.wide = Some(seen.clone()));
        let marks = marks(client.stack(), &self.desired.account, "budget");
        let act = act::Account { wide: wide.as_ref(), budgets: budgets.as_ref(), marks: &marks };
        for step in steps.iter().take_while(|_| !self.cx.stopped().is_cancelled()) {
            tracing::info!(account = %self.desired.account, "{step}");
            match act.perform(step).await {
                Ok(()) => {
                    decide::after_in_account(step, &mut seen);
                    self.did(|all| all.wide = Some(seen.clone()));
                }
                Err(error) => self.fail(None, step, error),
            }
        }
        Ok(())
    }

    async fn region(&self, name: &Region, wanted: &DesiredRegion) {
        if let Err(error) = self.settle(name, wanted).await {
            self.fail(Some(name), "look at the settings", error);
        }
    }

    /// Waits for a region, looks at it, and sets what differs. A setting that fails stops no other.
    async fn settle(&self, name: &Region, wanted: &DesiredRegion) -> Result<()> {
        let (client, stop) = (self.cx.client(), self.cx.stopped());
        let target = target(&self.desired.account, name);
        let settings = client.account_settings_for_change(&target).await?;
        let vpcs = client.default_vpc_for_change(&target).await?;
        let look = || look::region(settings.as_ref(), vpcs.as_ref(), wanted);
        let mut seen = once_usable(&target.to_string(), stop, look).await?;
        let steps = decide::in_region(wanted, &seen);
        self.note(|all| drop(all.regions.insert(name.clone(), seen.clone())));
        let marks = marks(client.stack(), &self.desired.account, "default-internet-gateway");
        let act = act::Region { settings: settings.as_ref(), vpcs: vpcs.as_ref(), marks: &marks, stop };
        for step in steps.iter().take_while(|_| !stop.is_cancelled()) {
            tracing::info!(account = %self.desired.account, region = %name, "{step}");
            match act.perform(step).await {
                Ok(key) => {
                    decide::after_in_region(step, key, &mut seen);
                    self.did(|all| drop(all.regions.insert(name.clone(), seen.clone())));
                }
                Err(error) => self.fail(Some(name), step, error),
            }
        }
        Ok(())
    }

    /// Notes what is in force now, and tells it on.
    fn note(&self, change: impl FnOnce(&mut Seen)) {
        let mut seen = lock(&self.seen);
        change(&mut seen);
        self.cx.checkpoint(&observed(self.base, self.desired, &seen, self.unfinished));
    }

    /// Notes what a step has changed.
    fn did(&self, change: impl FnOnce(&mut Seen)) {
        *lock(&self.done) += 1;
        self.note(change);
    }

    fn fail(&self, region: Option<&Region>, what: impl std::fmt::Display, error: CloudError) {
        lock(&self.failed).push(Failed { region: region.cloned(), what: what.to_string(), error });
    }

    fn finish(self, planned: &AccountBaseline) -> std::result::Result<AccountBaseline, Diagnostics> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let failed = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        let result = observed(planned, self.desired, &seen, status::READY);
        let left = result.drift.known().map_or(0, Vec::len);
        if failed.is_empty() && left == 0 {
            return Ok(as_promised(result, planned));
        }
        let done = *lock(&self.done);
        let state = format!(
            "Settings changed: {done}, left: {left}. What is in force is in state with status \"{}\"; the next apply goes on from there.",
            self.unfinished
        );
        let mut diagnostics = report(self.desired, failed, &state);
        if diagnostics.is_empty() {
            let why = match self.cx.stopped().is_cancelled() {
                true => format!("Account {}: stopped", self.desired.account),
                false => format!("Account {}: not all settings are in force", self.desired.account),
            };
            let lines = result.drift.into_known().unwrap_or_default().join("\n");
            diagnostics.push(Diagnostic::error(why, format!("{lines}\n\n{state}")));
        }
        Err(diagnostics)
    }
}

/// One error for each thing that failed, with all regions in which it did so for the same reason.
fn report(desired: &Desired, failed: Vec<Failed>, state: &str) -> Diagnostics {
    let mut groups: Vec<(Failed, Vec<Region>)> = Vec::new();
    for one in failed {
        let alike = groups.iter_mut().find(|(first, _)| {
            first.region.is_some() == one.region.is_some()
                && first.what == one.what
                && (first.error.kind, &first.error.code, &first.error.message)
                    == (one.error.kind, &one.error.code, &one.error.message)
        });
        match (alike, one.region.clone()) {
            (Some((_, regions)), region) => regions.extend(region),
            (None, region) => groups.push((one, region.into_iter().collect())),
        }
    }
    let mut diagnostics = Diagnostics::new();
    for (first, mut regions) in groups {
        regions.sort();
        let names: Vec<&str> = regions.iter().map(Region::as_str).collect();
        let place = if names.is_empty() { String::new() } else { format!(", {}", names.join(", ")) };
        let doing = format!("Account {}{place}: could not {}", desired.account, first.what);
        diagnostics.extend(failure(doing, &first.error, state));
    }
    diagnostics
}

/// The tags of what is ours. The name of a baseline is its account.
fn marks(stack: &StackName, account: &AccountId, child: &str) -> Tags {
    Tags::from([
        (STACK_TAG.to_owned(), stack.to_string()),
        (RESOURCE_TAG.to_owned(), format!("{}/{account}", ResourceKind::ACCOUNT_BASELINE)),
        (CHILD_TAG.to_owned(), child.to_owned()),
    ])
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
