//! The network port over objects in memory.

use super::world::World;
use super::{InProcessCloud, refuse};
use landform_cloud::id::*;
use landform_cloud::network::*;
use landform_cloud::{CloudError, ErrorKind, Network, Result, Tags, Target};
use landform_model::ownership::{CHILD_TAG, Owner};
use landform_model::{AvailabilityZoneId, Cidr};
use std::net::Ipv4Addr;

pub(super) struct InProcessNetwork {
    pub(super) cloud: InProcessCloud,
    pub(super) target: Target,
}

type NewId<'a> = &'a mut dyn FnMut(&str) -> String;

impl InProcessNetwork {
    fn call<T>(
        &self,
        operation: &'static str,
        subject: impl Into<String>,
        act: impl FnOnce(&mut World, NewId<'_>) -> Result<T>,
    ) -> Result<T> {
        self.cloud.call(&self.target, operation, subject, act)
    }
}

fn has(tags: &Tags, wanted: &Tags) -> bool {
    wanted.iter().all(|(key, value)| tags.get(key) == Some(value))
}

fn child(tags: &Tags) -> String {
    tags.get(CHILD_TAG).cloned().unwrap_or_default()
}

fn id<T: std::str::FromStr<Err = IdError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn absent(operation: &'static str, code: &str, id: impl std::fmt::Display) -> CloudError {
    refuse(ErrorKind::NotFound, operation, code, format!("{id} does not exist"))
}

fn in_use(operation: &'static str, id: impl std::fmt::Display) -> CloudError {
    refuse(
        ErrorKind::InUse,
        operation,
        "DependencyViolation",
        format!("{id} has dependencies and cannot be deleted"),
    )
}

/// The rule that AWS makes every default security group with.
fn open_rule() -> SecurityGroupRule {
    SecurityGroupRule {
        protocol: "-1".into(),
        from_port: None,
        to_port: None,
        cidrs: vec!["0.0.0.0/0".into()],
        groups: vec![],
        prefix_lists: vec![],
    }
}

#[async_trait::async_trait]
impl Network for InProcessNetwork {
    async fn owned(&self, owner: &Owner) -> Result<Vec<OwnedObject>> {
        self.call("DescribeTags", owner.resource(), |world, _| {
            let wanted = owner.selector();
            let mut owned = Vec::new();
            let mut add = |kind: &str, id: String, tags: &Tags| {
                if has(tags, &wanted) {
                    owned.push(OwnedObject { id, kind: kind.into() });
                }
            };
            world.vpcs.iter().for_each(|it| add("vpc", it.id.to_string(), &it.tags));
            world.subnets.iter().for_each(|it| add("subnet", it.id.to_string(), &it.tags));
            world
                .internet_gateways
                .iter()
                .for_each(|it| add("internet-gateway", it.id.to_string(), &it.tags));
            world.addresses.iter().for_each(|it| add("elastic-ip", it.id.to_string(), &it.tags));
            world.nat_gateways.iter().for_each(|it| add("natgateway", it.id.to_string(), &it.tags));
            world.route_tables.iter().for_each(|it| add("route-table", it.id.to_string(), &it.tags));
            Ok(owned)
        })
    }

