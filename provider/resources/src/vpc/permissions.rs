//! What AWS must allow for a network: the smallest IAM policies, for the reference pages.
//!
//! The end-to-end tests compare these lists with the calls that were made.

use landform_framework::docs::{Permissions, Statement};
use landform_model::ownership::STACK_TAG;

/// Reads of every plan of a network, and of finding what blocks its deletion.
/// See [actions of EC2](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html).
const READ_NETWORK: [&str; 19] = [
    "ec2:DescribeAddresses",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeEgressOnlyInternetGateways",
    "ec2:DescribeFlowLogs",
    "ec2:DescribeInternetGateways",
    "ec2:DescribeNatGateways",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcBlockPublicAccessExclusions",
    "ec2:DescribeVpcBlockPublicAccessOptions",
    "ec2:DescribeVpcEncryptionControls",
    "ec2:DescribeVpcEndpoints",
    "ec2:DescribeVpcs",
];

/// What makes an object with its tags in the same call, and the kind of the object in EC2's ARNs.
const MAKE: [(&str, &str); 14] = [
    ("ec2:AllocateAddress", "elastic-ip"),
    ("ec2:CreateDhcpOptions", "dhcp-options"),
    ("ec2:CreateEgressOnlyInternetGateway", "egress-only-internet-gateway"),
    ("ec2:CreateFlowLogs", "vpc-flow-log"),
    ("ec2:CreateInternetGateway", "internet-gateway"),
    ("ec2:CreateNatGateway", "natgateway"),
    ("ec2:CreateNetworkAcl", "network-acl"),
    ("ec2:CreateRouteTable", "route-table"),
    ("ec2:CreateSecurityGroup", "security-group"),
    ("ec2:CreateSubnet", "subnet"),
    ("ec2:CreateVpc", "vpc"),
    ("ec2:CreateVpcBlockPublicAccessExclusion", "vpc-block-public-access-exclusion"),
    ("ec2:CreateVpcEncryptionControl", "vpc-encryption-control"),
    ("ec2:CreateVpcEndpoint", "vpc-endpoint"),
];

/// Changes of what carries our tags, and what is made inside it.
const CHANGE_OURS: [&str; 52] = [
    "ec2:AssociateDhcpOptions",
    "ec2:AssociateNatGatewayAddress",
    "ec2:AssociateRouteTable",
    "ec2:AssociateSubnetCidrBlock",
    "ec2:AssociateVpcCidrBlock",
    "ec2:AttachInternetGateway",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateEgressOnlyInternetGateway",
    "ec2:CreateFlowLogs",
    "ec2:CreateNatGateway",
    "ec2:CreateNetworkAcl",
    "ec2:CreateNetworkAclEntry",
    "ec2:CreateRoute",
    "ec2:CreateRouteTable",
    "ec2:CreateSecurityGroup",
    "ec2:CreateSubnet",
    "ec2:CreateTags",
    "ec2:CreateVpcBlockPublicAccessExclusion",
    "ec2:CreateVpcEncryptionControl",
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteDhcpOptions",
    "ec2:DeleteEgressOnlyInternetGateway",
    "ec2:DeleteFlowLogs",
    "ec2:DeleteInternetGateway",
    "ec2:DeleteNatGateway",
    "ec2:DeleteNetworkAcl",
    "ec2:DeleteNetworkAclEntry",
    "ec2:DeleteRoute",
    "ec2:DeleteRouteTable",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteSubnet",
    "ec2:DeleteTags",
    "ec2:DeleteVpc",
    "ec2:DeleteVpcBlockPublicAccessExclusion",
    "ec2:DeleteVpcEncryptionControl",
    "ec2:DeleteVpcEndpoints",
    "ec2:DetachInternetGateway",
    "ec2:DisassociateNatGatewayAddress",
    "ec2:DisassociateRouteTable",
    "ec2:DisassociateSubnetCidrBlock",
    "ec2:DisassociateVpcCidrBlock",
    "ec2:ModifySubnetAttribute",
    "ec2:ModifyVpcAttribute",
    "ec2:ModifyVpcBlockPublicAccessExclusion",
    "ec2:ModifyVpcEncryptionControl",
    "ec2:ModifyVpcEndpoint",
    "ec2:ReleaseAddress",
    "ec2:ReplaceNetworkAclAssociation",
    "ec2:ReplaceRoute",
    "ec2:ReplaceRouteTableAssociation",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
];

/// Uses of what a network does not own: addresses, security groups and IPAM pools of the user, AWS's set of DHCP options.
const BORROW: [&str; 7] = [
    "ec2:AssociateDhcpOptions",
    "ec2:AssociateNatGatewayAddress",
    "ec2:AssociateVpcCidrBlock",
    "ec2:CreateNatGateway",
    "ec2:CreateVpc",
    "ec2:CreateVpcEndpoint",
    "ec2:ModifyVpcEndpoint",
];

/// Changes of the security group and network ACL that AWS makes with each VPC, without tags; a subnet goes back under that ACL.
const LOCK: [&str; 5] = [
    "ec2:CreateNetworkAclEntry",
    "ec2:DeleteNetworkAclEntry",
    "ec2:ReplaceNetworkAclAssociation",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
];

/// Deletions of what controllers of Kubernetes have left, which carries their tags and not ours.
const SWEEP: [&str; 5] = [
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteSecurityGroup",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
];

/// Kinds that hold objects of other kinds, each with the name of its statement. That a call brings our tags must allow it to make
/// one of these, and not to put something into one of somebody else's: so each has a statement with the one action that makes it.
const HOLD_OTHERS: [(&str, &str); 4] = [
    ("MakeVpc", "vpc"),
    ("MakeSubnet", "subnet"),
    ("MakeRouteTable", "route-table"),
    ("MakeSecurityGroup", "security-group"),
];

