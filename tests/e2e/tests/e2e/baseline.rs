//! The baseline of an account in two regions at once, and what a policy of its organization enforces in it.

use super::configuration;
use super::permissions::{Actions, published};
use landform_sandbox::aws::Client;
use landform_test_support::Scenario;
use landform_test_support::iam::permission;
use serde_json::json;

const REGIONS: [&str; 2] = ["eu-west-1", "us-east-1"];

fn scenario() -> Scenario {
    Scenario::new(configuration("account-baseline/step1")).in_regions(&REGIONS)
}

/// Gives the default VPC of a region an internet gateway, which AWS makes with it and the emulator does not.
fn complete_default_vpc(scenario: &Scenario, region: &str) {
    let call = |action: &str, parameters: &[(&str, &str)]| {
        scenario.client().query("ec2", region, scenario.account(), action, parameters).unwrap()
    };
    let vpcs = call("DescribeVpcs", &[]);
    let gateway = call("CreateInternetGateway", &[]);
    let ids = [("InternetGatewayId", text(&gateway, "internetGatewayId")), ("VpcId", text(&vpcs, "vpcId"))];
    call("AttachInternetGateway", &ids);
}

/// The text of the first element of this name.
fn text<'a>(xml: &'a str, element: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{element}>")).unwrap();
    rest.split('<').next().unwrap()
}

/// What EC2 answers in a region.
fn ec2(scenario: &Scenario, region: &str, action: &str) -> String {
    scenario.client().query("ec2", region, scenario.account(), action, &[]).unwrap()
}

#[test]
fn drift_in_one_region_is_seen_and_mended() {
    let scenario = scenario();
    scenario.apply();
    for region in REGIONS {
        let vpcs = scenario.client().query("ec2", region, scenario.account(), "DescribeVpcs", &[]).unwrap();
        assert!(!vpcs.contains("<isDefault>true"), "{vpcs}");
        assert!(ec2(&scenario, region, "GetSnapshotBlockPublicAccessState").contains("block-all-sharing"));
    }
    ec2(&scenario, "eu-west-1", "DisableEbsEncryptionByDefault");
    ec2(&scenario, "eu-west-1", "EnableSerialConsoleAccess");
    let plan = scenario.plan_has_changes().text();
    for line in ["eu-west-1: switch EBS encryption by default on", "eu-west-1: switch the serial console off"]
    {
        assert!(plan.contains(line), "{line:?} is not in:\n{plan}");
    }
    assert!(!plan.contains("us-east-1: "), "{plan}");
    scenario.apply();
    scenario.plan_is_empty();
    // What protects an account outlives the resource.
    let destroyed = scenario.destroy().text();
    assert!(destroyed.contains("keeps its settings"), "{destroyed}");
    assert!(ec2(&scenario, "eu-west-1", "GetEbsEncryptionByDefault").contains("true"));
}

