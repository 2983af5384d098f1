//! Takes in an account as it is: each attribute gets the value that is in force, where all regions agree, else its default, from
//! which those regions then differ.

use super::desired::{BUDGET, Desired};
use super::look;
use super::model::{
    self, AccountBaseline, DefaultVpcMode, EbsEncryption, InstanceMetadata, PasswordPolicy, status,
};
use super::seen::{SeenAccount, SeenRegion};
use super::state;
use crate::client::Landform;
use landform_cloud::account_settings::BlockSharing;
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_cloud::budgets::{AlertOn, Budget};
use landform_framework::{Diagnostic, Diagnostics, Text, Value};
use landform_model::{AccountId, Region};
use std::collections::BTreeSet;

/// Finds a baseline by `ACCOUNT`, or by `ACCOUNT/REGION,REGION`.
pub(super) async fn by_id(client: &Landform, id: &str) -> Result<AccountBaseline, Diagnostics> {
    let (account, regions) =
        id.split_once('/').map_or((id, None), |(account, regions)| (account, Some(regions)));
    let wrong = |error: String| {
        let text = format!(
            "{error}. Write the account, such as `111122223333`, or with its regions \
                            `111122223333/us-east-1,eu-west-1`."
        );
        Diagnostics::from(Diagnostic::error(format!("`{id}` names no account baseline"), text))
    };
    let account = account.parse::<AccountId>().map_err(|error| wrong(error.to_string()))?;
    let regions: Result<BTreeSet<Region>, _> =
        regions.into_iter().flat_map(|list| list.split(',')).map(str::parse).collect();
    of(client, account, regions.map_err(|error| wrong(error.to_string()))?).await
}

/// Finds a baseline; without regions in the provider's.
pub(super) async fn of(
    client: &Landform,
    account: AccountId,
    mut regions: BTreeSet<Region>,
) -> Result<AccountBaseline, Diagnostics> {
    if regions.is_empty() {
        regions.insert(client.target(Some(account.clone()), None).await?.region);
    }
    let defaults = defaults(account, regions);
    let mut desired: Desired = state::declared(&defaults)?;
    desired.wide.had_budget = true;
    let doing = format!("Importing the baseline of account {}", desired.account);
    let seen = look::refresh(client, &desired, &doing).await?;
    let found: Vec<&SeenRegion> = seen.regions.values().collect();
    let model = in_force(defaults, &found);
    Ok(match seen.wide {
        Some(wide) => in_account(model, &wide),
        None => model,
    })
}

/// The baseline where a configuration says nothing but where it is.
pub(super) fn defaults(account: AccountId, regions: BTreeSet<Region>) -> AccountBaseline {
    AccountBaseline {
        account_id: Value::Known(Text(account)),
        regions: Value::Known(regions.into_iter().map(Text).collect()),
        ebs_encryption: Value::Known(EbsEncryption::default()),
        instance_metadata: Value::Known(InstanceMetadata::default()),
        block_public_images: Value::Known(true),
        block_public_snapshots: Value::Known(Text(BlockSharing::All)),
        serial_console: Value::Known(false),
        default_vpc: Value::Known(Text(DefaultVpcMode::Absent)),
        s3_public_access_block: Value::Known(true),
        password_policy: Value::Known(PasswordPolicy::default()),
        status: Value::Known(status::READY.to_owned()),
        ..AccountBaseline::default()
    }
}

/// What all regions agree on.
fn agreed<T: PartialEq>(regions: &[&SeenRegion], value: impl Fn(&SeenRegion) -> T) -> Option<T> {
    let (first, others) = regions.split_first()?;
    let first = value(first);
    others.iter().all(|other| value(other) == first).then_some(first)
}

fn set<T>(attribute: &mut Value<T>, found: Option<T>) {
    if let Some(found) = found {
        *attribute = Value::Known(found);
    }
}

fn in_force(mut model: AccountBaseline, regions: &[&SeenRegion]) -> AccountBaseline {
    if let Value::Known(ebs) = &mut model.ebs_encryption {
        set(&mut ebs.enabled, agreed(regions, |it| it.ebs_encryption));
    }
    // Without a preference for the hops there is no value to take over.
    let found = agreed(regions, |it| it.metadata.value).filter(|it| it.hop_limit.is_some());
    if let (Value::Known(metadata), Some(found)) = (&mut model.instance_metadata, found) {
        metadata.http_tokens = Value::Known(Text(found.http_tokens));
        set(&mut metadata.hop_limit, found.hop_limit.map(i64::from));
    }
    set(&mut model.block_public_images, agreed(regions, |it| it.images.value != BlockSharing::Unblocked));
    set(&mut model.block_public_snapshots, agreed(regions, |it| Text(it.snapshots.value)));
    set(&mut model.serial_console, agreed(regions, |it| it.serial_console.value));
    if regions.iter().all(|it| it.default_vpc.is_some()) {
        model.default_vpc = Value::Known(Text(DefaultVpcMode::Ignore));
    }
    model
}

fn in_account(mut model: AccountBaseline, seen: &SeenAccount) -> AccountBaseline {
    model.s3_public_access_block = Value::Known(seen.s3.value == S3PublicAccessBlock::of(true));
    model.password_policy = Value::Known(match &seen.password_policy {
        None => PasswordPolicy { enabled: Value::Known(false), ..PasswordPolicy::default() },
        Some(found) => PasswordPolicy {
            enabled: Value::Known(true),
            minimum_length: Value::Known(found.minimum_length.into()),
            reuse_prevention: Value::Known(found.reuse_prevention.unwrap_or_default().into()),
            maximum_age_days: Value::Known(found.maximum_age_days.unwrap_or_default().into()),
            require_symbols: Value::Known(found.require_symbols),
            require_numbers: Value::Known(found.require_numbers),
            require_uppercase_characters: Value::Known(found.require_uppercase),
            require_lowercase_characters: Value::Known(found.require_lowercase),
            allow_users_to_change_password: Value::Known(found.allow_users_to_change),
            hard_expiry: Value::Known(found.hard_expiry),
        },
    });
    model.alias = seen.alias.clone().into();
    model.budget = seen.budget.as_ref().filter(|it| it.name == BUDGET).map(budget).into();
    model
}

fn budget(found: &Budget) -> model::Budget {
    let alerts = |on: AlertOn| {
        let alerts = found.alerts.iter().filter(|(alert, _)| alert.on == on);
        Value::Known(alerts.map(|(alert, _)| i64::from(alert.percent)).collect())
    };
    let emails = found.alerts.iter().flat_map(|(_, emails)| emails).filter_map(|email| email.parse().ok());
    model::Budget {
        monthly_usd: Value::Known(i64::try_from(found.limit.cents / 100).unwrap_or(i64::MAX)),
        actual_alerts: alerts(AlertOn::Actual),
        forecast_alerts: alerts(AlertOn::Forecast),
        emails: Value::Known(emails.map(Text).collect()),
    }
}
