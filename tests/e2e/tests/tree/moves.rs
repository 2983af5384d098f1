//! Units that get another name, another environment, or leave the spec: what they made keeps its place in a state.

use crate::desk::Desk;
use landform_sandbox::aws::{Client, Kind};
use landform_test_support::scenario::TestBed;
use std::collections::BTreeSet;

/// `main` of dev gets another name, `main` of prod another environment, and the hub leaves.
const CHANGES: [(&str, &str); 4] = [
    (
        "  - name: hub\n    environment: prod\n    account: hub\n    region: us-east-1\n    cidr: 10.0.0.0/22\n    profile: compact\n    azs: { a: use1-az1 }\n    tiers: [private]\n    deletion_protection: false\n",
        "",
    ),
    ("    after: [hub/us-east-1/prod/hub]\n", ""),
    ("  - name: main\n    environment: prod\n", "  - name: main\n    environment: stage\n"),
    ("  - name: main\n    environment: dev\n", "  - name: core\n    environment: dev\n"),
];
const MOVED: &str = "
moved:
  - { from: app/us-east-1/prod/main, to: app/us-east-1/stage/main }
  - { from: app/eu-west-1/dev/main, to: app/eu-west-1/dev/core }
";

/// The ids of the networks in both accounts.
fn networks(desk: &Desk) -> BTreeSet<String> {
    let client = Client::new(TestBed::emulator().endpoint()).unwrap();
    let regions = ["us-east-1", "eu-west-1"];
    let of = |account: &String| {
        let made = client.inventory(account, &regions).unwrap().made();
        made.of(Kind::Vpc).iter().map(|vpc| vpc.id.clone()).collect::<Vec<_>>()
    };
    desk.accounts.iter().flat_map(of).collect()
}

fn nothing_is_lost(layout: &str) {
    let desk = Desk::new(layout, "");
    desk.landform("run apply --tree . --auto-approve --parallelism 2").must();
    let before = networks(&desk);
    assert_eq!(before.len(), 3);

    for (from, to) in CHANGES {
        desk.edit(from, to);
    }
    desk.edit("  prod: {}\n", "  prod: {}\n  stage: {}\n");
    desk.edit("networks:\n", &format!("{}networks:\n", MOVED.trim_start()));
    let generated = desk.landform("generate --out .").must();
    assert!(generated.stderr.contains("`hub/us-east-1/prod/hub` left the spec"), "{}", generated.stderr);

    // Another name or folder is no change; who left is destroyed, and nobody else.
    let plan = desk.landform("run plan --tree . --parallelism 2").must();
    let said = plan.stdout + &plan.stderr;
    assert_eq!(said.matches("No changes.").count(), 2, "{said}");
    assert_eq!(said.matches("Plan: ").count(), 1, "{said}");
    assert!(said.contains("Plan: 0 to add, 0 to change, 1 to destroy."), "{said}");
    desk.landform("orphans --tree .").must();
    desk.landform("run apply --tree . --auto-approve --parallelism 2").must();
    let after = networks(&desk);
    assert!(after.len() == 2 && after.is_subset(&before), "{before:?} {after:?}");
    desk.landform("run plan --tree . --fail-on-changes").must();
    desk.landform("orphans --tree .").must();

    desk.landform("prune --out .").must();
    // What programs have left there is not the tree's to remove.
    for file in ["terraform.tf", "terragrunt.hcl"] {
        assert!(!desk.path("accounts/hub/us-east-1/prod/hub").join(file).exists(), "{file}");
    }
    desk.landform("generate --out . --check").must();
    desk.landform("run destroy --tree . --auto-approve --parallelism 2").must();
    assert_eq!(desk.made(), 0);
}

#[test]
fn no_state_is_lost_with_terraform() {
    nothing_is_lost("terraform");
}

#[test]
fn no_state_is_lost_with_terragrunt() {
    nothing_is_lost("terragrunt");
}