#[test]
fn a_network_interface_keeps_its_default_vpc_and_everything_else_is_done() {
    let scenario = scenario();
    let subnets = ec2(&scenario, "eu-west-1", "DescribeSubnets");
    let subnet = text(&subnets, "subnetId");
    let made = scenario.client().query(
        "ec2",
        "eu-west-1",
        scenario.account(),
        "CreateNetworkInterface",
        &[("SubnetId", subnet), ("Description", "somebody's")],
    );
    let made = made.unwrap();
    let interface =
        made.split("<networkInterfaceId>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let refused = scenario.try_apply();
    assert_eq!(refused.code, 1, "{}", refused.text());
    for part in ["eu-west-1: could not remove the default", interface, "somebody's", "incomplete"] {
        assert!(refused.text().contains(part), "{part:?} is not in:\n{}", refused.text());
    }
    assert!(ec2(&scenario, "eu-west-1", "GetEbsEncryptionByDefault").contains("true"));
    assert!(!ec2(&scenario, "us-east-1", "DescribeVpcs").contains("<isDefault>true"));
    // Whoever uses it lets go; the next apply resumes and destroys nothing.
    let parameters = [("NetworkInterfaceId", interface)];
    scenario
        .client()
        .query("ec2", "eu-west-1", scenario.account(), "DeleteNetworkInterface", &parameters)
        .unwrap();
    scenario.apply();
    scenario.plan_is_empty();
}

/// A key of KMS in `us-east-1` of the account, by its ARN.
fn key(scenario: &Scenario) -> String {
    let made =
        scenario.client().json("kms", "TrentService", scenario.account(), "CreateKey", &json!({})).unwrap();
    made["KeyMetadata"]["Arn"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_for_new_volumes_is_set_and_kept() {
    let scenario = Scenario::new(configuration("account-baseline/key"));
    let key = key(&scenario);
    let scenario = scenario.variable("kms_key", &key);
    scenario.apply();
    scenario.plan_is_empty();
    assert_eq!(scenario.output("settings")["us-east-1"]["ebs_kms_key"], json!(key));
    assert!(ec2(&scenario, "us-east-1", "GetEbsDefaultKmsKeyId").contains(&key));
    ec2(&scenario, "us-east-1", "ResetEbsDefaultKmsKeyId");
    let plan = scenario.plan_has_changes().text();
    assert!(plan.contains(&format!("encrypt EBS volumes with {key} by default")), "{plan}");
    scenario.apply();
    scenario.plan_is_empty();
}

/// A declarative policy for EC2 and a policy for S3 on a member account; the baseline reports them and does not fight them.
#[test]
fn what_the_organization_enforces_is_told_and_left_to_it() {
    let scenario = Scenario::empty().in_regions(&REGIONS);
    let client = scenario.client();
    // The account of the scenario manages an organization, and a member is secured from there.
    let management = scenario.account();
    client.create_organization(management).unwrap();
    enforce(
        client,
        management,
        "DECLARATIVE_POLICY_EC2",
        &json!({ "ec2_attributes": {
            "serial_console_access": { "status": { "@@assign": "enabled" } },
            "snapshot_block_public_access": { "state": { "@@assign": "block_new_sharing" } },
        }}),
    );
    scenario.use_configuration(configuration("account-baseline/step1"));
    scenario.apply();
    scenario.plan_is_empty();
    let settings = scenario.output("settings");
    for region in REGIONS {
        let found = &settings[region];
        assert_eq!(found["serial_console"], true, "{found}");
        assert_eq!(found["block_public_snapshots"], "block-new-sharing");
        assert_eq!(found["enforced_by"]["serial_console"], "organization policy");
        assert_eq!(found["enforced_by"]["block_public_snapshots"], "organization policy");
        assert_eq!(found["enforced_by"]["block_public_images"], "account");
    }
}

/// Attaches a policy of this type to the root of the organization of `management`.
fn enforce(client: &Client, management: &str, kind: &str, content: &serde_json::Value) {
    let call =
        |action: &str, input: serde_json::Value| client.organizations(management, action, &input).unwrap();
    let root = call("ListRoots", json!({}))["Roots"][0]["Id"].as_str().unwrap().to_owned();
    call("EnablePolicyType", json!({ "RootId": root, "PolicyType": kind }));
    let policy =
        json!({ "Name": "baseline", "Description": "", "Type": kind, "Content": content.to_string() });
    let policy = call("CreatePolicy", policy)["Policy"]["PolicySummary"]["Id"].clone();
    call("AttachPolicy", json!({ "PolicyId": policy, "TargetId": root }));
}

/// No call of a plan or an apply is missing on the page, and none on the page is never made.
#[test]
fn the_published_policies_are_what_a_baseline_needs() {
    let scenario = scenario();
    let key = key(&scenario);
    let scenario = scenario.variable("kms_key", &key);
    complete_default_vpc(&scenario, "eu-west-1");
    let (read, write) = published("resources/account_baseline.md");
    let (mut planned, mut applied) = (Actions::new(), Actions::new());
    for step in ["step1", "step2", "step3", "step4", "key"] {
        scenario.use_configuration(configuration(&format!("account-baseline/{step}")));
        scenario.plan_has_changes();
        planned.extend(made(&scenario));
        scenario.apply();
        applied.extend(made(&scenario));
        scenario.plan_is_empty();
        planned.extend(made(&scenario));
    }
    scenario.destroy();
    applied.extend(made(&scenario));
    assert!(!ec2(&scenario, "eu-west-1", "DescribeInternetGateways").contains("<internetGatewayId>"));
    assert_eq!(planned.difference(&read).collect::<Vec<_>>(), [] as [&String; 0]);
    let all: Actions = read.union(&write).cloned().collect();
    let used: Actions = planned.union(&applied).cloned().collect();
    assert_eq!(used.difference(&all).collect::<Vec<_>>(), [] as [&String; 0]);
    // A create with tags is asked about it besides; it is no call of its own.
    let unseen = ["budgets:TagResource"];
    assert_eq!(all.difference(&used).collect::<Vec<_>>(), unseen);
}

/// The permissions that calls were asked for since the last look.
fn made(scenario: &Scenario) -> Actions {
    let calls = scenario.proxy().take_calls();
    calls.iter().filter(|call| call.service != "sts").map(permission).collect()
}
