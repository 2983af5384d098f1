//! What the network of three zones with three NAT gateways costs in EC2 calls, as the proxy counts them.
//!
//! The calls to STS (who am I, assume the role) are counted apart: they come once per process, not once per network.

use super::three_zones;
use landform_test_support::Scenario;

/// The EC2 calls of `terraform apply PLAN`, polls of NAT gateways aside: those are waits.
fn ec2_calls_of(scenario: &Scenario, what: &str, arguments: &[&str]) -> usize {
    scenario.proxy().take_calls();
    scenario.run(arguments);
    let calls = scenario.proxy().take_calls();
    let identity = calls.of_service("sts").len();
    let ec2 = calls.of_service("ec2").only(|call| what == "refresh" || call.action != "DescribeNatGateways");
    eprintln!("{what}: {} EC2 calls and {identity} to STS: {:?}", ec2.len(), ec2.by_action());
    assert!(identity <= 2, "{:?}", calls.by_action());
    ec2.len()
}

#[test]
fn create_35_refresh_8_destroy_28() {
    let scenario = three_zones();
    scenario.run(&["plan", "-out=create.plan"]);
    let create = ec2_calls_of(&scenario, "create", &["apply", "create.plan"]);
    assert!(create <= 35, "{create}");
    let refresh = ec2_calls_of(&scenario, "refresh", &["plan", "-detailed-exitcode"]);
    assert!(refresh <= 8, "{refresh}");
    scenario.plan_is_empty();
    scenario.run(&["plan", "-destroy", "-out=destroy.plan"]);
    let destroy = ec2_calls_of(&scenario, "destroy", &["apply", "destroy.plan"]);
    assert!(destroy <= 28, "{destroy}");
    scenario.nothing_left();
}
