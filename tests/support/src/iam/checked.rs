//! What EC2 checks of each action: the kind that it makes, and the kinds of what it names.
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html>

/// What is checked of one action.
pub(super) struct Checked {
    pub(super) action: &'static str,
    /// The kind of what the call makes, in the words of ARNs.
    pub(super) makes: Option<&'static str>,
    /// The kinds of what the call names and that each need a statement.
    pub(super) names: &'static [&'static str],
}

const fn makes(action: &'static str, kind: &'static str, names: &'static [&'static str]) -> Checked {
    Checked { action, makes: Some(kind), names }
}

const fn names(action: &'static str, names: &'static [&'static str]) -> Checked {
    Checked { action, makes: None, names }
}

/// Every action that changes something and that tests let pass. One that is missing is denied.
const CHECKED: &[Checked] = &[
    makes("AllocateAddress", "elastic-ip", &[]),
    makes("CreateDhcpOptions", "dhcp-options", &[]),
    makes("CreateFlowLogs", "vpc-flow-log", &["vpc", "subnet"]),
    makes("CreateInternetGateway", "internet-gateway", &[]),
    makes("CreateNatGateway", "natgateway", &["elastic-ip", "subnet", "vpc"]),
    makes("CreateNetworkAcl", "network-acl", &["vpc"]),
    makes("CreateRouteTable", "route-table", &["vpc"]),
    makes("CreateSecurityGroup", "security-group", &["vpc"]),
    makes("CreateSubnet", "subnet", &["vpc"]),
    makes("CreateVpc", "vpc", &["ipam-pool"]),
    makes("CreateVpcEndpoint", "vpc-endpoint", &["vpc", "route-table", "security-group", "subnet"]),
    names("AssociateDhcpOptions", &["dhcp-options", "vpc"]),
    names("AssociateNatGatewayAddress", &["elastic-ip", "natgateway"]),
    names("AssociateRouteTable", &["route-table", "subnet"]),
    names("AssociateVpcCidrBlock", &["vpc", "ipam-pool"]),
    names("AttachInternetGateway", &["internet-gateway", "vpc"]),
    names("AuthorizeSecurityGroupIngress", &["security-group"]),
    names("CreateNetworkAclEntry", &["network-acl"]),
    names("CreateRoute", &["route-table"]),
    names("CreateTags", KINDS_WITH_TAGS),
    names("DeleteDhcpOptions", &["dhcp-options"]),
    names("DeleteFlowLogs", &["vpc-flow-log"]),
    names("DeleteInternetGateway", &["internet-gateway"]),
    names("DeleteNatGateway", &["natgateway"]),
    names("DeleteNetworkAcl", &["network-acl"]),
    names("DeleteNetworkAclEntry", &["network-acl"]),
    names("DeleteRoute", &["route-table"]),
    names("DeleteRouteTable", &["route-table"]),
    names("DeleteSecurityGroup", &["security-group"]),
    names("DeleteSubnet", &["subnet"]),
    names("DeleteTags", KINDS_WITH_TAGS),
    names("DeleteVpc", &["vpc"]),
    names("DeleteVpcEndpoints", &["vpc-endpoint"]),
    names("DetachInternetGateway", &["internet-gateway", "vpc"]),
    names("DisassociateNatGatewayAddress", &["natgateway"]),
    names("DisassociateRouteTable", &["route-table", "subnet"]),
    names("DisassociateVpcCidrBlock", &["vpc"]),
    names("ModifySubnetAttribute", &["subnet"]),
    names("ModifyVpcAttribute", &["vpc"]),
    names("ModifyVpcEndpoint", &["vpc-endpoint", "route-table", "security-group", "subnet"]),
    names("ReleaseAddress", &["elastic-ip"]),
    names("ReplaceNetworkAclAssociation", &["network-acl", "subnet"]),
    names("ReplaceRoute", &["route-table"]),
    names("ReplaceRouteTableAssociation", &["route-table", "subnet"]),
    names("RevokeSecurityGroupEgress", &["security-group"]),
    names("RevokeSecurityGroupIngress", &["security-group"]),
];

/// What tags can be put on.
const KINDS_WITH_TAGS: &[&str] = &[
    "dhcp-options",
    "elastic-ip",
    "internet-gateway",
    "natgateway",
    "network-acl",
    "route-table",
    "security-group",
    "subnet",
    "vpc",
    "vpc-endpoint",
    "vpc-flow-log",
];

/// How ids of a kind begin.
const PREFIXES: &[(&str, &str)] = &[
    ("acl", "network-acl"),
    ("dopt", "dhcp-options"),
    ("eipalloc", "elastic-ip"),
    ("fl", "vpc-flow-log"),
    ("igw", "internet-gateway"),
    ("ipam-pool", "ipam-pool"),
    ("nat", "natgateway"),
    ("rtb", "route-table"),
    ("sg", "security-group"),
    ("subnet", "subnet"),
    ("vpc", "vpc"),
    ("vpce", "vpc-endpoint"),
];

pub(super) fn checked(action: &str) -> Option<&'static Checked> {
    CHECKED.iter().find(|checked| checked.action == action)
}

/// The kind of the object with this id; none for ids of associations, which are no resources.
pub(super) fn kind(id: &str) -> Option<&'static str> {
    let (prefix, _) = id.rsplit_once('-')?;
    PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, kind)| *kind)
}
