//! OpenTofu with the real provider: what may differ from Terraform. `LANDFORM_TERRAFORM=tofu` runs every other test on it.

use super::{ids, network_in_state, three_zones};
use landform_test_support::scenario::TestBed;

#[test]
fn a_failed_create_resumes_on_opentofu_too() {
    let scenario = three_zones().with_program(TestBed::opentofu());
    let rule = scenario.proxy().on("CreateNatGateway").always().fail(
        400,
        "NatGatewayLimitExceeded",
        "Performing this operation would exceed the limit of 5 NAT gateways",
    );
    let failed = scenario.try_apply();
    assert_eq!(failed.code, 1, "{}", failed.text());
    assert_eq!(failed.command, "tofu apply -auto-approve");
    assert!(rule.hits() > 0);
    let (network, tainted) = network_in_state(&scenario).unwrap();
    assert_eq!((network["status"].as_str(), tainted), (Some("incomplete"), true));
    let before = ids(&scenario);
    scenario.proxy().clear_rules();

    scenario.proxy().take_calls();
    let plan = scenario.plan_has_changes().text();
    assert!(plan.contains("Resuming the creation"), "{plan}");
    scenario.apply();
    let deleted = scenario.proxy().calls().only(|call| call.action.starts_with("Delete"));
    assert_eq!(deleted.len(), 0, "{:?}", deleted.actions());
    let after = ids(&scenario);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?}\n{after:?}");
    let (network, tainted) = network_in_state(&scenario).unwrap();
    assert_eq!((network["status"].as_str(), tainted), (Some("ready"), false));
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
