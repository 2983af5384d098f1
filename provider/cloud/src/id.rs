//! AWS's ids as types, so that a subnet's id cannot be given where a VPC's is wanted.

use std::fmt;
use std::str::FromStr;

/// A text that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{given}\" is not the id of {kind}: it must look like \"{prefix}0123456789abcdef0\"")]
pub struct IdError {
    given: String,
    kind: &'static str,
    prefix: &'static str,
}

/// Letters, digits and `_`; those of organizational units have `-` between.
fn is_id(rest: &str) -> bool {
    rest.split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The id as AWS writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                match text.strip_prefix($prefix) {
                    Some(rest) if is_id(rest) => Ok(Self(text.into())),
                    _ => Err(IdError { given: text.into(), kind: $kind, prefix: $prefix }),
                }
            }
        }
    };
}

id!(/// A VPC.
    VpcId, "vpc-", "a VPC");
id!(/// A subnet.
    SubnetId, "subnet-", "a subnet");
id!(/// An internet gateway.
    InternetGatewayId, "igw-", "an internet gateway");
id!(/// A NAT gateway.
    NatGatewayId, "nat-", "a NAT gateway");
id!(/// The allocation of an Elastic IP address.
    AllocationId, "eipalloc-", "an Elastic IP address");
id!(/// A route table.
    RouteTableId, "rtb-", "a route table");
id!(/// The association of a route table with a subnet.
    RouteTableAssociationId, "rtbassoc-", "a route table association");
id!(/// The association of an Elastic IP address with what uses it.
    AddressAssociationId, "eipassoc-", "the association of an Elastic IP address");
id!(/// The association of a further block with a VPC.
    CidrAssociationId, "vpc-cidr-assoc-", "a block of a VPC");
id!(/// The association of an IPv6 block with a subnet.
    SubnetCidrAssociationId, "subnet-cidr-assoc-", "a block of a subnet");
id!(/// An egress-only internet gateway.
    EgressOnlyInternetGatewayId, "eigw-", "an egress-only internet gateway");
id!(/// A VPC endpoint.
    VpcEndpointId, "vpce-", "a VPC endpoint");
id!(/// A set of DHCP options.
    DhcpOptionsId, "dopt-", "a set of DHCP options");
id!(/// A flow log.
    FlowLogId, "fl-", "a flow log");
id!(/// A security group.
    SecurityGroupId, "sg-", "a security group");
id!(/// A network ACL.
    NetworkAclId, "acl-", "a network ACL");
id!(/// The association of a network ACL with a subnet.
    NetworkAclAssociationId, "aclassoc-", "a network ACL association");
id!(/// The exclusion of a VPC from block public access.
    BlockPublicAccessExclusionId, "vpcbpa-exclude-", "an exclusion from block public access");
id!(/// The encryption control of a VPC.
    EncryptionControlId, "vpcec-", "an encryption control");
id!(/// An organization.
    OrganizationId, "o-", "an organization");
id!(/// The root of an organization's tree.
    RootId, "r-", "the root of an organization");
id!(/// An organizational unit.
    OrganizationalUnitId, "ou-", "an organizational unit");
id!(/// A policy of an organization. AWS's own have names, such as `p-FullAWSAccess`.
    PolicyId, "p-", "a policy of an organization");
id!(/// The request to make an account.
    CreateAccountRequestId, "car-", "a request to make an account");

impl PolicyId {
    /// The policy of AWS that allows everything: the service control policy that every target begins with.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    pub fn full_access() -> Self {
        Self("p-FullAWSAccess".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused_with_the_form_wanted() {
        let error = "subnet-0a1b2c".parse::<VpcId>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"subnet-0a1b2c\" is not the id of a VPC: it must look like \"vpc-0123456789abcdef0\""
        );
        assert!("vpc-".parse::<VpcId>().is_err());
        assert!("vpc-1/../2".parse::<VpcId>().is_err());
        assert!("ou-ab12-".parse::<OrganizationalUnitId>().is_err());
        assert!("ou-ab12-cd34ef56".parse::<OrganizationalUnitId>().is_ok());
        assert!("p-FullAWSAccess".parse::<PolicyId>().is_ok());
        assert_eq!("vpc-0a1b".parse::<VpcId>().unwrap().to_string(), "vpc-0a1b");
    }
}
