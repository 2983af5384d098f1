//! The fault table: whatever goes wrong, the next apply ends with exactly what is declared.
//!
//! The rows are data, in `landform_test_support::faults`; `cargo run -p landform-bench -- faults` prints them.

mod determinism;

use super::permissions::published;
use landform_test_support::faults::{cases, run_all, text};
use std::collections::BTreeSet;

/// Actions of the published policies that no case meets, each with its reason.
const NOT_MET: [(&str, &str); 29] = [
    ("ec2:AssociateNatGatewayAddress", REGIONAL),
    ("ec2:AssociateSubnetCidrBlock", IPV6),
    ("ec2:CreateEgressOnlyInternetGateway", IPV6),
    ("ec2:CreateNetworkAcl", ACL),
    ("ec2:CreateVpcBlockPublicAccessExclusion", CONTROL),
    ("ec2:CreateVpcEncryptionControl", CONTROL),
    ("ec2:DeleteEgressOnlyInternetGateway", IPV6),
    ("ec2:DeleteNetworkAcl", ACL),
    ("ec2:DeleteNetworkInterface", SWEEP),
    ("ec2:DeleteRoute", "of a route that goes while its table stays: over the AWS in the process"),
    ("ec2:DeleteVpcBlockPublicAccessExclusion", CONTROL),
    ("ec2:DeleteVpcEncryptionControl", CONTROL),
    ("ec2:DescribeEgressOnlyInternetGateways", IPV6),
    ("ec2:DescribeNetworkInterfaces", "asked only when a deletion is blocked, and allowed to fail then"),
    ("ec2:DescribeVpcBlockPublicAccessExclusions", CONTROL),
    ("ec2:DescribeVpcBlockPublicAccessOptions", CONTROL),
    ("ec2:DescribeVpcEncryptionControls", CONTROL),
    ("ec2:DisassociateNatGatewayAddress", REGIONAL),
    ("ec2:DisassociateSubnetCidrBlock", IPV6),
    ("ec2:ModifyVpcBlockPublicAccessExclusion", CONTROL),
    ("ec2:ModifyVpcEncryptionControl", CONTROL),
    ("ec2:ReplaceNetworkAclAssociation", ACL),
    ("ec2:ReplaceRouteTableAssociation", "of a subnet that someone moved: over the AWS in the process"),
    ("elasticloadbalancing:DeleteLoadBalancer", SWEEP),
    ("elasticloadbalancing:DescribeLoadBalancers", SWEEP),
    ("elasticloadbalancing:DescribeTags", SWEEP),
    ("iam:PassRole", "checked by AWS where a flow log has a role, and no call of its own"),
    ("logs:CreateLogDelivery", "checked by AWS where a flow log goes to a bucket, and no call of its own"),
    ("logs:DeleteLogDelivery", "checked by AWS where a flow log goes to a bucket, and no call of its own"),
];

const REGIONAL: &str = "of regional NAT gateways, which the emulator lacks";
const CONTROL: &str = "of block public access and encryption controls, which the emulator lacks";
const IPV6: &str = "of networks with IPv6: over the AWS in the process";
const SWEEP: &str = "of what Kubernetes has left: over the AWS in the process";
const ACL: &str = "of a network ACL for data: over the AWS in the process";

#[test]
fn every_case_keeps_every_invariant() {
    let outcomes = run_all(&cases(), 4, &|outcome| {
        eprintln!("{:>5.1} s  {}", outcome.took.as_secs_f64(), outcome.case.name());
    });
    let met: BTreeSet<String> =
        outcomes.iter().flat_map(|outcome| &outcome.met).map(|action| format!("ec2:{action}")).collect();
    let broken: Vec<_> = outcomes.into_iter().filter(|outcome| !outcome.is_clean()).collect();
    assert!(broken.is_empty(), "\n{}", text(&broken));

    let (read, write) = published("resources/vpc.md");
    let never: Vec<&String> = read.union(&write).filter(|action| !met.contains(*action)).collect();
    assert_eq!(never, NOT_MET.map(|(action, _)| action), "actions that no case meets");
}
