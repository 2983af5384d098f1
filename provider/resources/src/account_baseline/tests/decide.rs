//! Tables of decisions, without clock and cloud.

use super::super::decide::{after_in_account, after_in_region, in_account, in_region};
use super::super::desired::{Desired, desired};
use super::super::import;
use super::super::model::{AccountBaseline, Budget, PasswordPolicy};
use super::super::seen::{SeenAccount, SeenDefaultVpc, SeenRegion};
use landform_cloud::account_settings::*;
use landform_cloud::account_wide::S3PublicAccessBlock;
use landform_framework::{Text, Value};
use std::fmt::Display;

/// The defaults, in one region.
fn wanted(change: impl FnOnce(&mut AccountBaseline)) -> Desired {
    let mut model = import::defaults("210987654321".parse().unwrap(), ["us-east-1".parse().unwrap()].into());
    change(&mut model);
    desired(&model).unwrap()
}

/// A region as AWS makes it.
fn new_region() -> SeenRegion {
    let account = |value| Ruled { value, by: RuledBy::Account };
    SeenRegion {
        ebs_encryption: false,
        kms_key: None,
        metadata: Ruled {
            value: MetadataDefaults { http_tokens: HttpTokens::NoPreference, hop_limit: None },
            by: RuledBy::Account,
        },
        images: account(BlockSharing::Unblocked),
        snapshots: account(BlockSharing::Unblocked),
        serial_console: Ruled { value: true, by: RuledBy::Account },
        default_vpc: Some(SeenDefaultVpc { id: "vpc-1".parse().unwrap(), used_by: Vec::new() }),
    }
}

fn new_account() -> SeenAccount {
    SeenAccount {
        s3: Ruled { value: S3PublicAccessBlock::default(), by: RuledBy::Account },
        password_policy: None,
        alias: None,
        budget: None,
    }
}

fn lines(steps: &[impl Display]) -> String {
    steps.iter().map(|step| format!("{step}\n")).collect()
}

fn region(desired: &Desired, seen: &SeenRegion) -> String {
    lines(&in_region(desired.regions.values().next().unwrap(), seen))
}

#[test]
fn a_new_region_gets_every_setting_and_the_slow_one_last() {
    insta::assert_snapshot!(region(&wanted(|_| ()), &new_region()), @r"
    switch EBS encryption by default on
    set IMDS defaults to http_tokens required, hop limit 2
    set public sharing of snapshots to block-all-sharing
    switch the serial console off
    remove the default VPC vpc-1
    set public sharing of images to block-new-sharing
    ");
}

#[test]
fn a_key_is_named_before_volumes_are_encrypted() {
    let with_key = wanted(|model| {
        if let Value::Known(ebs) = &mut model.ebs_encryption {
            ebs.kms_key = Value::Known("alias/ebs".into());
        }
    });
    let steps = region(&with_key, &new_region());
    assert!(
        steps.starts_with("encrypt EBS volumes with alias/ebs by default\nswitch EBS encryption"),
        "{steps}"
    );
}

#[test]
fn what_the_organization_rules_is_left_to_it() {
    let mut seen = new_region();
    for by in
        [&mut seen.images.by, &mut seen.snapshots.by, &mut seen.metadata.by, &mut seen.serial_console.by]
    {
        *by = RuledBy::Organization;
    }
    insta::assert_snapshot!(region(&wanted(|_| ()), &seen), @r"
    switch EBS encryption by default on
    remove the default VPC vpc-1
    ");
    let mut seen = new_account();
    seen.s3.by = RuledBy::Organization;
    insta::assert_snapshot!(lines(&in_account(&wanted(|_| ()).wide, &seen)), @"set the password policy");
}

#[test]
fn a_default_vpc_that_is_in_use_is_told_with_its_users() {
    let mut seen = new_region();
    seen.default_vpc.as_mut().unwrap().used_by = vec!["eni-1 (i-1)".into(), "eni-2 (lambda)".into()];
    let steps = region(&wanted(|_| ()), &seen);
    assert!(steps.contains("remove the default VPC vpc-1, which eni-1 (i-1), eni-2 (lambda) use"), "{steps}");
    let ignored = wanted(|model| model.default_vpc = Value::Known(Text("ignore".parse().unwrap())));
    assert!(!region(&ignored, &seen).contains("VPC"));
}

fn budget(usd: i64, actual: &[i64], email: &str) -> impl FnOnce(&mut AccountBaseline) {
    let budget = Budget {
        monthly_usd: Value::Known(usd),
        actual_alerts: Value::Known(actual.iter().copied().collect()),
        forecast_alerts: Value::Known([100].into()),
        emails: Value::Known([Text(email.parse().unwrap())].into()),
    };
    move |model| model.budget = Value::Known(budget)
}

/// From one wish to another; the second run decides nothing.
fn steps_between(before: &Desired, after: &Desired) -> String {
    let mut seen = new_account();
    for step in in_account(&before.wide, &seen) {
        after_in_account(&step, &mut seen);
    }
    assert_eq!(in_account(&before.wide, &seen), []);
    let steps = in_account(&after.wide, &seen);
    for step in &steps {
        after_in_account(step, &mut seen);
    }
    assert_eq!(in_account(&after.wide, &seen), []);
    lines(&steps)
}

#[test]
fn of_a_budget_only_what_differs_is_changed() {
    let before = wanted(budget(100, &[80, 100], "a@example.com"));
    let none = wanted(|_| ());
    insta::assert_snapshot!(steps_between(&none, &before), @"create the budget of 100 USD");
    insta::assert_snapshot!(steps_between(&before, &wanted(budget(200, &[50, 100], "a@example.com"))), @r"
    set the budget to 200 USD
    remove the budget's alert at 80 % of actual costs
    add the budget's alert at 50 % of actual costs
    ");
    insta::assert_snapshot!(steps_between(&before, &wanted(budget(100, &[100], "b@example.com"))), @r"
    remove the budget's alert at 80 % of actual costs
    remove the budget's alert at 100 % of actual costs
    remove the budget's alert at 100 % of forecast costs
    add the budget's alert at 100 % of actual costs
    add the budget's alert at 100 % of forecast costs
    ");
    insta::assert_snapshot!(steps_between(&before, &none), @"delete the budget");
}

#[test]
fn a_password_policy_comes_and_goes_and_an_alias_stays() {
    let alias = wanted(|model| {
        model.alias = Value::Known("acme".into());
        model.password_policy =
            Value::Known(PasswordPolicy { enabled: Value::Known(false), ..PasswordPolicy::default() });
        model.s3_public_access_block = Value::Known(false);
    });
    insta::assert_snapshot!(steps_between(&wanted(|_| ()), &alias), @r"
    switch S3's block of public access off
    take away the password policy
    set the alias acme
    ");
    insta::assert_snapshot!(steps_between(&alias, &wanted(|_| ())), @r"
    switch S3's block of public access on
    set the password policy
    ");
}

#[test]
fn a_second_run_decides_nothing() {
    let desired = wanted(|_| ());
    let wanted = desired.regions.values().next().unwrap();
    let mut seen = new_region();
    for step in in_region(wanted, &seen) {
        after_in_region(&step, None, &mut seen);
    }
    assert_eq!(in_region(wanted, &seen), []);
}
