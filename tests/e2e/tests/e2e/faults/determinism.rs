//! The same configuration and the same AWS give the same plan, byte by byte.

use super::super::three_zones;
use landform_test_support::Scenario;

/// The plan as JSON, without the time at which it was made.
fn plan(scenario: &Scenario) -> String {
    assert_ne!(scenario.run(&["plan", "-out=tf.plan"]).code, 1);
    let mut plan: serde_json::Value =
        serde_json::from_str(&scenario.run(&["show", "-json", "tf.plan"]).stdout).unwrap();
    assert!(plan.as_object_mut().unwrap().remove("timestamp").is_some());
    serde_json::to_string_pretty(&plan).unwrap()
}

#[test]
fn planning_twice_gives_the_same_bytes() {
    let scenario = three_zones();
    assert_eq!(plan(&scenario), plan(&scenario));
    scenario.apply();
    let table = scenario.inventory().made().of(landform_sandbox::aws::Kind::RouteTable)[0].id.clone();
    let tag = [("ResourceId.1", table.as_str()), ("Tag.1.Key", "Name")];
    scenario.client().query("ec2", "us-east-1", scenario.account(), "DeleteTags", &tag).unwrap();
    let drifted = plan(&scenario);
    assert!(drifted.contains("set tags of"), "{drifted}");
    assert_eq!(plan(&scenario), drifted);
    scenario.destroy();
    scenario.nothing_left();
}
