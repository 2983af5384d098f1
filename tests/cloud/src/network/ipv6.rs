//! IPv6 blocks of VPCs and subnets, and egress-only internet gateways.

use super::*;

impl InProcessNetwork {
    /// The block can be used at the second look; the default network ACL gets AWS's two entries for IPv6.
    /// <https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html>
    pub(super) fn associate_ipv6_block(&self, vpc: &VpcId) -> Result<()> {
        const OPERATION: &str = "AssociateVpcCidrBlock";
        self.call(OPERATION, vpc.as_str(), |world, new_id| {
            let number = world.vpcs.iter().position(|it| it.id == *vpc);
            let number = number.ok_or_else(|| absent(OPERATION, "InvalidVpcID.NotFound", vpc))?;
            let it = &mut world.vpcs[number];
            if it.ipv6_block.is_some() {
                let text = "The VPC has an Amazon-provided IPv6 block already";
                return Err(refuse(ErrorKind::Quota, OPERATION, "CidrLimitExceeded", text));
            }
            it.ipv6_block = Some(Ipv6Block { id: id(&new_id("vpc-cidr-assoc-")), cidr: None });
            if let Some(acl) = world.network_acls.get_mut(vpc.as_str()) {
                acl.entries.extend([Direction::Ingress, Direction::Egress].map(|direction| {
                    NetworkAclEntry {
                        direction,
                        number: 101,
                        allow: true,
                        protocol: "-1".into(),
                        cidr: "::/0".into(),
                        ports: None,
                    }
                }));
            }
            Ok(())
        })
    }

    pub(super) fn associate_subnet_ipv6_block(
        &self,
        subnet: &SubnetId,
        cidr: &Ipv6Cidr,
    ) -> Result<SubnetIpv6Block> {
        const OPERATION: &str = "AssociateSubnetCidrBlock";
        self.call(OPERATION, subnet.as_str(), |world, new_id| {
            let it = world.subnets.iter().find(|it| it.id == *subnet);
            let it = it.ok_or_else(|| absent(OPERATION, "InvalidSubnetID.NotFound", subnet))?;
            if it.ipv6_block.is_some() {
                let text = "The subnet has an IPv6 block already";
                return Err(refuse(ErrorKind::Quota, OPERATION, "SubnetCidrLimitExceeded", text));
            }
            let block = subnet_block(world, OPERATION, &it.vpc.clone(), cidr, new_id)?;
            for it in world.subnets.iter_mut().filter(|it| it.id == *subnet) {
                it.ipv6_block = Some(block.clone());
            }
            Ok(block)
        })
    }

    pub(super) fn disassociate_subnet_ipv6_block(&self, block: &SubnetCidrAssociationId) -> Result<()> {
        const OPERATION: &str = "DisassociateSubnetCidrBlock";
        self.call(OPERATION, block.as_str(), |world, _| {
            let has = |it: &&mut Subnet| it.ipv6_block.as_ref().is_some_and(|it| it.id == *block);
            for it in world.subnets.iter_mut().filter(has) {
                // What gives out addresses of a block keeps it.
                if it.ipv6_address_on_launch || it.dns64 {
                    return Err(in_use(OPERATION, block));
                }
                it.ipv6_block = None;
            }
            Ok(())
        })
    }

