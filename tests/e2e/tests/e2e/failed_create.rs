//! A create that fails is finished by the next apply: the same objects, nothing deleted, nothing doubled. Killed ones are in
//! the fault table.

use super::{ids, network_in_state, three_zones};
use landform_test_support::Scenario;
use std::fs;

/// Applies with NAT gateways refused: exit code 1, and the network is in state, incomplete and tainted.
fn fail_at_the_nat_gateways(scenario: &Scenario) {
    let rule = scenario.proxy().on("CreateNatGateway").always().fail(
        400,
        "NatGatewayLimitExceeded",
        "Performing this operation would exceed the limit of 5 NAT gateways",
    );
    let output = scenario.try_apply();
    assert_eq!(output.code, 1, "{}", output.text());
    assert!(rule.hits() > 0);
    let text = output.text();
    for part in [
        "could not create NAT gateway",
        "NatGatewayLimitExceeded",
        "would exceed the limit",
        "The next apply goes on",
    ] {
        assert!(unwrapped(&text).contains(part), "{part:?} is not in:\n{text}");
    }
    let (network, tainted) = network_in_state(scenario).expect("the network is in state");
    assert_eq!(network["status"], "incomplete");
    assert!(network["id"].as_str().unwrap().starts_with("vpc-"));
    assert!(tainted);
    scenario.proxy().clear_rules();
}

/// Terraform wraps and frames what it prints.
fn unwrapped(text: &str) -> String {
    text.replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn nothing_was_deleted(scenario: &Scenario) {
    let calls = scenario.proxy().calls();
    let deletions: Vec<&str> = calls
        .actions()
        .into_iter()
        .filter(|action| ["Delete", "Release", "Detach"].iter().any(|word| action.starts_with(word)))
        .collect();
    assert!(deletions.is_empty(), "{deletions:?}");
}

#[test]
fn the_next_apply_resumes_with_the_same_objects() {
    let scenario = three_zones();
    fail_at_the_nat_gateways(&scenario);
    let before = ids(&scenario);
    scenario.proxy().take_calls();
    let plan = scenario.plan_has_changes();
    assert!(unwrapped(&plan.text()).contains("Resuming the creation"), "{}", plan.text());
    scenario.apply();
    nothing_was_deleted(&scenario);
    let after = ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
    let (network, tainted) = network_in_state(&scenario).unwrap();
    assert_eq!((network["status"].as_str(), tainted), (Some("ready"), false));
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn destroy_after_a_failed_create_leaves_nothing() {
    // Also with deletion protection: it begins when the network is complete.
    let scenario = three_zones().variable("deletion_protection", "true");
    fail_at_the_nat_gateways(&scenario);
    scenario.destroy();
    scenario.nothing_left();
    assert!(network_in_state(&scenario).is_none());
}

#[test]
fn another_cidr_after_a_failed_create_starts_anew() {
    let scenario = three_zones();
    fail_at_the_nat_gateways(&scenario);
    let before = ids(&scenario);
    let scenario = scenario.variable("cidr", "10.9.0.0/16");
    scenario.apply();
    let after = ids(&scenario);
    assert!(before.iter().all(|id| !after.contains(id)), "{before:?}\n{after:?}");
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn a_complete_network_that_a_person_replaces_is_really_replaced() {
    let scenario = three_zones();
    scenario.apply();
    let before = ids(&scenario);
    let output = scenario.run(&["apply", "-auto-approve", "-replace=landform_vpc.main"]);
    assert_eq!(output.code, 0, "{}", output.text());
    let after = ids(&scenario);
    assert!(before.iter().all(|id| !after.contains(id)), "{before:?}\n{after:?}");
    scenario.destroy();
    scenario.nothing_left();
}

#[test]
fn create_before_destroy_resumes_too() {
    let scenario = three_zones();
    let text = fs::read_to_string(scenario.folder().join("main.tf")).unwrap();
    let lifecycle = "  lifecycle { create_before_destroy = true }\n";
    let end = text.rfind('}').unwrap();
    scenario.write("main.tf", &format!("{}{lifecycle}}}\n", &text[..end]));
    fail_at_the_nat_gateways(&scenario);
    let before = ids(&scenario);
    scenario.proxy().take_calls();
    scenario.apply();
    nothing_was_deleted(&scenario);
    let after = ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