/// What reading a network needs, in a data source too.
pub(crate) fn read() -> Permissions {
    Permissions { read: READ_NETWORK.map(str::to_owned).into(), ..Permissions::default() }
}

/// What managing a network needs.
///
/// Where an action is checked for several resources, each needs a statement that allows it: `CreateSubnet` for the subnet, by the
/// tags of the request, and for the VPC, by those that it carries.
pub(super) fn manage() -> Permissions {
    let stack = |key: &str| ("StringEquals", format!("aws:{key}/{STACK_TAG}"), vec!["STACK".to_owned()]);
    let made_by = MAKE.map(|(action, _)| action.trim_start_matches("ec2:").to_owned());
    let holds_others = |kind: &str| HOLD_OTHERS.iter().any(|(_, other)| *other == kind);
    let mut write: Vec<Statement> = Vec::new();
    for (name, kind) in HOLD_OTHERS {
        let actions = MAKE.iter().filter(|(_, made)| *made == kind).map(|(action, _)| *action);
        write.push(Statement {
            resources: arns(&[kind]),
            conditions: vec![stack("RequestTag")],
            ..Statement::new(name, actions)
        });
    }
    let rest = || MAKE.iter().filter(|(_, kind)| !holds_others(kind));
    write.push(Statement {
        resources: arns(&rest().map(|(_, kind)| *kind).collect::<Vec<_>>()),
        conditions: vec![stack("RequestTag")],
        ..Statement::new("MakeTagged", rest().map(|(action, _)| *action))
    });
    write.extend([
        Statement {
            conditions: vec![("StringEquals", "ec2:CreateAction".to_owned(), made_by.into())],
            ..Statement::new("TagWhatIsMade", ["ec2:CreateTags"])
        },
        Statement { conditions: vec![stack("ResourceTag")], ..Statement::new("ChangeOurs", CHANGE_OURS) },
        Statement {
            resources: arns(&["dhcp-options", "elastic-ip", "ipam-pool", "security-group"]),
            ..Statement::new("Borrow", BORROW)
        },
        Statement {
            resources: arns(&["network-acl", "security-group"]),
            ..Statement::new("LockDefaults", LOCK)
        },
        Statement::new("Sweep", SWEEP),
        Statement::new("DeliverFlowLogs", ["logs:CreateLogDelivery", "logs:DeleteLogDelivery"]),
        Statement {
            conditions: vec![(
                "StringEquals",
                "iam:PassedToService".to_owned(),
                vec!["vpc-flow-logs.amazonaws.com".to_owned()],
            )],
            ..Statement::new("PassFlowLogRole", ["iam:PassRole"])
        },
    ]);
    Permissions { write, note: NOTE.to_owned(), ..read() }
}

const NOTE: &str = "For `STACK` write the provider's `stack`, or patterns with `StringLike`. What does not carry the tags of the \
                    stack cannot be changed or deleted, but for the two defaults that AWS makes with a VPC and never tags. \
                    `DeliverFlowLogs` and `PassFlowLogRole` are for networks with `flow_logs` \
                    ([why](https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html)); the role can be \
                    named as the resource, and `Sweep` for those with `sweep_on_destroy`. The apply that takes in a network of others tags what has no tags yet: allow it \
                    `ec2:CreateTags` on everything.";

/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies>
fn arns(kinds: &[&str]) -> Vec<String> {
    kinds.iter().map(|kind| format!("arn:aws:ec2:*:*:{kind}/*")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever may make something must be able to tag it, or AWS refuses the create.
    #[test]
    fn what_is_made_can_be_tagged_and_taken_away() {
        let write = manage().write;
        let tagged = write.iter().find(|it| it.name == "TagWhatIsMade").unwrap();
        for (action, kind) in MAKE {
            let arn = format!("arn:aws:ec2:*:*:{kind}/*");
            let makes =
                |it: &&Statement| it.name.starts_with("Make") && it.actions.iter().any(|it| it == action);
            let [statement] = <[_; 1]>::try_from(write.iter().filter(makes).collect::<Vec<_>>()).unwrap();
            assert!(statement.resources.contains(&arn), "{kind}");
            assert!(tagged.conditions[0].2.contains(&action["ec2:".len()..].to_owned()), "{action}");
        }
    }

    #[test]
    fn a_call_with_our_tags_puts_nothing_into_what_is_somebody_elses() {
        for statement in manage().write.iter().filter(|it| it.name.starts_with("Make")) {
            let holds = |kind: &str| statement.resources.contains(&format!("arn:aws:ec2:*:*:{kind}/*"));
            if HOLD_OTHERS.iter().any(|(_, kind)| holds(kind)) {
                assert_eq!((statement.actions.len(), statement.resources.len()), (1, 1), "{statement:?}");
            }
        }
    }

    #[test]
    fn only_loans_and_defaults_are_touched_without_our_tags() {
        let of = |name: &str| manage().write.into_iter().find(|it| it.name == name).unwrap();
        for statement in manage().write.iter().filter(|it| it.conditions.is_empty()) {
            assert!(
                ["Borrow", "LockDefaults", "Sweep", "DeliverFlowLogs"].contains(&statement.name),
                "{}",
                statement.name
            );
            assert!(
                !statement
                    .actions
                    .iter()
                    .any(|action| ["ec2:CreateTags", "ec2:DeleteTags"].contains(&action.as_str())),
                "{statement:?}"
            );
        }
        assert!(!of("Borrow").actions.iter().any(|action| action.starts_with("ec2:Delete")));
        let kinds: Vec<String> = of("LockDefaults").resources;
        assert_eq!(kinds, ["arn:aws:ec2:*:*:network-acl/*", "arn:aws:ec2:*:*:security-group/*"]);
    }
}
