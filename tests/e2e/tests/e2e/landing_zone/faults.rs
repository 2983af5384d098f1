//! What AWS Organizations answers on bad days, and a Terraform that dies around the creation of an account.

use std::sync::mpsc;

use landform_test_support::Scenario;

use super::organization::Organization;
use crate::configuration;

fn small() -> Scenario {
    Scenario::new(configuration("landing-zone/small")).as_management_account()
}

#[test]
fn refusals_that_pass_are_waited_for() {
    let scenario = small();
    let proxy = scenario.proxy();
    let busy =
        "AWS Organizations can't complete your request because another request is already in progress.";
    let rules = [
        proxy.on("CreateOrganizationalUnit").times(2).throttle(),
        proxy.on("ListAccounts").throttle(),
        proxy.on("EnablePolicyType").fail(400, "ConcurrentModificationException", busy),
        proxy.on("CreateAccount").fail(400, "FinalizingOrganizationException", "It is being finalized."),
        proxy.on("MoveAccount").fail(400, "ConcurrentModificationException", busy),
        proxy.on("CreatePolicy").throttle(),
        proxy.on("AttachPolicy").fail(400, "PolicyChangesInProgressException", busy),
    ];
    scenario.apply();
    for rule in &rules {
        assert!(rule.hits() > 0, "{rule:?}");
    }
    scenario.plan_is_empty();
    let organization = Organization::of(&scenario);
    let accounts = organization.accounts();
    assert_eq!(accounts.keys().collect::<Vec<_>>(), ["dev"]);
    assert_eq!(organization.unit_of(accounts["dev"]["Id"].as_str().unwrap()), "Workloads");
}

/// Kills Terraform and the provider around the call; `after` says whether AWS gets it.
fn killed_at_create_account(after: bool) {
    let scenario = small();
    let (send, reached) = mpsc::channel();
    let stop = move |_: &_| {
        let _ = send.send(());
        std::thread::sleep(std::time::Duration::from_millis(500));
    };
    let rule = match after {
        true => scenario.proxy().on("CreateAccount").cut_after(stop),
        false => scenario.proxy().on("CreateAccount").cut_before(stop),
    };
    let process = scenario.start(&["apply", "-auto-approve"]);
    let killer = process.killer();
    std::thread::spawn(move || {
        let _ = reached.recv();
        killer.kill();
    });
    let output = process.wait().unwrap();
    assert_ne!(output.code, 0, "{}", output.text());
    assert_eq!(rule.hits(), 1);
    scenario.proxy().clear_rules();
    // The lock of a state in a file ends with its process; what was made is found again.
    scenario.apply();
    scenario.plan_is_empty();
    let accounts = Organization::of(&scenario).accounts();
    assert_eq!(accounts.keys().collect::<Vec<_>>(), ["dev"]);
    let requests = Organization::of(&scenario).list(
        "ListCreateAccountStatus",
        "CreateAccountStatuses",
        &serde_json::json!({}),
    );
    assert_eq!(requests.len(), 1, "one request was made: {requests:?}");
}

#[test]
fn a_kill_before_the_account_is_asked_for_makes_one_account() {
    killed_at_create_account(false);
}

#[test]
fn a_kill_after_the_account_is_asked_for_makes_one_account() {
    killed_at_create_account(true);
}

#[test]
fn a_lost_answer_makes_one_account() {
    let scenario = small();
    let rule = scenario.proxy().on("CreateAccount").lost_answer();
    let output = scenario.try_apply();
    assert_eq!(rule.hits(), 1);
    if output.code != 0 {
        scenario.apply();
    }
    scenario.plan_is_empty();
    assert_eq!(Organization::of(&scenario).accounts().len(), 1);
}
