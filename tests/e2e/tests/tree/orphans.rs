//! What a lost state leaves is found and deleted, and nothing else is.

use crate::desk::Desk;
use landform_sandbox::aws::Client;
use landform_test_support::scenario::TestBed;
use serde_json::Value;

#[test]
fn what_no_state_knows_is_found_and_deleted_and_the_rest_stays() {
    let desk = Desk::new("terraform", "");
    desk.landform("run apply --tree . --auto-approve").must();
    let made = desk.made();
    desk.landform("orphans --tree .").must();

    // The state of one unit loses its network, and another unit leaves the tree without a destroy.
    let unit = desk.path("accounts/app/us-east-1/prod/main");
    let terraform = TestBed::toolchain().terraform();
    let removed = crate::desk::ran(
        desk.command(terraform).args(["state", "rm", "module.network.landform_vpc.this"]).current_dir(unit),
    );
    removed.must();
    desk.landform("orphans --tree .");
    let found = desk.landform("orphans --tree . --json");
    assert_eq!(found.code, 3, "{}", found.stderr);
    let found = found.json();
    let [orphan] = found["orphans"].as_array().unwrap().as_slice() else { panic!("{found}") };
    let text = |name: &str| orphan[name].as_str().unwrap();
    assert_eq!((text("stack"), text("resource")), ("app/us-east-1/prod/main", "vpc/main"));
    assert_eq!((text("account_id"), text("region")), (desk.accounts[1].as_str(), "us-east-1"));
    assert_eq!(text("reason"), "not_in_state");
    let ids: Vec<&str> =
        orphan["objects"].as_array().unwrap().iter().filter_map(|object| object["id"].as_str()).collect();
    let client = Client::new(TestBed::emulator().endpoint()).unwrap();
    let there = client.inventory(&desk.accounts[1], &["us-east-1"]).unwrap().made();
    assert!(ids.iter().all(|id| there.to_string().contains(id)), "{ids:?}\n{there}");

    let deleted = desk.landform("orphans --tree . --delete --yes --settle 100ms");
    assert_eq!(deleted.code, 0, "{}\n{}", deleted.stdout, deleted.stderr);
    let left = client.inventory(&desk.accounts[1], &["us-east-1"]).unwrap().made();
    assert!(left.is_empty(), "{left}");
    assert!(desk.made() < made && desk.made() > 0, "the others stay");
    let clean = desk.landform("orphans --tree . --json").must().json();
    assert_eq!(clean["orphans"], Value::Array(Vec::new()));

    desk.landform("run destroy --tree . --auto-approve").must();
    assert_eq!(desk.made(), 0);
}

#[test]
fn a_stack_that_the_tree_does_not_know_goes_only_when_it_is_named() {
    let desk = Desk::new("terraform", "");
    desk.landform("run apply --tree . --auto-approve --filter hub").must();
    // The same accounts seen from another tree: as when a folder and its state were thrown away.
    let other = Desk::beside(&desk, "name: hub", "name: gate");
    let found = other.landform("orphans --tree .");
    assert_eq!(found.code, 3, "{}", found.stderr);
    assert!(found.stdout.contains("no unit of the tree has this stack"), "{}", found.stdout);
    let kept = other.landform("orphans --tree . --delete --yes --settle 1ms");
    assert_eq!(kept.code, 3, "{}", kept.stderr);
    assert!(other.made() > 0);
    other.landform("orphans --tree . --delete --yes --settle 1ms --stack hub/us-east-1/prod/hub").must();
    assert_eq!(other.made(), 0);
}
