//! What someone changes behind Terraform's back shows in the plan, and the next apply mends it.

use super::three_zones;
use landform_sandbox::aws::Kind;

#[test]
fn a_removed_route_and_a_removed_tag_are_seen_and_healed() {
    let scenario = three_zones();
    scenario.apply();
    let inventory = scenario.inventory().made();
    let table = inventory
        .of(Kind::RouteTable)
        .iter()
        .find(|it| it.tags["landform:child"] == "route_table/private/b")
        .unwrap();
    let subnet =
        inventory.of(Kind::Subnet).iter().find(|it| it.tags["landform:child"] == "subnet/private/a").unwrap();
    let ec2 = |action: &str, parameters: &[(&str, &str)]| {
        scenario.client().query("ec2", "us-east-1", scenario.account(), action, parameters).unwrap();
    };
    ec2("DeleteRoute", &[("RouteTableId", &table.id), ("DestinationCidrBlock", "0.0.0.0/0")]);
    ec2("DeleteTags", &[("ResourceId.1", &subnet.id), ("Tag.1.Key", "Name")]);

    let plan = scenario.plan_has_changes().text();
    for part in [
        "drifted",
        "route 0.0.0.0/0 of table private/b to NAT gateway b",
        "set tags of subnet private/a: Name",
    ] {
        assert!(plan.contains(part), "{part:?} is not in:\n{plan}");
    }
    scenario.apply();
    scenario.plan_is_empty();
    scenario.destroy();
    scenario.nothing_left();
}
