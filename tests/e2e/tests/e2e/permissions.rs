//! The IAM policies on the reference page are what a network needs: no call is missing, and little is too much.

use super::configuration;
use landform_sandbox::aws::Kind;
use landform_test_support::Scenario;
use landform_test_support::scenario::TestBed;
use std::collections::BTreeSet;

type Actions = BTreeSet<String>;

/// The actions of the two policies on the page: for planning, and for applying besides.
fn published(page: &str) -> (Actions, Actions) {
    let page = std::fs::read_to_string(TestBed::workspace().join("docs").join(page)).unwrap();
    let mut policies = page.split("```json\n").skip(1).map(|rest| {
        let policy: serde_json::Value = serde_json::from_str(rest.split("```").next().unwrap()).unwrap();
        let actions = policy["Statement"][0]["Action"].as_array().unwrap().clone();
        actions.iter().map(|action| action.as_str().unwrap().to_owned()).collect()
    });
    (policies.next().unwrap(), policies.next().unwrap_or_default())
}

/// The EC2 actions since the last look.
fn made(scenario: &Scenario) -> Actions {
    let calls = scenario.proxy().take_calls().of_service("ec2");
    calls.actions().into_iter().map(|action| format!("ec2:{action}")).collect()
}

#[test]
fn the_published_policies_are_what_a_network_needs() {
    let (read, write) = published("resources/vpc.md");
    let scenario = Scenario::new(configuration("network/step1"));
    let (mut planned, mut applied) = (Actions::new(), Actions::new());
    let scenarios = ["network", "endpoints", "flow-logs"];
    let steps = scenarios.iter().flat_map(|name| (1..=3).map(move |number| format!("{name}/step{number}")));
    for step in steps {
        scenario.use_configuration(configuration(&step));
        scenario.plan();
        planned.extend(made(&scenario));
        scenario.apply();
        applied.extend(made(&scenario));
    }
    // What someone takes away, adds or moves is put right again.
    let inventory = scenario.inventory();
    let (network, _) = super::network_in_state(&scenario).unwrap();
    let vpc = network["id"].as_str().unwrap();
    let group = network["default_security_group_id"].as_str().unwrap();
    let acl = inventory.of(Kind::NetworkAcl).iter().find(|acl| acl.vpc.as_deref() == Some(vpc)).unwrap();
    let ec2 = |action: &str, parameters: &[(&str, &str)]| {
        scenario.client().query("ec2", "us-east-1", scenario.account(), action, parameters).unwrap();
    };
    let entry = [("NetworkAclId", acl.id.as_str()), ("RuleNumber", "100"), ("Egress", "false")];
    ec2("DeleteTags", &[("ResourceId.1", vpc), ("Tag.1.Key", "Name")]);
    ec2("CreateTags", &[("ResourceId.1", vpc), ("Tag.1.Key", "landform:odd"), ("Tag.1.Value", "x")]);
    ec2("DeleteNetworkAclEntry", &entry);
    let mut other = entry.to_vec();
    other[1].1 = "50";
    other.extend([("Protocol", "-1"), ("RuleAction", "deny"), ("CidrBlock", "192.0.2.0/24")]);
    ec2("CreateNetworkAclEntry", &other);
    let rule = [
        ("GroupId", group),
        ("IpPermissions.1.IpProtocol", "tcp"),
        ("IpPermissions.1.FromPort", "22"),
        ("IpPermissions.1.ToPort", "22"),
        ("IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"),
    ];
    ec2("AuthorizeSecurityGroupIngress", &rule);
    scenario.plan();
    planned.extend(made(&scenario));
    scenario.apply();
    applied.extend(made(&scenario));
    scenario.destroy();
    applied.extend(made(&scenario));

    let unplanned: Actions = planned.difference(&read).cloned().collect();
    assert!(unplanned.is_empty(), "a plan made calls that its policy does not allow: {unplanned:?}");
    let allowed: Actions = read.union(&write).cloned().collect();
    let forbidden: Actions = applied.difference(&allowed).cloned().collect();
    assert!(forbidden.is_empty(), "an apply made calls that its policy does not allow: {forbidden:?}");
    let unused: Actions = allowed.difference(&applied.union(&planned).cloned().collect()).cloned().collect();
    // A subnet that someone moved to another route table, and who blocks a deletion: tested over the AWS in the process.
    let elsewhere = ["ec2:DescribeNetworkInterfaces", "ec2:ReplaceRouteTableAssociation"];
    assert_eq!(unused.iter().map(String::as_str).collect::<Vec<_>>(), elsewhere);
}

/// Routes of the user's own lead to what others made, with the actions that a network without them needs.
#[test]
fn routes_to_other_networks_need_no_more() {
    let (read, write) = published("resources/vpc.md");
    let scenario = Scenario::new(configuration("routes"));
    let client = scenario.client();
    let made_by_others = client
        .query("ec2", "us-east-1", scenario.account(), "CreateVpnGateway", &[("Type", "ipsec.1")])
        .unwrap();
    let id = made_by_others.split("<vpnGatewayId>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let scenario = scenario.variable("via", &id);
    scenario.proxy().take_calls();
    scenario.apply();
    scenario.plan_is_empty();
    let calls = made(&scenario);
    assert!(calls.contains("ec2:CreateRoute"), "{calls:?}");
    assert!(calls.iter().all(|action| read.contains(action) || write.contains(action)), "{calls:?}");
    let scenario = scenario.variable("routed", "false");
    scenario.apply();
    scenario.plan_is_empty();
    assert!(made(&scenario).contains("ec2:DeleteRoute"));
    scenario.destroy();
    scenario.nothing_left();
}
