//! The reference landing zone from nothing, through changes, to what a destroy leaves on purpose.

use landform_test_support::Scenario;
use landform_test_support::fault_proxy::Call;
use landform_test_support::scenario::TestBed;
use serde_json::json;

use super::organization::Organization;
use super::{no_policy_left, permissions};

const SCP: &str = "SERVICE_CONTROL_POLICY";

fn reference() -> Scenario {
    let scenario = Scenario::new(TestBed::workspace().join("landing-zone/reference")).as_management_account();
    let name = format!("acme-{}", scenario.account());
    scenario.variable("organization", &name)
}

/// The accounts, with another name for `prod` and another unit for `stage`.
fn changed() -> String {
    json!({
        "security": { "ou": "Security" },
        "log-archive": { "ou": "Security" },
        "shared": { "ou": "Infrastructure" },
        "network": { "ou": "Infrastructure" },
        "dev": { "ou": "Workloads" },
        "stage": { "ou": "Sandbox" },
        "prod": { "ou": "Workloads", "name": "production", "monthly_usd": 5000 },
    })
    .to_string()
}

#[test]
fn it_is_built_changed_and_taken_down_with_no_account_lost() {
    let scenario = reference();
    let format = scenario.run(&["fmt", "-check", "-diff"]);
    assert_eq!(format.code, 0, "{}", format.text());
    scenario.apply();
    let mut applied: Vec<Call> = scenario.proxy().take_calls().to_vec();
    scenario.plan_is_empty();
    let planned = scenario.proxy().take_calls();

    let organization = Organization::of(&scenario);
    let ids = scenario.output("account_ids");
    assert_eq!(organization.accounts().len(), 7);
    for (key, unit) in [("log-archive", "Security"), ("network", "Infrastructure"), ("prod", "Workloads")] {
        assert_eq!(organization.unit_of(ids[key].as_str().unwrap()), unit);
    }
    let workloads = organization.unit(&organization.root(), "Workloads").unwrap();
    assert_eq!(organization.policies_on(&workloads, SCP), ["baseline-scp-1", "workloads-scp-1"]);
    let packed = scenario.output("guardrails");
    let bytes = |name: &str| packed["baseline"][name].as_u64().unwrap();
    assert!(bytes("bytes_after") < bytes("bytes_before"), "{packed}");

    let regions = r#"["us-east-1", "eu-central-1"]"#;
    let scenario = scenario.variable("accounts", &changed()).variable("regions", regions);
    let plan = scenario.plan_has_changes().text();
    assert!(plan.contains("0 to destroy"), "{plan}");
    scenario.apply();
    scenario.plan_is_empty();
    let organization = Organization::of(&scenario);
    assert_eq!(scenario.output("account_ids"), ids, "no account was made anew");
    assert_eq!(organization.accounts()["production"]["Id"], ids["prod"]);
    assert_eq!(organization.unit_of(ids["stage"].as_str().unwrap()), "Sandbox");

    let refused = scenario.try_destroy();
    assert!(refused.code == 1 && refused.text().contains("deletion_protection"), "{}", refused.text());
    let scenario = scenario.variable("deletion_protection", "false");
    scenario.apply();
    scenario.destroy();
    applied.extend(scenario.proxy().take_calls().iter().cloned());
    permissions::are_published(&planned, &applied.into_iter().collect());
    no_policy_left(&scenario);
    let organization = Organization::of(&scenario);
    for (name, account) in organization.accounts() {
        assert_eq!(account["State"], "ACTIVE", "{name} is not closed");
        assert_eq!(organization.unit_of(account["Id"].as_str().unwrap()), "Suspended");
    }
    assert_eq!(organization.accounts().len(), 7);
}

#[test]
fn what_is_broken_by_hand_is_seen_and_mended() {
    let scenario = reference();
    scenario.apply();
    let organization = Organization::of(&scenario);
    let sandbox = organization.unit(&organization.root(), "Sandbox").unwrap();
    let attached = json!({ "TargetId": sandbox, "Filter": SCP });
    let policies = organization.list("ListPoliciesForTarget", "Policies", &attached);
    let ours = policies.iter().find(|policy| policy["Name"] == "sandbox-scp-1").unwrap();
    organization.ask("DetachPolicy", &json!({ "PolicyId": ours["Id"], "TargetId": sandbox }));
    let dev = scenario.output("account_ids")["dev"].as_str().unwrap().to_owned();
    let name = json!({ "AccountId": dev, "AccountName": "by hand" });
    scenario.client().account_management(scenario.account(), "PutAccountName", &name).unwrap();
    let ec2 = |action: &str| scenario.client().query("ec2", "eu-west-1", &dev, action, &[]).unwrap();
    ec2("DisableEbsEncryptionByDefault");

    let plan = scenario.plan_has_changes().text();
    for changed in ["guardrails.sandbox", r#"account.this["dev"]"#, r#"account_baseline.this["dev"]"#] {
        assert!(plan.contains(&format!("landform_{changed} will be updated in-place")), "{changed}:\n{plan}");
    }
    assert!(plan.contains("0 to add, 3 to change, 0 to destroy"), "{plan}");
    scenario.apply();
    scenario.plan_is_empty();
    assert!(Organization::of(&scenario).accounts().contains_key("dev"));
    assert!(ec2("GetEbsEncryptionByDefault").contains(">true<"));
    assert!(organization.policies_on(&sandbox, SCP).contains(&"sandbox-scp-1".to_owned()));
}