    pub(super) fn set_ipv6_address_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.set_subnet_attribute(subnet, |it| it.ipv6_address_on_launch = enabled)
    }

    pub(super) fn set_dns64(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.set_subnet_attribute(subnet, |it| it.dns64 = enabled)
    }

    fn set_subnet_attribute(&self, subnet: &SubnetId, set: impl FnOnce(&mut Subnet)) -> Result<()> {
        const OPERATION: &str = "ModifySubnetAttribute";
        self.call(OPERATION, subnet.as_str(), |world, _| {
            let it = world.subnets.iter_mut().find(|it| it.id == *subnet);
            let it = it.ok_or_else(|| absent(OPERATION, "InvalidSubnetID.NotFound", subnet))?;
            if it.ipv6_block.is_none() {
                let text = "The subnet has no IPv6 block";
                return Err(refuse(ErrorKind::Invalid, OPERATION, "InvalidParameterValue", text));
            }
            set(it);
            Ok(())
        })
    }

    pub(super) fn egress_only_internet_gateways(
        &self,
        tags: &Tags,
    ) -> Result<Vec<EgressOnlyInternetGateway>> {
        self.call("DescribeEgressOnlyInternetGateways", child(tags), |world, _| {
            let all = world.egress_only_internet_gateways.iter();
            Ok(all.filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_egress_only_internet_gateway(
        &self,
        vpc: &VpcId,
        tags: &Tags,
        token: &str,
    ) -> Result<EgressOnlyInternetGateway> {
        const OPERATION: &str = "CreateEgressOnlyInternetGateway";
        self.call(OPERATION, child(tags), |world, new_id| {
            let parameters = format!("{vpc} {tags:?}");
            let known = world.tokens.answered(OPERATION, token, &parameters)?;
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent(OPERATION, "InvalidVpcID.NotFound", vpc));
            }
            let gateway = EgressOnlyInternetGateway {
                id: id(&known.clone().unwrap_or_else(|| new_id("eigw-"))),
                vpc: Some(vpc.clone()),
                tags: tags.clone(),
            };
            // The answer to a token is repeated, also when its object has been deleted since.
            if known.is_some() {
                return Ok(gateway);
            }
            world.tokens.remember(OPERATION, token, parameters, &gateway.id);
            world.egress_only_internet_gateways.push(gateway.clone());
            Ok(gateway)
        })
    }

    pub(super) fn delete_egress_only_internet_gateway(
        &self,
        gateway: &EgressOnlyInternetGatewayId,
    ) -> Result<()> {
        self.call("DeleteEgressOnlyInternetGateway", gateway.as_str(), |world, _| {
            world.egress_only_internet_gateways.retain(|it| it.id != *gateway);
            for route in world.route_tables.iter_mut().flat_map(|it| &mut it.routes) {
                if route.target == RouteTarget::EgressOnlyInternetGateway(gateway.clone()) {
                    route.active = false;
                }
            }
            Ok(())
        })
    }
}

/// The block that AWS gives a VPC: another one for each.
pub(super) fn of_vpc(vpc: &VpcId) -> Ipv6Cidr {
    let number = u64::from_str_radix(vpc.as_str().trim_start_matches("vpc-"), 16).unwrap_or_default();
    let amazons: Ipv6Cidr = "2600:1f00::/24".parse().unwrap_or(Ipv6Cidr::ANYWHERE);
    amazons.subnet(56, number % 65_536).unwrap_or(Ipv6Cidr::ANYWHERE)
}

/// A block of a new or of an existing subnet: a /64 of the VPC's block that no other subnet has.
pub(super) fn subnet_block(
    world: &World,
    operation: &'static str,
    vpc: &VpcId,
    cidr: &Ipv6Cidr,
    new_id: NewId<'_>,
) -> Result<SubnetIpv6Block> {
    let of_vpc = world.vpcs.iter().find(|it| it.id == *vpc).and_then(|it| it.ipv6_block.as_ref()?.cidr);
    if cidr.prefix_len() != 64 || !of_vpc.is_some_and(|block| block.contains(cidr)) {
        let text = format!("The CIDR '{cidr}' is invalid");
        return Err(refuse(ErrorKind::Invalid, operation, "InvalidSubnet.Range", text));
    }
    let mut others = world.subnets.iter().filter(|it| it.vpc == *vpc).filter_map(|it| it.ipv6_block.as_ref());
    if others.any(|it| it.cidr == *cidr) {
        let text = format!("The CIDR '{cidr}' conflicts with another subnet");
        return Err(refuse(ErrorKind::AlreadyExists, operation, "InvalidSubnet.Conflict", text));
    }
    Ok(SubnetIpv6Block { id: id(&new_id("subnet-cidr-assoc-")), cidr: *cidr })
}
