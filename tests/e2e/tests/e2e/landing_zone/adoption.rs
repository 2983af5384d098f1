//! An organization that people made by hand: found by `terraform query` and imported without a change, or taken in by the reference
//! landing zone.

use std::fs;

use landform_sandbox::{Terraform, environment_for};
use landform_test_support::Scenario;
use landform_test_support::scenario::TestBed;
use serde_json::json;

use super::organization::Organization;
use crate::configuration;

#[test]
fn what_people_made_is_found_and_taken_over_as_it_is() {
    let scenario = Scenario::empty();
    let organization = Organization::found(&scenario);
    let root = organization.root();
    let workloads = organization.create_unit(&root, "Workloads");
    let production = organization.create_unit(&workloads, "Prod");
    let account = organization.create_account("billing", "Billing@example.com");
    let input = json!({ "AccountId": account, "SourceParentId": root, "DestinationParentId": production });
    organization.ask("MoveAccount", &input);
    let before = organization.accounts();

    // Terraform on PATH may be older than queries.
    let program = TestBed::newest_terraform();
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(configuration("landing-zone/found")).unwrap().map(|entry| entry.unwrap()) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let key = scenario.client().assume_role(scenario.account()).unwrap();
    let environment = environment_for(scenario.proxy().endpoint());
    let terraform = Terraform::new(program, TestBed::cli_config(), folder.path(), environment)
        .with_environment("AWS_ACCESS_KEY_ID", &key)
        .with_environment("TF_VAR_stack", "adopted");
    let run = |arguments: &[&str]| terraform.run(arguments).unwrap().success().unwrap();
    run(&["init"]);
    let found = run(&["query", "-no-color", "-generate-config-out=found.tf"]).text();
    assert!(found.contains(&account), "{found}");
    let plan = run(&["plan", "-no-color"]).text();
    assert!(plan.contains("to import, 0 to add, 0 to change, 0 to destroy"), "{plan}");
    run(&["apply", "-auto-approve"]);
    run(&["plan", "-detailed-exitcode"]);
    assert_eq!(organization.accounts(), before);
    assert_eq!(organization.unit_of(&account), "Prod");
}

/// Units and an account that people made, in an organization in which no kind of policy was ever on.
#[test]
fn the_reference_landing_zone_takes_in_what_is_there() {
    let scenario = Scenario::new(TestBed::workspace().join("landing-zone/reference")).as_management_account();
    let name = format!("acme-{}", scenario.account());
    let scenario = scenario.variable("organization", &name);
    let organization = Organization::found(&scenario);
    let root = organization.root();
    let security = organization.create_unit(&root, "Security");
    organization.create_unit(&root, "Workloads");
    let account = organization.create_account("logs", "aws+log-archive@acme.example");
    let plan = scenario.plan_has_changes().text();
    for part in [
        format!("Account {account} (logs) is taken in"),
        "Security, Workloads exist already".to_owned(),
        "SERVICE_CONTROL_POLICY is off in the organization".to_owned(),
    ] {
        assert!(plan.contains(&part), "{part:?} is not in:\n{plan}");
    }
    scenario.apply();
    scenario.plan_is_empty();
    assert_eq!(scenario.output("account_ids")["log-archive"], json!(account));
    assert_eq!(organization.accounts()["log-archive"]["Id"], json!(account));
    assert_eq!(organization.unit_of(&account), "Security");
    let policies = organization.policies_on(&security, "SERVICE_CONTROL_POLICY");
    assert!(policies.contains(&"baseline-scp-1".to_owned()), "{policies:?}");
}