    async fn vpcs(&self, tags: &Tags) -> Result<Vec<Vpc>> {
        self.call("DescribeVpcs", child(tags), |world, _| {
            Ok(world.vpcs.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    async fn vpc(&self, vpc: &VpcId) -> Result<Option<Vpc>> {
        self.call("DescribeVpcs", vpc.as_str(), |world, _| {
            Ok(world.vpcs.iter().find(|it| it.id == *vpc).cloned())
        })
    }

    async fn dns_attributes(&self, vpc: &VpcId) -> Result<DnsAttributes> {
        self.call("DescribeVpcAttribute", vpc.as_str(), |_, _| Ok(()))?;
        self.call("DescribeVpcAttribute", vpc.as_str(), |world, _| {
            world
                .dns
                .get(vpc.as_str())
                .copied()
                .ok_or_else(|| absent("DescribeVpcAttribute", "InvalidVpcID.NotFound", vpc))
        })
    }

    async fn subnets(&self, tags: &Tags) -> Result<Vec<Subnet>> {
        self.call("DescribeSubnets", child(tags), |world, _| {
            Ok(world.subnets.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    async fn internet_gateways(&self, tags: &Tags) -> Result<Vec<InternetGateway>> {
        self.call("DescribeInternetGateways", child(tags), |world, _| {
            Ok(world.internet_gateways.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    async fn addresses(&self, tags: &Tags) -> Result<Vec<Address>> {
        self.call("DescribeAddresses", child(tags), |world, _| {
            Ok(world.addresses.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    async fn nat_gateways(&self, tags: &Tags) -> Result<Vec<NatGateway>> {
        self.call("DescribeNatGateways", child(tags), |world, _| {
            let World { nat_gateways, pending, .. } = world;
            let found = nat_gateways.iter_mut().filter(|it| has(&it.tags, tags));
            let answer: Vec<NatGateway> = found
                .map(|it| {
                    if let Some(looks) = pending.get_mut(it.id.as_str()) {
                        match looks.checked_sub(1) {
                            Some(left) => *looks = left,
                            None if it.state == NatGatewayState::Pending => {
                                it.state = NatGatewayState::Available;
                            }
                            None => {}
                        }
                    }
                    it.clone()
                })
                .filter(|it| it.state != NatGatewayState::Deleted)
                .collect();
            Ok(answer)
        })
    }

    async fn route_tables(&self, tags: &Tags) -> Result<Vec<RouteTable>> {
        self.call("DescribeRouteTables", child(tags), |world, _| {
            Ok(world.route_tables.iter().filter(|it| has(&it.tags, tags)).cloned().collect())
        })
    }

    async fn default_security_group(&self, vpc: &VpcId) -> Result<SecurityGroup> {
        self.call("DescribeSecurityGroups", vpc.as_str(), |world, _| {
            let group = world.security_groups.get(vpc.as_str()).cloned();
            group.ok_or_else(|| absent("DescribeSecurityGroups", "InvalidVpcID.NotFound", vpc))
        })
    }

    async fn default_network_acl(&self, vpc: &VpcId) -> Result<NetworkAcl> {
        self.call("DescribeNetworkAcls", vpc.as_str(), |world, _| {
            let acl = world.network_acls.get(vpc.as_str()).cloned();
            acl.ok_or_else(|| absent("DescribeNetworkAcls", "InvalidVpcID.NotFound", vpc))
        })
    }

    async fn availability_zones(&self) -> Result<Vec<AvailabilityZone>> {
        let region = self.target.region.clone();
        self.call("DescribeAvailabilityZones", region.to_string(), |_, _| {
            let zones = (1..=4).zip('a'..='d').filter_map(|(number, letter)| {
                let id = format!("{}-az{number}", region.short_code()).parse().ok()?;
                Some(AvailabilityZone { id, name: format!("{region}{letter}") })
            });
            Ok(zones.collect())
        })
    }

    async fn network_interfaces(&self, vpc: &VpcId) -> Result<Vec<NetworkInterface>> {
        self.call("DescribeNetworkInterfaces", vpc.as_str(), |world, _| Ok(world.interfaces.clone()))
    }

    async fn create_vpc(&self, cidr: &Cidr, tags: &Tags) -> Result<Vpc> {
        self.call("CreateVpc", child(tags), |world, new_id| {
            let text = new_id("vpc-");
            let account = self.target.account.clone();
            let vpc = Vpc { id: id(&text), cidr: *cidr, account, available: true, tags: tags.clone() };
            world.dns.insert(text.clone(), DnsAttributes { support: true, hostnames: false });
            let group = SecurityGroup {
                id: id(&new_id("sg-")),
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
            world.network_acls.insert(text, NetworkAcl { id: id(&new_id("acl-")), entries: entries.into() });
            world.vpcs.push(vpc.clone());
            Ok(vpc)
        })
    }

    async fn set_dns_attribute(&self, vpc: &VpcId, attribute: DnsAttribute, enabled: bool) -> Result<()> {
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

    async fn delete_vpc(&self, vpc: &VpcId) -> Result<()> {
        self.call("DeleteVpc", vpc.as_str(), |world, _| {
            let used = world.subnets.iter().any(|it| it.vpc == *vpc)
                || world.route_tables.iter().any(|it| it.vpc == *vpc)
                || world.internet_gateways.iter().any(|it| it.vpc.as_ref() == Some(vpc))
                || !world.interfaces.is_empty();
            if used {
                return Err(in_use("DeleteVpc", vpc));
            }
            world.vpcs.retain(|it| it.id != *vpc);
            world.dns.remove(vpc.as_str());
            world.security_groups.remove(vpc.as_str());
            world.network_acls.remove(vpc.as_str());
            Ok(())
        })
    }

    async fn create_subnet(
        &self,
        vpc: &VpcId,
        cidr: &Cidr,
        zone: &AvailabilityZoneId,
        tags: &Tags,
    ) -> Result<Subnet> {
        self.call("CreateSubnet", child(tags), |world, new_id| {
            if !world.vpcs.iter().any(|it| it.id == *vpc) {
                return Err(absent("CreateSubnet", "InvalidVpcID.NotFound", vpc));
            }
            if world.subnets.iter().any(|it| it.vpc == *vpc && it.cidr.overlaps(cidr)) {
                let text = format!("The CIDR '{cidr}' conflicts with another subnet");
                return Err(refuse(ErrorKind::AlreadyExists, "CreateSubnet", "InvalidSubnet.Conflict", text));
            }
            let subnet = Subnet {
                id: id(&new_id("subnet-")),
                vpc: vpc.clone(),
                cidr: *cidr,
                zone: zone.clone(),
                tags: tags.clone(),
            };
            world.subnets.push(subnet.clone());
            Ok(subnet)
        })
    }

    async fn delete_subnet(&self, subnet: &SubnetId) -> Result<()> {
        self.call("DeleteSubnet", subnet.as_str(), |world, _| {
            let living = |it: &NatGateway| it.subnet == *subnet && it.state != NatGatewayState::Deleted;
            let foreign = |it: &NetworkInterface| it.subnet.as_ref() == Some(subnet);
            if world.nat_gateways.iter().any(living) || world.interfaces.iter().any(foreign) {
                return Err(in_use("DeleteSubnet", subnet));
            }
            world.subnets.retain(|it| it.id != *subnet);
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.subnet != *subnet);
            }
            Ok(())
        })
    }

    async fn create_internet_gateway(&self, tags: &Tags) -> Result<InternetGateway> {
        self.call("CreateInternetGateway", child(tags), |world, new_id| {
            let gateway = InternetGateway { id: id(&new_id("igw-")), vpc: None, tags: tags.clone() };
            world.internet_gateways.push(gateway.clone());
            Ok(gateway)
        })
    }

    async fn attach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.call("AttachInternetGateway", gateway.as_str(), |world, _| {
            let it = world.internet_gateways.iter_mut().find(|it| it.id == *gateway);
            let it = it.ok_or_else(|| {
                absent("AttachInternetGateway", "InvalidInternetGatewayID.NotFound", gateway)
            })?;
            it.vpc = Some(vpc.clone());
            Ok(())
        })
    }

    async fn detach_internet_gateway(&self, gateway: &InternetGatewayId, vpc: &VpcId) -> Result<()> {
        self.call("DetachInternetGateway", gateway.as_str(), |world, _| {
            let living = |it: &NatGateway| it.vpc == *vpc && it.state != NatGatewayState::Deleted;
            if world.nat_gateways.iter().any(living) {
                return Err(in_use("DetachInternetGateway", vpc));
            }
            for it in world.internet_gateways.iter_mut().filter(|it| it.id == *gateway) {
                it.vpc = None;
            }
            Ok(())
        })
    }

    async fn delete_internet_gateway(&self, gateway: &InternetGatewayId) -> Result<()> {
        self.call("DeleteInternetGateway", gateway.as_str(), |world, _| {
            if world.internet_gateways.iter().any(|it| it.id == *gateway && it.vpc.is_some()) {
                return Err(in_use("DeleteInternetGateway", gateway));
            }
            world.internet_gateways.retain(|it| it.id != *gateway);
            Ok(())
        })
    }

    async fn allocate_address(&self, tags: &Tags) -> Result<Address> {
        self.call("AllocateAddress", child(tags), |world, new_id| {
            let last = u8::try_from(world.addresses.len() + 1).unwrap_or(u8::MAX);
            let address = Address {
                id: id(&new_id("eipalloc-")),
                public_ip: Ipv4Addr::new(203, 0, 113, last),
                associated: false,
                tags: tags.clone(),
            };
            world.addresses.push(address.clone());
            Ok(address)
        })
    }

    async fn release_address(&self, allocation: &AllocationId) -> Result<()> {
        self.call("ReleaseAddress", allocation.as_str(), |world, _| {
            if world.addresses.iter().any(|it| it.id == *allocation && it.associated) {
                return Err(refuse(
                    ErrorKind::InUse,
                    "ReleaseAddress",
                    "InvalidIPAddress.InUse",
                    "the address is in use",
                ));
            }
            world.addresses.retain(|it| it.id != *allocation);
            Ok(())
        })
    }

    async fn create_nat_gateway(
        &self,
        subnet: &SubnetId,
        allocation: &AllocationId,
        tags: &Tags,
        token: &str,
    ) -> Result<NatGateway> {
        self.call("CreateNatGateway", child(tags), |world, new_id| {
            if let Some(known) = world.tokens.get(token) {
                let made = world.nat_gateways.iter().find(|it| it.id.as_str() == known).cloned();
                return made.ok_or_else(|| absent("CreateNatGateway", "NatGatewayNotFound", known));
            }
            let vpc = world.subnets.iter().find(|it| it.id == *subnet).map(|it| it.vpc.clone());
            let vpc = vpc.ok_or_else(|| absent("CreateNatGateway", "InvalidSubnetID.NotFound", subnet))?;
            let address = world.addresses.iter_mut().find(|it| it.id == *allocation);
            let address = address
                .ok_or_else(|| absent("CreateNatGateway", "InvalidAllocationID.NotFound", allocation))?;
            if address.associated {
                let text = format!("{allocation} is already associated");
                return Err(refuse(
                    ErrorKind::AlreadyExists,
                    "CreateNatGateway",
                    "Resource.AlreadyAssociated",
                    text,
                ));
            }
            let failure = world.nat_gateway_failure.take();
            address.associated = failure.is_none();
            let gateway = NatGateway {
                id: id(&new_id("nat-")),
                vpc,
                subnet: subnet.clone(),
                state: if failure.is_some() { NatGatewayState::Failed } else { NatGatewayState::Pending },
                failure,
                allocation: Some(allocation.clone()),
                public_ip: Some(address.public_ip),
                tags: tags.clone(),
            };
            world.pending.insert(gateway.id.to_string(), world.nat_gateway_pending_looks);
            world.tokens.insert(token.into(), gateway.id.to_string());
            world.nat_gateways.push(gateway.clone());
            Ok(NatGateway { state: NatGatewayState::Pending, failure: None, ..gateway })
        })
    }

    async fn delete_nat_gateway(&self, gateway: &NatGatewayId) -> Result<()> {
        self.call("DeleteNatGateway", gateway.as_str(), |world, _| {
            let World { nat_gateways, addresses, route_tables, .. } = world;
            for it in nat_gateways.iter_mut().filter(|it| it.id == *gateway) {
                it.state = NatGatewayState::Deleted;
                for address in
                    addresses.iter_mut().filter(|address| Some(&address.id) == it.allocation.as_ref())
                {
                    address.associated = false;
                }
            }
            let target = RouteTarget::NatGateway(gateway.clone());
            for route in
                route_tables.iter_mut().flat_map(|table| &mut table.routes).filter(|it| it.target == target)
            {
                route.active = false;
            }
            Ok(())
        })
    }

    async fn create_route_table(&self, vpc: &VpcId, tags: &Tags, token: &str) -> Result<RouteTable> {
        self.call("CreateRouteTable", child(tags), |world, new_id| {
            if let Some(known) = world.tokens.get(token) {
                let made = world.route_tables.iter().find(|it| it.id.as_str() == known).cloned();
                return made.ok_or_else(|| absent("CreateRouteTable", "InvalidRouteTableID.NotFound", known));
            }
            let table = RouteTable {
                id: id(&new_id("rtb-")),
                vpc: vpc.clone(),
                routes: vec![],
                associations: vec![],
                tags: tags.clone(),
            };
            world.tokens.insert(token.into(), table.id.to_string());
            world.route_tables.push(table.clone());
            Ok(table)
        })
    }

    async fn delete_route_table(&self, table: &RouteTableId) -> Result<()> {
        self.call("DeleteRouteTable", table.as_str(), |world, _| {
            if world.route_tables.iter().any(|it| it.id == *table && !it.associations.is_empty()) {
                return Err(in_use("DeleteRouteTable", table));
            }
            world.route_tables.retain(|it| it.id != *table);
            Ok(())
        })
    }

    async fn create_route(
        &self,
        table: &RouteTableId,
        destination: &Cidr,
        target: &RouteTarget,
    ) -> Result<()> {
        self.call("CreateRoute", table.as_str(), |world, _| {
            let table = table_mut(world, "CreateRoute", table)?;
            if table.routes.iter().any(|it| it.destination == *destination) {
                let text = format!("The route {destination} already exists");
                return Err(refuse(ErrorKind::AlreadyExists, "CreateRoute", "RouteAlreadyExists", text));
            }
            table.routes.push(Route { destination: *destination, target: target.clone(), active: true });
            Ok(())
        })
    }

    async fn replace_route(
        &self,
        table: &RouteTableId,
        destination: &Cidr,
        target: &RouteTarget,
    ) -> Result<()> {
        self.call("ReplaceRoute", table.as_str(), |world, _| {
            let table = table_mut(world, "ReplaceRoute", table)?;
            let route = table.routes.iter_mut().find(|it| it.destination == *destination);
            let route = route.ok_or_else(|| absent("ReplaceRoute", "InvalidRoute.NotFound", destination))?;
            *route = Route { destination: *destination, target: target.clone(), active: true };
            Ok(())
        })
    }

    async fn delete_route(&self, table: &RouteTableId, destination: &Cidr) -> Result<()> {
        self.call("DeleteRoute", table.as_str(), |world, _| {
            table_mut(world, "DeleteRoute", table)?.routes.retain(|it| it.destination != *destination);
            Ok(())
        })
    }

    async fn associate_route_table(
        &self,
        table: &RouteTableId,
        subnet: &SubnetId,
    ) -> Result<RouteTableAssociationId> {
        self.call("AssociateRouteTable", subnet.as_str(), |world, new_id| {
            if let Some(it) =
                world.route_tables.iter().flat_map(|it| &it.associations).find(|it| it.subnet == *subnet)
            {
                let text = format!("{subnet} is already associated by {}", it.id);
                return Err(refuse(
                    ErrorKind::AlreadyExists,
                    "AssociateRouteTable",
                    "Resource.AlreadyAssociated",
                    text,
                ));
            }
            let association = RouteTableAssociation { id: id(&new_id("rtbassoc-")), subnet: subnet.clone() };
            table_mut(world, "AssociateRouteTable", table)?.associations.push(association.clone());
            Ok(association.id)
        })
    }

    async fn replace_route_table_association(
        &self,
        association: &RouteTableAssociationId,
        table: &RouteTableId,
    ) -> Result<RouteTableAssociationId> {
        self.call("ReplaceRouteTableAssociation", association.as_str(), |world, new_id| {
            let old = world
                .route_tables
                .iter()
                .flat_map(|it| &it.associations)
                .find(|it| it.id == *association)
                .cloned();
            let operation = "ReplaceRouteTableAssociation";
            let old = old.ok_or_else(|| absent(operation, "InvalidAssociationID.NotFound", association))?;
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.id != *association);
            }
            let new = RouteTableAssociation { id: id(&new_id("rtbassoc-")), subnet: old.subnet };
            table_mut(world, operation, table)?.associations.push(new.clone());
            Ok(new.id)
        })
    }

    async fn disassociate_route_table(&self, association: &RouteTableAssociationId) -> Result<()> {
        self.call("DisassociateRouteTable", association.as_str(), |world, _| {
            for table in &mut world.route_tables {
                table.associations.retain(|it| it.id != *association);
            }
            Ok(())
        })
    }

    async fn revoke_rules(
        &self,
        group: &SecurityGroupId,
        direction: Direction,
        rules: &[SecurityGroupRule],
    ) -> Result<()> {
        let operation = match direction {
            Direction::Ingress => "RevokeSecurityGroupIngress",
            Direction::Egress => "RevokeSecurityGroupEgress",
        };
        self.call(operation, group.as_str(), |world, _| {
            for it in world.security_groups.values_mut().filter(|it| it.id == *group) {
                match direction {
                    Direction::Ingress => it.ingress.retain(|rule| !rules.contains(rule)),
                    Direction::Egress => it.egress.retain(|rule| !rules.contains(rule)),
                }
            }
            Ok(())
        })
    }

    async fn create_network_acl_entry(&self, acl: &NetworkAclId, entry: &NetworkAclEntry) -> Result<()> {
        self.call("CreateNetworkAclEntry", acl.as_str(), |world, _| {
            for it in world.network_acls.values_mut().filter(|it| it.id == *acl) {
                it.entries.push(entry.clone());
            }
            Ok(())
        })
    }

    async fn delete_network_acl_entry(
        &self,
        acl: &NetworkAclId,
        direction: Direction,
        number: i32,
    ) -> Result<()> {
        self.call("DeleteNetworkAclEntry", acl.as_str(), |world, _| {
            for it in world.network_acls.values_mut().filter(|it| it.id == *acl) {
                it.entries.retain(|entry| (entry.direction, entry.number) != (direction, number));
            }
            Ok(())
        })
    }

    async fn set_tags(&self, ids: &[String], tags: &Tags) -> Result<()> {
        self.call("CreateTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("CreateTags", "InvalidID", id))?;
                object.extend(tags.clone());
            }
            Ok(())
        })
    }

    async fn remove_tags(&self, ids: &[String], keys: &[String]) -> Result<()> {
        self.call("DeleteTags", ids.join(","), |world, _| {
            for id in ids {
                let object = world.tags_mut(id).ok_or_else(|| absent("DeleteTags", "InvalidID", id))?;
                object.retain(|key, _| !keys.contains(key));
            }
            Ok(())
        })
    }
}

fn table_mut<'a>(
    world: &'a mut World,
    operation: &'static str,
    table: &RouteTableId,
) -> Result<&'a mut RouteTable> {
    let found = world.route_tables.iter_mut().find(|it| it.id == *table);
    found.ok_or_else(|| absent(operation, "InvalidRouteTableID.NotFound", table))
}
