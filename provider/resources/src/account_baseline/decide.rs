//! Compares what must be with what is in force. Pure: what an organization's policy enforces is left to it.

use super::desired::{Desired, DesiredAccount, DesiredRegion};
use super::seen::{Seen, SeenAccount, SeenKey, SeenRegion};
use super::steps::{AccountStep, RegionStep};
use landform_cloud::account_settings::{Ruled, RuledBy};
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_cloud::budgets::Budget;
use landform_model::Region;

/// Whether the account must, and can, set something else.
fn differs<T: PartialEq>(wanted: &T, seen: &Ruled<T>) -> bool {
    seen.by == RuledBy::Account && seen.value != *wanted
}

/// The steps in a region, the one that takes longest last.
pub(super) fn in_region(desired: &DesiredRegion, seen: &SeenRegion) -> Vec<RegionStep> {
    let mut steps = Vec::new();
    // A key first, so that no volume is encrypted with another one.
    if let (Some(key), false) = (&desired.kms_key, seen.kms_key.as_ref().is_some_and(|key| key.wanted)) {
        steps.push(RegionStep::SetEbsKmsKey(key.clone()));
    }
    if desired.ebs_encryption != seen.ebs_encryption {
        steps.push(RegionStep::SetEbsEncryption(desired.ebs_encryption));
    }
    if differs(&desired.metadata, &seen.metadata) {
        steps.push(RegionStep::SetMetadataDefaults(desired.metadata));
    }
    if differs(&desired.snapshots, &seen.snapshots) {
        steps.push(RegionStep::SetSnapshots(desired.snapshots));
    }
    if differs(&desired.serial_console, &seen.serial_console) {
        steps.push(RegionStep::SetSerialConsole(desired.serial_console));
    }
    if let (true, Some(vpc)) = (desired.remove_default_vpc, &seen.default_vpc) {
        steps.push(RegionStep::RemoveDefaultVpc(vpc.clone()));
    }
    if differs(&desired.images, &seen.images) {
        steps.push(RegionStep::SetImages(desired.images));
    }
    steps
}

/// The steps in the whole account.
pub(super) fn in_account(desired: &DesiredAccount, seen: &SeenAccount) -> Vec<AccountStep> {
    let mut steps = Vec::new();
    if differs(&S3PublicAccessBlock::of(desired.block_s3), &seen.s3) {
        steps.push(AccountStep::BlockS3(desired.block_s3));
    }
    match (&desired.password_policy, &seen.password_policy) {
        (Some(wanted), now) if now.as_ref() != Some(wanted) => {
            steps.push(AccountStep::SetPasswordPolicy(*wanted));
        }
        (None, Some(_)) => steps.push(AccountStep::DeletePasswordPolicy),
        _ => {}
    }
    if let Some(alias) = desired.alias.as_ref().filter(|alias| seen.alias.as_ref() != Some(alias)) {
        steps.push(AccountStep::CreateAlias(alias.clone()));
    }
    match (&desired.budget, &seen.budget) {
        (Some(wanted), None) => steps.push(AccountStep::CreateBudget(wanted.clone())),
        (Some(wanted), Some(now)) => of_budget(wanted, now, &mut steps),
        (None, Some(_)) => steps.push(AccountStep::DeleteBudget),
        (None, None) => {}
    }
    steps
}

/// AWS changes no alert: one whose addresses differ is removed and added again. Removals go first, as their number is limited.
fn of_budget(wanted: &Budget, now: &Budget, steps: &mut Vec<AccountStep>) {
    if wanted.limit != now.limit {
        steps.push(AccountStep::SetBudgetLimit(wanted.limit));
    }
    let gone = now.alerts.iter().filter(|alert| !wanted.alerts.contains(alert));
    steps.extend(gone.map(|(alert, _)| AccountStep::RemoveAlert(*alert)));
    let new = wanted.alerts.iter().filter(|alert| !now.alerts.contains(alert));
    steps.extend(new.map(|(alert, emails)| AccountStep::AddAlert(*alert, emails.clone())));
}

/// What is in force in a region after a step; `key` is how AWS writes the key that the step has set.
pub(super) fn after_in_region(step: &RegionStep, key: Option<String>, seen: &mut SeenRegion) {
    match step {
        RegionStep::SetEbsEncryption(on) => seen.ebs_encryption = *on,
        RegionStep::SetEbsKmsKey(wanted) => {
            seen.kms_key = Some(SeenKey { name: key.unwrap_or_else(|| wanted.clone()), wanted: true });
        }
        RegionStep::SetMetadataDefaults(defaults) => seen.metadata.value = *defaults,
        RegionStep::SetSnapshots(block) => seen.snapshots.value = *block,
        RegionStep::SetSerialConsole(on) => seen.serial_console.value = *on,
        RegionStep::RemoveDefaultVpc(_) => seen.default_vpc = None,
        RegionStep::SetImages(block) => seen.images.value = *block,
    }
}

/// What is in force in the whole account after a step.
pub(super) fn after_in_account(step: &AccountStep, seen: &mut SeenAccount) {
    let in_budget =
        |seen: &mut SeenAccount, change: &dyn Fn(&mut Budget)| seen.budget.iter_mut().for_each(change);
    match step {
        AccountStep::BlockS3(on) => seen.s3.value = S3PublicAccessBlock::of(*on),
        AccountStep::SetPasswordPolicy(policy) => seen.password_policy = Some(*policy),
        AccountStep::DeletePasswordPolicy => seen.password_policy = None,
        AccountStep::CreateAlias(alias) => seen.alias = Some(alias.clone()),
        AccountStep::CreateBudget(budget) => seen.budget = Some(budget.clone()),
        AccountStep::SetBudgetLimit(limit) => in_budget(seen, &|budget| budget.limit = *limit),
        AccountStep::RemoveAlert(alert) => {
            in_budget(seen, &|budget| budget.alerts.retain(|it| it.0 != *alert));
        }
        AccountStep::AddAlert(alert, emails) => {
            in_budget(seen, &|budget| budget.alerts.push((*alert, emails.clone())));
        }
        AccountStep::DeleteBudget => seen.budget = None,
    }
}

/// Every difference as a line, with its region or `account`: what `drift` says.
pub(super) fn drift(desired: &Desired, seen: &Seen) -> Vec<String> {
    let mut lines = Vec::new();
    match &seen.wide {
        Some(wide) => {
            lines.extend(in_account(&desired.wide, wide).iter().map(|step| format!("account: {step}")));
        }
        None => lines.push("account: look at its settings".to_owned()),
    }
    for (region, wanted) in &desired.regions {
        match (seen.regions.get(region), seen.unusable.get(region)) {
            (Some(now), _) => {
                lines.extend(in_region(wanted, now).iter().map(|step| line(region, step)));
            }
            (None, Some(why)) => lines.push(line(region, format!("the account cannot use it yet: {why}"))),
            (None, None) => lines.push(line(region, "look at its settings")),
        }
    }
    lines
}

fn line(region: &Region, text: impl std::fmt::Display) -> String {
    format!("{region}: {text}")
}

/// Whether a line of `drift` is about this region, or `account`.
pub(super) fn is_about(line: &str, place: &str) -> bool {
    line.split_once(": ").is_some_and(|(about, _)| about == place)
}
