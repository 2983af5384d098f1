//! VPCs, zones and foreign network interfaces.

use super::*;

impl InProcessNetwork {
    pub(super) fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>> {
        self.call("DescribeVpcs", child(tags), |world, _| {
            Ok(world.vpcs.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    pub(super) fn vpc(&self, vpc: &VpcId) -> Result<Option<Vpc>> {
        self.call("DescribeVpcs", vpc.as_str(), |world, _| {
            let found = world.vpcs.iter_mut().find(|it| it.id == *vpc);
            Ok(found.map(|it| {
                let before = it.clone();
                // A block is added between two looks.
                it.secondary_blocks.iter_mut().for_each(|block| block.associated = true);
                it.ipv6_block.iter_mut().for_each(|block| block.cidr = Some(super::ipv6::of_vpc(&it.id)));
                before
            }))
        })
    }

    pub(super) fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes> {
        self.call("DescribeVpcAttribute", vpc.as_str(), |_, _| Ok(()))?;
        self.call("DescribeVpcAttribute", vpc.as_str(), |world, _| {
            world
                .dns
                .get(vpc.as_str())
                .copied()
                .ok_or_else(|| absent("DescribeVpcAttribute", "InvalidVpcID.NotFound", vpc))
        })
    }

    pub(super) fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        let region = self.target.region.clone();
        self.call("DescribeAvailabilityZones", region.to_string(), |_, _| {
            let zones = (1..=4).zip('a'..='d').filter_map(|(number, letter)| {
                let id = format!("{}-az{number}", region.short_code()).parse().ok()?;
                Some(AvailabilityZone { id, name: format!("{region}{letter}") })
            });
            Ok(zones.collect())
        })
    }

    pub(super) fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.call("DescribeNetworkInterfaces", vpc.as_str(), |world, _| {
            let found = world.interfaces.clone();
            // Those of a balancer that was deleted are seen once more.
            let World { leaving, interfaces, .. } = world;
            let of = |it: &NetworkInterface, arn: &String| {
                it.description.strip_prefix("ELB ").is_some_and(|name| arn.ends_with(name))
            };
            interfaces.retain(|it| !leaving.iter().any(|arn| of(it, arn)));
            Ok(found)
        })
    }

    pub(super) fn delete_network_interface(&self, interface: &str) -> Result<()> {
        self.call("DeleteNetworkInterface", interface, |world, _| {
            if world.interfaces.iter().any(|it| it.id == interface && it.in_use) {
                let text = format!("Network interface '{interface}' is currently in use");
                let code = "InvalidParameterValue";
                return Err(refuse(ErrorKind::Invalid, "DeleteNetworkInterface", code, text));
            }
            world.interfaces.retain(|it| it.id != interface);
            Ok(())
        })
    }

    pub(super) fn create_vpc(&self, cidr: &Cidr, tags: &Tags) -> Result<Vpc> {
        self.call("CreateVpc", child(tags), |world, new_id| {
            if world.quotas.vpcs.is_some_and(|most| world.vpcs.len() >= most) {
                return Err(limit("CreateVpc", "VpcLimitExceeded"));
            }
            let text = new_id("vpc-");
            let account = self.target.account.clone();
            let vpc = Vpc {
                id: id(&text),
                cidr: *cidr,
                secondary_blocks: vec![],
                ipv6_block: None,
                account,
                dhcp_options: None,
                available: true,
                tags: tags.clone(),
            };
            world.dns.insert(text.clone(), DnsAttributes { support: true, hostnames: false });
            let group = SecurityGroup {
                id: id(&new_id("sg-")),
                vpc: vpc.id.clone(),
                tags: [].into(),
                ingress: vec![open_rule()],
                egress: vec![open_rule()],
            };
            world.security_groups.insert(text.clone(), group);
            let entries = [Direction::Ingress, Direction::Egress].map(|direction| NetworkAclEntry {
                direction,
                number: 100,
                allow: true,
                protocol: "-1".into(),
                cidr: "0.0.0.0/0".into(),
                ports: None,
            });
            let acl = NetworkAcl {
                id: id(&new_id("acl-")),
                vpc: vpc.id.clone(),
                entries: entries.into(),
                associations: vec![],
                tags: [].into(),
            };
            world.network_acls.insert(text, acl);
            world.vpcs.push(vpc.clone());
            Ok(vpc)
        })
    }

    pub(super) fn associate_cidr(&self, vpc: &VpcId, cidr: &Cidr) -> Result<CidrBlock> {
        self.call("AssociateVpcCidrBlock", cidr.to_string(), |world, new_id| {
            let it = world.vpcs.iter_mut().find(|it| it.id == *vpc);
            let it = it.ok_or_else(|| absent("AssociateVpcCidrBlock", "InvalidVpcID.NotFound", vpc))?;
            if it.cidr.overlaps(cidr) || it.secondary_blocks.iter().any(|block| block.cidr.overlaps(cidr)) {
                let text = format!("The CIDR '{cidr}' overlaps a block of the VPC");
                return Err(refuse(ErrorKind::Invalid, "AssociateVpcCidrBlock", "InvalidVpc.Range", text));
            }
            let block = CidrBlock { id: id(&new_id("vpc-cidr-assoc-")), cidr: *cidr, associated: false };
            it.secondary_blocks.push(block.clone());
            Ok(block)
        })
    }

    pub(super) fn disassociate_cidr(&self, block: &CidrAssociationId) -> Result<()> {
        self.call("DisassociateVpcCidrBlock", block.as_str(), |world, _| {
            let World { vpcs, subnets, .. } = world;
            for vpc in vpcs {
                let gone = vpc.secondary_blocks.iter().find(|it| it.id == *block).map(|it| it.cidr);
                if gone
                    .is_some_and(|cidr| subnets.iter().any(|it| it.vpc == vpc.id && cidr.contains(&it.cidr)))
                {
                    return Err(in_use("DisassociateVpcCidrBlock", block));
                }
                vpc.secondary_blocks.retain(|it| it.id != *block);
                let ipv6 = vpc.ipv6_block.as_ref().is_some_and(|it| it.id == *block);
                if ipv6 && subnets.iter().any(|it| it.vpc == vpc.id && it.ipv6_block.is_some()) {
                    return Err(in_use("DisassociateVpcCidrBlock", block));
                }
                vpc.ipv6_block.take_if(|it| it.id == *block);
            }
            Ok(())
        })
    }

    pub(super) fn set_dns_attribute(
        &self,
        vpc: &VpcId,
        attribute: DnsAttribute,
        enabled: bool,
    ) -> Result<()> {
        self.call("ModifyVpcAttribute", format!("{attribute:?}"), |world, _| {
            let dns = world.dns.get_mut(vpc.as_str());
            let dns = dns.ok_or_else(|| absent("ModifyVpcAttribute", "InvalidVpcID.NotFound", vpc))?;
            match attribute {
                DnsAttribute::Support => dns.support = enabled,
                DnsAttribute::Hostnames => dns.hostnames = enabled,
            }
            Ok(())
        })
    }

    pub(super) fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        self.call("DeleteVpc", vpc.as_str(), |world, _| {
            let used = world.subnets.iter().any(|it| it.vpc == *vpc)
                || world.route_tables.iter().any(|it| it.vpc == *vpc)
                || world.internet_gateways.iter().any(|it| it.vpc.as_ref() == Some(vpc))
                || world.vpc_endpoints.iter().any(|it| it.vpc == *vpc)
                || world.own_network_acls.iter().any(|it| it.vpc == *vpc)
                || world.own_security_groups.values().any(|it| it.vpc == *vpc)
                || world.flow_logs.iter().any(|it| it.vpc == *vpc)
                || !world.interfaces.is_empty();
            if used {
                return Err(in_use("DeleteVpc", vpc));
            }
            world.vpcs.retain(|it| it.id != *vpc);
            world.dns.remove(vpc.as_str());
            world.security_groups.remove(vpc.as_str());
            world.network_acls.remove(vpc.as_str());
            world.exclusions.retain(|it| it.vpc != *vpc);
            world.encryption_controls.retain(|it| it.vpc != *vpc);
            Ok(())
        })
    }
}

/// The rule that AWS makes every default security group with.
pub(super) fn open_rule() -> SecurityGroupRule {
    SecurityGroupRule {
        protocol: "-1".into(),
        from_port: None,
        to_port: None,
        cidrs: vec!["0.0.0.0/0".into()],
        groups: vec![],
        prefix_lists: vec![],
    }
}
