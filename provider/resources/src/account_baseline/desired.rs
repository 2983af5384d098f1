//! What must be, from the attributes. Pure.

use super::model::{self, AccountBaseline, DefaultVpcMode};
use landform_cloud::account_settings::{BlockSharing, MetadataDefaults};
use landform_cloud::account_wide::PasswordPolicy;
use landform_cloud::budgets::{Alert, AlertOn, Budget, Usd};
use landform_framework::Value;
use landform_model::{AccountId, Region};
use std::collections::{BTreeMap, BTreeSet};

/// The budget of a baseline. An account has one baseline, so the name says whose the budget is.
pub(super) const BUDGET: &str = "landform-account-baseline";

/// The settings of an account.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Desired {
    pub(super) account: AccountId,
    pub(super) regions: BTreeMap<Region, DesiredRegion>,
    pub(super) wide: DesiredAccount,
}

/// The settings of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DesiredRegion {
    pub(super) ebs_encryption: bool,
    /// None: whatever the account has.
    pub(super) kms_key: Option<String>,
    pub(super) metadata: MetadataDefaults,
    pub(super) images: BlockSharing,
    pub(super) snapshots: BlockSharing,
    pub(super) serial_console: bool,
    pub(super) remove_default_vpc: bool,
}

/// The settings that are the same in all regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DesiredAccount {
    pub(super) block_s3: bool,
    /// None: AWS's own.
    pub(super) password_policy: Option<PasswordPolicy>,
    /// None: whatever the account has.
    pub(super) alias: Option<String>,
    pub(super) budget: Option<Budget>,
    /// Whether there may be a budget of ours: only then is it looked for.
    pub(super) had_budget: bool,
}

/// What the attributes ask for; none while any of them is unknown.
pub(super) fn desired(model: &AccountBaseline) -> Option<Desired> {
    let regions = model.regions.known()?.iter().map(|it| &it.0);
    let regions = regions.map(|region| Some((region.clone(), of_region(model, region)?)));
    Some(Desired {
        account: model.account_id.known()?.0.clone(),
        regions: regions.collect::<Option<_>>()?,
        wide: of_account(model)?,
    })
}

fn of_region(model: &AccountBaseline, region: &Region) -> Option<DesiredRegion> {
    let ebs = model.ebs_encryption.known()?;
    let metadata = model.instance_metadata.known()?;
    let own = known_or_null(&ebs.kms_keys)?.and_then(|keys| keys.get(region.as_str()));
    Some(DesiredRegion {
        ebs_encryption: *ebs.enabled.known()?,
        kms_key: own.or(known_or_null(&ebs.kms_key)?).cloned(),
        metadata: MetadataDefaults {
            http_tokens: metadata.http_tokens.known()?.0,
            hop_limit: u8::try_from(*metadata.hop_limit.known()?).ok(),
        },
        images: match model.block_public_images.known()? {
            true => BlockSharing::New,
            false => BlockSharing::Unblocked,
        },
        snapshots: model.block_public_snapshots.known()?.0,
        serial_console: *model.serial_console.known()?,
        remove_default_vpc: model.default_vpc.known()?.0 == DefaultVpcMode::Absent,
    })
}

fn of_account(model: &AccountBaseline) -> Option<DesiredAccount> {
    let known = model.account_settings.known();
    let budget = match known_or_null(&model.budget)? {
        Some(wished) => Some(budget(wished)?),
        None => None,
    };
    Some(DesiredAccount {
        block_s3: *model.s3_public_access_block.known()?,
        password_policy: password_policy(model.password_policy.known()?)?,
        alias: known_or_null(&model.alias)?.cloned(),
        had_budget: budget.is_some() || known.is_some_and(|it| it.budget_name.is_known()),
        budget,
    })
}

/// The outer option is none while any of it is unknown.
fn password_policy(wished: &model::PasswordPolicy) -> Option<Option<PasswordPolicy>> {
    let number = |value: &Value<i64>| Some(i32::try_from(*value.known()?).unwrap_or(i32::MAX));
    let positive = |value: &Value<i64>| Some(Some(number(value)?).filter(|number| *number > 0));
    if !*wished.enabled.known()? {
        return Some(None);
    }
    Some(Some(PasswordPolicy {
        minimum_length: number(&wished.minimum_length)?,
        reuse_prevention: positive(&wished.reuse_prevention)?,
        maximum_age_days: positive(&wished.maximum_age_days)?,
        require_symbols: *wished.require_symbols.known()?,
        require_numbers: *wished.require_numbers.known()?,
        require_uppercase: *wished.require_uppercase_characters.known()?,
        require_lowercase: *wished.require_lowercase_characters.known()?,
        allow_users_to_change: *wished.allow_users_to_change_password.known()?,
        hard_expiry: *wished.hard_expiry.known()?,
    }))
}

fn budget(wished: &model::Budget) -> Option<Budget> {
    let emails: BTreeSet<String> = wished.emails.known()?.iter().map(|it| it.0.to_string()).collect();
    let alert = |on| move |percent: &i64| Alert { on, percent: u32::try_from(*percent).unwrap_or_default() };
    let actual = wished.actual_alerts.known()?.iter().map(alert(AlertOn::Actual));
    let forecast = wished.forecast_alerts.known()?.iter().map(alert(AlertOn::Forecast));
    Some(Budget {
        name: BUDGET.to_owned(),
        limit: Usd { cents: u64::try_from(*wished.monthly_usd.known()?).unwrap_or_default() * 100 },
        alerts: actual.chain(forecast).map(|alert| (alert, emails.clone())).collect(),
    })
}

/// The value where it is known, and whether it is.
pub(super) fn known_or_null<T>(value: &Value<T>) -> Option<Option<&T>> {
    match value {
        Value::Unknown => None,
        Value::Null => Some(None),
        Value::Known(value) => Some(Some(value)),
    }
}
