//! What state says of what is in force.

use super::decide::{drift, is_about};
use super::desired::{Desired, DesiredAccount, desired};
use super::model::{AccountBaseline, AccountSettings, RegionSettings};
use super::seen::{Seen, SeenAccount, SeenRegion, enforced_by};
use landform_cloud::account_settings::{Ruled, RuledBy};
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_framework::{Diagnostic, Diagnostics, Value};
use landform_model::Region;
use std::collections::BTreeMap;

/// The id of the account; empty while it is unknown.
pub(super) fn account(model: &AccountBaseline) -> &str {
    model.account_id.known().map_or("", |it| it.as_str())
}

/// What `model` declares.
pub(super) fn declared(model: &AccountBaseline) -> Result<Desired, Diagnostics> {
    desired(model).ok_or_else(|| {
        let text = "An attribute is still unknown. This is a fault of the provider; please report it.";
        Diagnostic::error(format!("The baseline of account {} is not fully known", account(model)), text)
            .into()
    })
}

/// `base` with what was seen, and with what an apply would do.
pub(super) fn observed(
    base: &AccountBaseline,
    desired: &Desired,
    seen: &Seen,
    status: &str,
) -> AccountBaseline {
    // What was not looked at this time is as it was the last time.
    let before = base.settings.known().into_iter().flatten().filter(|(name, settings)| {
        settings.is_known() && desired.regions.keys().any(|region| region.as_str() == name.as_str())
    });
    let mut settings: BTreeMap<_, _> =
        before.map(|(name, settings)| (name.clone(), settings.clone())).collect();
    let now = seen.regions.iter().map(|(region, now)| (region.to_string(), Value::Known(of_region(now))));
    settings.extend(now);
    AccountBaseline {
        settings: Value::Known(settings),
        account_settings: match &seen.wide {
            Some(wide) => Value::Known(of_account(wide)),
            None => base.account_settings.clone(),
        },
        status: Value::Known(status.to_owned()),
        drift: Value::Known(drift(desired, seen)),
        ..base.clone()
    }
}

fn of_region(now: &SeenRegion) -> RegionSettings {
    let by = [
        ("block_public_images", now.images.by),
        ("block_public_snapshots", now.snapshots.by),
        // No policy of an organization has a word for it.
        ("ebs_encryption", RuledBy::Account),
        ("instance_metadata", now.metadata.by),
        ("serial_console", now.serial_console.by),
    ];
    RegionSettings {
        ebs_encryption: Value::Known(now.ebs_encryption),
        ebs_kms_key: now.kms_key.as_ref().map(|key| key.name.clone()).into(),
        http_tokens: Value::Known(now.metadata.value.http_tokens.to_string()),
        hop_limit: now.metadata.value.hop_limit.map(i64::from).into(),
        block_public_images: Value::Known(now.images.value.to_string()),
        block_public_snapshots: Value::Known(now.snapshots.value.to_string()),
        serial_console: Value::Known(now.serial_console.value),
        default_vpc_id: now.default_vpc.as_ref().map(|vpc| vpc.id.to_string()).into(),
        enforced_by: words(by),
    }
}

fn of_account(now: &SeenAccount) -> AccountSettings {
    let Ruled { value, by } = now.s3;
    AccountSettings {
        s3_public_access_block: Value::Known(value == S3PublicAccessBlock::of(true)),
        alias: now.alias.clone().into(),
        budget_name: now.budget.as_ref().map(|budget| budget.name.clone()).into(),
        enforced_by: words([("s3_public_access_block", by)]),
    }
}

fn words<const N: usize>(by: [(&str, RuledBy); N]) -> Value<BTreeMap<String, String>> {
    Value::Known(by.map(|(name, by)| (name.to_owned(), enforced_by(by).to_owned())).into())
}

/// Whether what state says of a region, or of `account`, will be so after an apply of `planned`.
pub(super) fn stays(prior: &AccountBaseline, planned: &AccountBaseline, place: &str) -> bool {
    let quiet = prior.drift.known().is_some_and(|lines| !lines.iter().any(|line| is_about(line, place)));
    let (Some(before), Some(after)) = (desired(prior), desired(planned)) else { return false };
    quiet
        && match place.parse::<Region>() {
            Ok(region) => {
                before.regions.get(&region).is_some_and(|it| after.regions.get(&region) == Some(it))
            }
            // Whether there was a budget says nothing of what is wanted.
            Err(_) => before.wide == DesiredAccount { had_budget: before.wide.had_budget, ..after.wide },
        }
}

/// `result` where it keeps what the plan promised: what somebody has changed since the plan, the next refresh tells.
pub(super) fn as_promised(mut result: AccountBaseline, planned: &AccountBaseline) -> AccountBaseline {
    if planned.account_settings.is_known() {
        result.account_settings = planned.account_settings.clone();
    }
    if let (Value::Known(settings), Value::Known(promised)) = (&mut result.settings, &planned.settings) {
        let known = promised.iter().filter(|(_, settings)| settings.is_known());
        settings.extend(known.map(|(region, known)| (region.clone(), known.clone())));
    }
    result
}
