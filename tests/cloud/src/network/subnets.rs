//! Subnets.

use super::*;

impl InProcessNetwork {
    pub(super) fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>> {
        self.call("DescribeSubnets", child(tags), |world, _| {
            Ok(world.subnets.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        ipv6: Option<&Ipv6Cidr>,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet> {
        self.call("CreateSubnet", child(tags), |world, new_id| {
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent("CreateSubnet", "InvalidVpcID.NotFound", vpc));
            }
            let inside = world.vpcs.iter().filter(|it| it.id == *vpc).any(|it| {
                let further = it.secondary_blocks.iter().filter(|block| block.associated);
                it.cidr.contains(cidr) || further.into_iter().any(|block| block.cidr.contains(cidr))
            });
            if !inside {
                let text = format!("The CIDR '{cidr}' is invalid");
                return Err(refuse(ErrorKind::Invalid, "CreateSubnet", "InvalidSubnet.Range", text));
            }
            if world.subnets.iter().any(|it| it.vpc == *vpc && it.cidr.overlaps(cidr)) {
                let text = format!("The CIDR '{cidr}' conflicts with another subnet");
                return Err(refuse(ErrorKind::AlreadyExists, "CreateSubnet", "InvalidSubnet.Conflict", text));
            }
            let ipv6_block = match ipv6 {
                Some(cidr) => Some(super::ipv6::subnet_block(world, "CreateSubnet", vpc, cidr, new_id)?),
                None => None,
            };
            let subnet = Subnet {
                id: id(&new_id("subnet-")),
                vpc: vpc.clone(),
                cidr: *cidr,
                zone: zone.clone(),
                public_ip_on_launch: false,
                ipv6_block,
                ipv6_address_on_launch: false,
                dns64: false,
                tags: tags.clone(),
            };
            super::network_acls::adopt(world, vpc, &subnet.id, new_id);
            world.subnets.push(subnet.clone());
            Ok(subnet)
        })
    }

    pub(super) fn set_public_ip_on_launch(&self, subnet: &SubnetId, enabled: bool) -> Result<()> {
        self.call("ModifySubnetAttribute", subnet.as_str(), |world, _| {
            let it = world.subnets.iter_mut().find(|it| it.id == *subnet);
            let it = it.ok_or_else(|| absent("ModifySubnetAttribute", "InvalidSubnetID.NotFound", subnet))?;
            it.public_ip_on_launch = enabled;
            Ok(())
        })
    }

    pub(super) fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        self.call("DeleteSubnet", subnet.as_str(), |world, _| {
            let living =
                |it: &NatGateway| it.subnet.as_ref() == Some(subnet) && it.state != NatGatewayState::Deleted;
            let foreign = |it: &NetworkInterface| it.subnet.as_ref() == Some(subnet);
            let endpoints = world.vpc_endpoints.iter().any(|it| it.subnets.contains(subnet));
            if endpoints || world.nat_gateways.iter().any(living) || world.interfaces.iter().any(foreign) {
                return Err(in_use("DeleteSubnet", subnet));
            }
            world.subnets.retain(|it| it.id != *subnet);
            super::network_acls::leave(world, subnet);
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.subnet != *subnet);
            }
            Ok(())
        })
    }
}
