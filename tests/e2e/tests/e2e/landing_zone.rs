//! An organization and its accounts under real Terraform: the reference landing zone, growth, faults, adoption.

mod adoption;
mod faults;
mod growth;
mod organization;
mod permissions;
mod reference;

use landform_test_support::Scenario;
use organization::Organization;
use serde_json::json;

const KINDS: [&str; 10] = [
    "SERVICE_CONTROL_POLICY",
    "RESOURCE_CONTROL_POLICY",
    "AISERVICES_OPT_OUT_POLICY",
    "BACKUP_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "INSPECTOR_POLICY",
    "S3_POLICY",
    "SECURITYHUB_POLICY",
    "TAG_POLICY",
];

/// Makes an organization with every kind of policy that needs no service.
pub(crate) fn found(scenario: &Scenario) {
    let organization = Organization::found(scenario);
    let root = organization.root();
    for kind in KINDS.iter().filter(|kind| **kind != "SECURITYHUB_POLICY") {
        organization.ask("EnablePolicyType", &json!({ "RootId": root, "PolicyType": kind }));
    }
}

/// No policy of anybody but AWS may be left in the organization of the scenario's account.
pub(crate) fn no_policy_left(scenario: &Scenario) {
    let organization = Organization::of(scenario);
    for kind in KINDS {
        let policies = organization.list("ListPolicies", "Policies", &json!({ "Filter": kind }));
        let left: Vec<_> = policies.iter().filter(|policy| policy["AwsManaged"] == false).collect();
        assert!(left.is_empty(), "{kind}: {left:?}");
    }
}
