//! What can be checked of a baseline without AWS.

use super::model::{AccountBaseline, Budget, EbsEncryption};
use landform_framework::{Diagnostics, Path, Value};
use landform_model::Region;
use std::collections::BTreeSet;

/// A budget has at most five alerts, and an alert at most ten addresses.
/// <https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html>
const ALERTS: usize = 5;
const EMAILS: usize = 10;

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
pub(super) fn alias(text: &str) -> Result<(), String> {
    let letters = text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let dashes = text.starts_with('-') || text.ends_with('-') || text.contains("--");
    match (3..=63).contains(&text.len()) && letters && !dashes {
        true => Ok(()),
        false => Err(format!(
            "`{text}` is no account alias: it has 3 to 63 characters of `a`-`z`, `0`-`9` and `-`, does not start or end with `-` \
             and has no two of them in a row."
        )),
    }
}

/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataDefaults.html>
pub(super) fn hop_limit(hops: &i64) -> Result<(), String> {
    between(*hops, 1, 64, "hops")
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>: and the next two.
pub(super) fn minimum_length(characters: &i64) -> Result<(), String> {
    between(*characters, 6, 128, "characters")
}

pub(super) fn reuse_prevention(passwords: &i64) -> Result<(), String> {
    between(*passwords, 0, 24, "passwords")
}

pub(super) fn maximum_age_days(days: &i64) -> Result<(), String> {
    between(*days, 0, 1095, "days")
}

pub(super) fn monthly_usd(dollars: &i64) -> Result<(), String> {
    between(*dollars, 1, 1_000_000_000, "US dollars")
}

fn between(number: i64, least: i64, most: i64, of_what: &str) -> Result<(), String> {
    match (least..=most).contains(&number) {
        true => Ok(()),
        false => Err(format!("{number} is out of range: write {least} to {most} {of_what}.")),
    }
}

/// Checks a configuration; what is unknown is checked when it is known.
pub(super) fn validate(config: &AccountBaseline, diagnostics: &mut Diagnostics) {
    let regions = config.regions.known();
    if regions.is_some_and(BTreeSet::is_empty) {
        let text = "Name at least one region, or leave `regions` out for the provider's.";
        diagnostics.error_at(Path::root().attribute("regions"), "No regions", text);
    }
    if let Some(ebs) = config.ebs_encryption.known() {
        let regions = regions.map(|regions| regions.iter().map(|it| it.0.clone()).collect());
        keys(ebs, regions.as_ref(), diagnostics);
    }
    if let Some(wished) = config.budget.known() {
        budget(wished, diagnostics);
    }
}

fn keys(ebs: &EbsEncryption, regions: Option<&BTreeSet<Region>>, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("ebs_encryption");
    if let Some(key) = ebs.kms_key.known() {
        let path = path.attribute("kms_key");
        let own: BTreeSet<&str> =
            ebs.kms_keys.known().into_iter().flatten().map(|(it, _)| it.as_str()).collect();
        let used: Vec<&Region> =
            regions.into_iter().flatten().filter(|region| !own.contains(region.as_str())).collect();
        if key.is_empty() {
            diagnostics.error_at(path, "No key", "Write an alias such as `alias/ebs`, or leave it out.");
        } else if used.len() > 1 && !key.starts_with("alias/") && !ebs.kms_keys.is_unknown() {
            let text = format!(
                "`{key}` is a key of one region. Write an alias that there is in each region, or a key for each in `kms_keys`."
            );
            diagnostics.error_at(path, "One key for several regions", text);
        }
    }
    for (name, key) in ebs.kms_keys.known().into_iter().flatten() {
        let path = path.attribute("kms_keys").key(name);
        match name.parse::<Region>() {
            Err(error) => diagnostics.error_at(path, "No such region", format!("{error}.")),
            Ok(region) if regions.is_some_and(|regions| !regions.contains(&region)) => {
                let text = format!("{region} is none of `regions`.");
                diagnostics.error_at(path, "A key for another region", text);
            }
            Ok(region) => {
                let of = key.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2));
                if of.is_some_and(|of| of != region.as_str()) {
                    let text = format!("`{key}` is no key of {region}.");
                    diagnostics.error_at(path, "A key of another region", text);
                }
            }
        }
    }
}

fn budget(wished: &Budget, diagnostics: &mut Diagnostics) {
    let path = Path::root().attribute("budget");
    let (actual, forecast) = (wished.actual_alerts.known(), wished.forecast_alerts.known());
    for (name, alerts) in [("actual_alerts", actual), ("forecast_alerts", forecast)] {
        if let Some(percent) = alerts.into_iter().flatten().find(|percent| !(1..=1000).contains(*percent)) {
            let text = format!("{percent} is out of range: write 1 to 1000 percent.");
            diagnostics.error_at(path.attribute(name), "No such percentage", text);
        }
    }
    let defaults = |alerts: &Value<BTreeSet<i64>>, default| if alerts.is_null() { default } else { 0 };
    let count = actual.map_or(defaults(&wished.actual_alerts, 2), BTreeSet::len)
        + forecast.map_or(defaults(&wished.forecast_alerts, 1), BTreeSet::len);
    if count > ALERTS {
        let text = format!("These are {count} alerts; AWS has {ALERTS} for a budget at most.");
        diagnostics.error_at(path.attribute("actual_alerts"), "Too many alerts", text);
    }
    if let Some(emails) = wished.emails.known().filter(|emails| !(1..=EMAILS).contains(&emails.len())) {
        let text = format!("These are {}; a budget has 1 to {EMAILS}.", emails.len());
        diagnostics.error_at(path.attribute("emails"), "Wrong number of addresses", text);
    }
}
